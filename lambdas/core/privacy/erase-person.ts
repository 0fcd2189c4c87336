import { erasedOrder } from '../domain/customers/erasure-of-order.ts';
import { erasedTouch } from '../domain/customers/erasure-of-touch.ts';
import {
  idsToForget,
  keptOfCustomer,
  keptOfHistory,
  keptOfIdentity,
} from '../domain/customers/erasure.ts';
import type { Instant } from '../domain/orders/order-event.ts';
import { retryOnConflict } from '../domain/retry-on-conflict.ts';
import type { OffersSeen, PersonalRecords, Stored } from '../ports/personal-records.ts';

/** Who is to be forgotten. */
export interface Forgotten {
  readonly shop: string;
  /** Every id under which they were known, their own first. */
  readonly customerIds: readonly string[];
  /** What came later is of somebody who came again. */
  readonly requestedAt: Instant;
}

/** How many of each were rewritten or taken away; none that was gone before. */
export interface Erased {
  readonly customers: number;
  readonly addresses: number;
  readonly histories: number;
  readonly inbox: number;
  readonly evidence: number;
  readonly pseudonyms: number;
  readonly scores: number;
  readonly offersSeen: number;
  readonly links: number;
  readonly sessions: number;
  readonly touches: number;
  readonly orders: number;
  readonly purchases: number;
}

/** Of 25 ids in random order about four become the least one after another. */
const MOST_HOPS = 20;

/**
 * The ids under which somebody is known, whichever of them is named.
 *
 * @throws where ids point to each other in a circle or in an endless row
 */
export const idsOfPerson = async (
  records: Pick<PersonalRecords, 'customer'>,
  {
    shop,
    customerId,
    requestedAt,
  }: Omit<Forgotten, 'customerIds'> & { readonly customerId: string },
): Promise<readonly string[]> => {
  let customer = (await records.customer(shop, customerId))?.value;
  for (let hops = 0; customer?.mergedInto !== undefined; hops += 1) {
    if (hops === MOST_HOPS)
      throw new Error(
        `a customer of ${shop} was merged ${MOST_HOPS} times in a row: expected an end, look for a circle of mergedInto`,
      );
    customer = (await records.customer(shop, customer.mergedInto))?.value;
  }
  return customer === undefined
    ? [customerId]
    : [...new Set([...idsToForget(customer, requestedAt), customerId])];
};

/**
 * Forgets somebody: what is theirs alone goes, what the shop's totals are made of stays as nobody's. Every step can be
 * done again, and what leads to the rest goes last: cut off anywhere, it is finished when it is begun anew. Who writes
 * at the same time is not written over.
 *
 * @throws after ten conflicting writes of one item: to be tried again
 */
export const erasePerson = async (
  records: PersonalRecords,
  forgotten: Forgotten,
): Promise<{ readonly erased: Erased; readonly orderIds: readonly string[] }> => {
  const { shop, requestedAt } = forgotten;
  const ofCustomer = await eraseOfCustomer(records, forgotten);
  const orderIds = await ordersOf(records, forgotten);
  const links = await eachOf(
    () => (orderIds.length === 0 ? [] : records.links(shop, orderIds)),
    () => undefined,
  );
  let [touches, orders, sessions] = [0, 0, 0];
  for (const orderId of orderIds) {
    touches += await eachOf(() => records.touches(shop, orderId), erasedTouch);
    sessions += await eachOf(
      async () => listOf(await records.session(shop, orderId)),
      (session) => ({ ...session, customerId: undefined }),
    );
    orders += await eachOf(
      async () => listOf(await records.order(shop, orderId)),
      (log) => erasedOrder(log, requestedAt),
    );
  }
  const purchases = await ofAllIds(forgotten, (id) =>
    eachOf(
      () => records.purchases(shop, id),
      (purchase) => (purchase.placedAt > requestedAt ? purchase : undefined),
    ),
  );
  const ofOrders = { links, touches, sessions, orders, purchases };
  return {
    erased: { ...ofCustomer, ...ofOrders, ...(await eraseWho(records, forgotten)) },
    orderIds,
  };
};

