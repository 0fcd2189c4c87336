import type { Customer } from '../domain/customers/customer.ts';
import type { Instant } from '../domain/orders/order-event.ts';
import { type OrderLog, emptyOrderLog } from '../domain/orders/order-log.ts';
import type { TouchRecord } from '../domain/touches/touch-record.ts';
import type { PersonalRecords, Stored } from '../ports/personal-records.ts';

/** Whose data it is, and when it was so. */
export interface ExportRequest {
  readonly shop: string;
  /** Every id under which they are known, their own first. */
  readonly customerIds: readonly string[];
  readonly at: Instant;
}

/**
 * Everything that is stored of somebody, to be given to them: what they and the shop said, what was sent to them and
 * why, what was made of it. Tokens of devices and of waiting journeys are keys, not data, and stay out.
 */
export const exportPerson = async (
  records: PersonalRecords,
  { shop, customerIds, at }: ExportRequest,
) => {
  const each = async <Value>(read: (id: string) => Promise<readonly Stored<Value>[]>) =>
    valuesOf((await Promise.all(customerIds.map(read))).flat());
  const customers = await each(async (id) => listOf(await records.customer(shop, id)));
  const orders = await ordersOf(records, shop, customerIds);
  const touches = orders.flatMap((order) => order.touches);
  const pseudonyms = await each(async (id) => listOf(await records.pseudonym(shop, id)));
  const scores = await Promise.all(pseudonyms.map((name) => records.score(name)));
  return {
    exportedAt: at,
    shop,
    customerIds,
    customers: customers.map(customerExport),
    addressesGiven: valuesOf(await records.identities(shop, customerIds)).map(givenBy(customerIds)),
    orders: orders.map(({ log, touches: ofOrder }) => orderExport(log, ofOrder)),
    answers: orders.flatMap(({ log }) => answersIn(log)),
    contacts: (await each(async (id) => listOf(await records.history(shop, id)))).map(
      ({ contacts, held }) => ({ contacts, held }),
    ),
    inbox: await each((id) => records.inbox(shop, id)),
    used: await each((id) => records.evidence(shop, id)),
    offers: (await each(async (id) => listOf(await records.offersSeen(shop, id)))).flatMap(
      ({ seen }) => seen,
    ),
    confirmationPages: await sessionsOf(records, shop, orders),
    shortLinks: await linksOf(records, shop, orders),
    experiments: armsIn(touches),
    lakeNames: pseudonyms,
    scores: scores.flatMap((score) => score?.value ?? []),
  };
};

/** What a person is given of themselves. */
export type PersonExport = Awaited<ReturnType<typeof exportPerson>>;

const listOf = <Value>(one: Value | undefined): readonly Value[] =>
  one === undefined ? [] : [one];

const valuesOf = <Value>(all: readonly Stored<Value>[]): readonly Value[] =>
  all.map(({ value }) => value);

interface OrderWithTouches {
  readonly log: OrderLog;
  readonly touches: readonly TouchRecord[];
}

const ordersOf = async (
  records: PersonalRecords,
  shop: string,
  customerIds: readonly string[],
): Promise<readonly OrderWithTouches[]> => {
  const purchases = await Promise.all(customerIds.map((id) => records.purchases(shop, id)));
  const orderIds = new Set(valuesOf(purchases.flat()).map(({ orderId }) => orderId));
  return Promise.all(
    [...orderIds].map(async (orderId) => ({
      log: (await records.order(shop, orderId))?.value ?? emptyOrderLog(shop, orderId),
      touches: valuesOf(await records.touches(shop, orderId)),
    })),
  );
};

const linksOf = async (
  records: PersonalRecords,
  shop: string,
  orders: readonly OrderWithTouches[],
) => {
  const orderIds = orders.map(({ log }) => log.orderId);
  return orderIds.length === 0 ? [] : valuesOf(await records.links(shop, orderIds));
};

/** What stood on the pages of their orders, and what they did with it. */
const sessionsOf = async (
  records: PersonalRecords,
  shop: string,
  orders: readonly OrderWithTouches[],
) => {
  const found = await Promise.all(orders.map(({ log }) => records.session(shop, log.orderId)));
  return valuesOf(found.flatMap(listOf)).map(({ orderId, openedAt, isHeldOut, offers }) => ({
    orderId,
    openedAt,
    isHeldOut,
    offers,
  }));
};

const customerExport = ({ devices, ...customer }: Customer) => ({
  ...customer,
  version: undefined,
  devices: Object.values(devices),
});

const givenBy =
  (customerIds: readonly string[]) =>
  ({ addressId, givers }: { readonly addressId: string; readonly givers: object }) => ({
    addressId,
    givenBy: Object.fromEntries(Object.entries(givers).filter(([id]) => customerIds.includes(id))),
  });

const orderExport = ({ orderId, events }: OrderLog, touches: readonly TouchRecord[]) => ({
  orderId,
  events,
  messages: touches.map(({ touch, touchId, purpose, subjects, decision, ...record }) => {
    const { decidedAt, earlier, state, outcome, feedback, zones, arms } = record;
    const decisions = [...earlier, { decision, decidedAt, arms }];
    return { touch, touchId, purpose, subjects, decisions, zones, state, outcome, feedback };
  }),
});

const answersIn = ({ orderId, events }: OrderLog) =>
  events.flatMap((event) =>
    event.type === 'SurveyAnswered'
      ? [
          {
            orderId,
            at: event.occurredAt,
            survey: event.survey,
            score: event.score,
            comment: event.comment,
          },
        ]
      : [],
  );

/** Each arm once, since when it shows. */
const armsIn = (touches: readonly TouchRecord[]) => {
  const first = new Map<string, { experiment: string; arm: string; since: Instant }>();
  const shown = touches.flatMap(({ earlier, decidedAt, arms = [] }) => [
    ...earlier.map((turn) => ({ at: turn.decidedAt, arms: turn.arms ?? [] })),
    { at: decidedAt, arms },
  ]);
  for (const { at, arms } of shown)
    for (const { experiment, arm } of arms) {
      const key = JSON.stringify([experiment, arm]);
      const known = first.get(key);
      if (known === undefined || at < known.since) first.set(key, { experiment, arm, since: at });
    }
  return [...first.values()];
};
