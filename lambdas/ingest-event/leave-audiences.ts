import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { ConsentChanged, Customer } from '#core/domain/customers/customer.ts';
import type { Reachable } from '#core/domain/orders/order-event.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { AddressReader } from '#core/ports/address-reader.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { Purchases } from '#core/ports/purchases.ts';

export interface LeaveAudiencesDeps {
  readonly orders: Pick<OrderLogs, 'read'>;
  readonly purchases: Pick<Purchases, 'of'>;
  readonly addresses: AddressReader;
  /** SHA-256 in hexadecimal. */
  readonly sha256: (text: string) => string;
}

/** Each is read; an audience's entry ends by itself long before so many orders are made. */
const MOST_ORDERS = 25;

/**
 * Takes a customer out of all audiences, by every address that could have got them in: what they said it with,
 * what their profile has, and what their latest orders have.
 */
export const leaveAudiences = async (
  deps: LeaveAudiencesDeps,
  event: ConsentChanged,
  customer: Customer,
  saidWith: Reachable | undefined,
): Promise<readonly OutgoingEvent[]> => {
  const { addresses, sha256 } = deps;
  const reaches = [saidWith, customer.profile.reach, ...(await ofOrders(deps, customer))];
  const emails = reaches.flatMap(({ email } = {}) =>
    email === undefined ? [] : (addresses.email(email.address) ?? []),
  );
  const phones = reaches.flatMap(({ sms } = {}) => sms?.address ?? []);
  return [
    ...[...new Set(emails)].map((each) => removal(event, { emailSha256: sha256(each) })),
    ...[...new Set(phones)].map((each) => removal(event, { phoneSha256: sha256(each) })),
  ];
};

const ofOrders = async (
  { orders, purchases }: LeaveAudiencesDeps,
  { shop, customerId, merged }: Customer,
): Promise<readonly (Reachable | undefined)[]> => {
  const bought = await purchases.of(shop, [customerId, ...Object.keys(merged)]);
  const logs = await Promise.all(
    bought.slice(0, MOST_ORDERS).map(({ orderId }) => orders.read(shop, orderId)),
  );
  return logs.map(({ events }) => orderOf(events)?.contact.reach);
};

type Hashed = { readonly emailSha256: string } | { readonly phoneSha256: string };

const removal = ({ eventId, occurredAt, shop }: ConsentChanged, hashed: Hashed): OutgoingEvent => ({
  type: 'AudienceChanged',
  detail: {
    eventId: `audience-left/${eventId}/${Object.values(hashed).join('/')}`,
    occurredAt,
    schemaVersion: SCHEMA_VERSION,
    shop,
    audience: '*',
    change: 'remove',
    ...hashed,
  },
});
