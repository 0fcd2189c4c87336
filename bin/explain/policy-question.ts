import config from '#config';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { geoPlaceZones } from '#core/adapters/geo-place-zones.ts';
import type { StageConfig } from '#core/contracts/config.ts';
import { contactInputs, type ContactInputs } from '#core/delivery/contact-inputs.ts';
import { idsOf } from '#core/delivery/touch-inputs.ts';
import { customerIdOf } from '#core/domain/customers/reach.ts';
import type { Order } from '#core/domain/orders/order.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { allChannels, type Channel, type Touch, touchIdOf } from '#core/domain/touches/touch.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { touches } from '#touches/registry.ts';
import type { Source } from './source.ts';

/** What the contact policy is asked. */
export interface PolicyQuestion {
  readonly shops: readonly string[];
  readonly customerId: string;
  readonly touch: string;
  readonly at: Instant;
  /** @default the customer's latest */
  readonly orderId?: string | undefined;
  /** @default what the order's journey asked with, or else all that the touch can tell of */
  readonly subjects?: readonly string[] | undefined;
  /** Whose channels and budget count. */
  readonly stage: StageConfig;
}

/** A question that cannot be answered as it was asked. */
export class Unanswerable extends Error {
  override readonly name = 'Unanswerable';
}

/**
 * Reads what the contact policy would decide by, as production reads it.
 *
 * @throws {Unanswerable} for an unknown touch, customer or order
 */
export const askPolicy = async (
  source: Source,
  question: PolicyQuestion,
): Promise<ContactInputs> => {
  const touch = touchNamed(question.touch);
  const order = await orderAsked(source, question);
  const { shop, orderId } = order;
  const records = await source.touches(shop, orderId);
  const subjects = question.subjects ?? subjectsOf(touch, order, records);
  const request = { shop, orderId, touch: touch.name, subjects };
  const touchId = touchIdOf(request, sha256Digest);
  const { stage } = question;
  const inputs = await contactInputs(
    {
      touches,
      shops: config.shops,
      policy: config.policy,
      experiments: config.experiments,
      channels: channelsOf(stage),
      orders: source.orders,
      customers: source.customers,
      purchases: source.purchases,
      suppressions: source.suppressions,
      log: source.contacts,
      placeZones: geoPlaceZones,
      smsBudget:
        stage.sms === undefined
          ? undefined
          : { spend: source.smsSpend, usd: stage.sms.monthlyBudget },
      now: () => new Date(question.at),
    },
    { ...request, touchId },
    records.find((each) => each.touchId === touchId && isWaiting(each)),
  );
  return asOf(inputs, question.at);
};

/** The same at another time: what was sent later was not sent yet. */
export const asOf = (inputs: ContactInputs, at: Instant): ContactInputs => {
  const { contacts, held } = inputs.history;
  const { heldSince, askedAt } = inputs;
  return {
    ...inputs,
    now: at,
    history: { held, contacts: contacts.filter((each) => each.at <= at) },
    heldSince: heldSince !== undefined && heldSince <= at ? heldSince : undefined,
    askedAt: askedAt !== undefined && askedAt <= at ? askedAt : undefined,
  };
};

const touchNamed = (name: string): Touch => {
  const found = Object.values<Touch>(touches).find((each) => each.name === name);
  if (found === undefined)
    throw new Unanswerable(
      `there is no touch "${name}"; there are: ${Object.keys(touches).join(', ')}`,
    );
  return found;
};

/** What MessagingStack has queues for: e-mail and what needs no provider always, the others where configured. */
const channelsOf = ({ sms, push }: StageConfig): readonly Channel[] =>
  allChannels.filter(
    (channel) =>
      (channel !== 'sms' || sms !== undefined) && (channel !== 'push' || push !== undefined),
  );

const isWaiting = ({ state, decision }: TouchRecord): boolean =>
  state === 'returned' || (state === 'decided' && decision.kind === 'hold');

const orderAsked = async (source: Source, question: PolicyQuestion): Promise<Order> => {
  const { shops, customerId, orderId } = question;
  for (const shop of shops) {
    const ids = idsOf(customerId, await source.customers.read(shop, customerId));
    const latest = (await source.purchases.of(shop, ids))[0]?.orderId;
    const asked = orderId ?? latest;
    if (asked === undefined) continue;
    const order = orderOf((await source.orders.read(shop, asked)).events);
    if (order === undefined) continue;
    if (ids.includes(customerIdOf(order.contact) ?? '')) return order;
  }
  const of = orderId === undefined ? '' : ` with an order "${orderId}"`;
  throw new Unanswerable(
    `${shops.join(', ')} know no customer "${customerId}"${of}: expected an id as the shop's events give it, of somebody who has ordered`,
  );
};

const subjectsOf = (
  touch: Touch,
  order: Order,
  records: readonly TouchRecord[],
): readonly string[] => {
  const asked = records.findLast((each) => each.touch === touch.name);
  if (asked !== undefined) return asked.subjects;
  if (touch.tellsOf === 'lines') return order.lines.map(({ lineId }) => lineId);
  if (touch.tellsOf === 'parcels') return order.parcels.map(({ parcelId }) => parcelId);
  if (touch.tellsOf !== 'products') return [];
  throw new Unanswerable(
    `${touch.name} tells of products, and was never asked for with order "${order.orderId}": name them by --subjects SKU,SKU`,
  );
};