/** What the person got, did and was taken for. */
const eraseOfCustomer = async (records: PersonalRecords, forgotten: Forgotten) => {
  const { shop, requestedAt } = forgotten;
  const isNewer = ({ at }: { readonly at: Instant }): boolean => at > requestedAt;
  const scores = await ofAllIds(forgotten, async (id) => {
    const pseudonym = (await records.pseudonym(shop, id))?.value;
    return pseudonym === undefined
      ? 0
      : eachOf(
          async () => listOf(await records.score(pseudonym)),
          () => undefined,
        );
  });
  const pseudonyms = await ofAllIds(forgotten, (id) =>
    eachOf(
      async () => listOf(await records.pseudonym(shop, id)),
      () => undefined,
    ),
  );
  const inbox = await ofAllIds(forgotten, (id) =>
    eachOf(
      () => records.inbox(shop, id),
      (message) => (isNewer(message) ? message : undefined),
    ),
  );
  const evidence = await ofAllIds(forgotten, (id) =>
    eachOf(
      () => records.evidence(shop, id),
      (each) => (isNewer(each) ? each : undefined),
    ),
  );
  const offersSeen = await ofAllIds(forgotten, (id) =>
    eachOf(
      async () => listOf(await records.offersSeen(shop, id)),
      (history) => keptOfOffers(history, requestedAt),
    ),
  );
  const histories = await ofAllIds(forgotten, (id) =>
    eachOf(
      async () => listOf(await records.history(shop, id)),
      (history) => keptOfHistory(history, requestedAt),
    ),
  );
  return { scores, pseudonyms, inbox, evidence, offersSeen, histories };
};

/** What they were shown after they asked. */
const keptOfOffers = (history: OffersSeen, requestedAt: Instant): OffersSeen | undefined => {
  const seen = history.seen.filter(({ at }) => at > requestedAt);
  return seen.length === 0 ? undefined : { ...history, seen };
};

const ordersOf = async (
  records: PersonalRecords,
  { shop, customerIds, requestedAt }: Forgotten,
): Promise<readonly string[]> => {
  const found = await Promise.all(customerIds.map((id) => records.purchases(shop, id)));
  const placed = found.flat().filter(({ value }) => value.placedAt <= requestedAt);
  return [...new Set(placed.map(({ value }) => value.orderId))];
};

/** Who they are: the addresses, then the pointers, and last the customer who tells of them. */
const eraseWho = async (records: PersonalRecords, forgotten: Forgotten) => {
  const { shop, customerIds, requestedAt } = forgotten;
  const addresses = await eachOf(
    () => records.identities(shop, customerIds),
    (identity) => keptOfIdentity(identity, customerIds, requestedAt),
  );
  let customers = 0;
  for (const id of customerIds.toReversed())
    customers += await eachOf(
      async () => listOf(await records.customer(shop, id)),
      (customer) => keptOfCustomer(customer, requestedAt),
    );
  return { addresses, customers };
};

const listOf = <Value>(one: Value | undefined): readonly Value[] =>
  one === undefined ? [] : [one];

const ofAllIds = async (
  { customerIds }: Forgotten,
  erase: (customerId: string) => Promise<number>,
): Promise<number> => {
  let sum = 0;
  for (const id of customerIds) sum += await erase(id);
  return sum;
};

/** Rewrites what is not as it should be, once more where somebody else wrote. @returns how many */
const eachOf = async <Value>(
  read: () => Promise<readonly Stored<Value>[]> | readonly Stored<Value>[],
  kept: (value: Value) => Value | undefined,
): Promise<number> => {
  let count = 0;
  await retryOnConflict(async () => {
    let isDone = true;
    for (const { value, replace } of await read()) {
      const left = kept(value);
      if (isSame(left, value)) continue;
      if (await replace(left)) count += 1;
      else isDone = false;
    }
    return isDone ? true : undefined;
  });
  return count;
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
