import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAttributions } from '#core/adapters/dynamo-attributions.ts';
import { dynamoContactLog } from '#core/adapters/dynamo-contact-log.ts';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoIdentities } from '#core/adapters/dynamo-identities.ts';
import { dynamoInbox } from '#core/adapters/dynamo-inbox.ts';
import { dynamoOfferHistories } from '#core/adapters/dynamo-offer-histories.ts';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoPseudonyms } from '#core/adapters/dynamo-pseudonyms.ts';
import { dynamoPurchases } from '#core/adapters/dynamo-purchases.ts';
import { dynamoSessions } from '#core/adapters/dynamo-sessions.ts';
import { dynamoShortLinks } from '#core/adapters/dynamo-short-links.ts';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import type { LinkKeys } from '#core/adapters/link-keys.ts';
import { sha256Hex } from '#core/adapters/sha256-digest.ts';
import { tables } from '#core/contracts/tables.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import { newIdentity } from '#core/domain/customers/identity.ts';
import { purchaseOf } from '#core/domain/customers/purchase.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { emptyOrderLog, type OrderLog } from '#core/domain/orders/order-log.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { sessionIdOf } from '#core/domain/sessions/session-id.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import {
  amended,
  answered,
  at,
  cancelled,
  dispatched,
  failed,
  line,
  placed,
  returned,
} from '#tests/unit/orders/order-events.ts';

export const shop = 'hearth';
export const customerId = 'c-17';
const EMAIL = { address: 'Mia.Sommer@mail.example', id: 'email:mia-hash' };
const SMS = { address: '+4915112345678', id: 'sms:mia-hash' };
export const guestId = `guest:${EMAIL.id}`;

/** Everything by which a text would tell of her. */
export const personal = [
  customerId,
  'ia.sommer',
  '4915112345678',
  'mia-hash',
  'Mia',
  'Dortmund',
  '44137',
  'TRACK-1',
  'neighbour',
  'my late aunt',
  'courses.example/mia',
  'Europe/Berlin',
  'device-token',
  'click-1',
];

/** Her account's order, with something in every event that tells of her. */
export const toldOfHer: readonly OrderEvent[] = [
  placed({
    contact: {
      customerId,
      email: EMAIL.address,
      phone: SMS.address,
      name: 'Mia Sommer',
      reach: { email: EMAIL, sms: SMS },
    },
    shipTo: { city: 'Dortmund', postcode: '44137', country: 'DE', latitude: 51.5, longitude: 7.4 },
    lines: [line('mill'), line('tin', { quantity: 2, accessUrl: 'https://courses.example/mia' })],
    attribution: { clickIds: ['click-1'] },
  }),
  amended(11, { addedLines: [line('lid', { accessUrl: 'https://courses.example/mia/2' })] }),
  cancelled(12, { lines: [{ lineId: 'lid', quantity: 1 }], reason: 'it was for my late aunt' }),
  dispatched(13, 'P1', { trackingNumber: 'TRACK-1', trackingUrl: 'https://t.example/TRACK-1' }),
  failed(14, 'P1', { reason: 'nobody but a neighbour', pickupPoint: 'the neighbour' }),
  answered(15, 9, { survey: 'nps', comment: 'Mia says thanks' }),
  returned(16, 'mill', { reason: 'my late aunt' }),
];

const guestEvents: readonly OrderEvent[] = [
  placed({
    eventId: 'guest-placed',
    orderId: '100483',
    occurredAt: at(9),
    contact: { email: EMAIL.address, name: 'Mia', reach: { email: EMAIL } },
  }),
];

/** Of somebody else, who is to stay as they are. */
const otherEvents: readonly OrderEvent[] = [
  placed({
    eventId: 'other-placed',
    orderId: '100999',
    contact: { customerId: 'c-171', email: 'kim@mail.example' },
  }),
];

export const requestedAt = at(40);

export const logOf = (all: readonly OrderEvent[]): OrderLog => ({
  ...emptyOrderLog(shop, all[0]?.orderId ?? ''),
  events: all,
});

const zoneOf = (id: string): string => (id === 'c-171' ? 'Europe/Paris' : 'Europe/Berlin');

export const touch = (orderId: string, id: string): TouchRecord => ({
  shop,
  orderId,
  touchId: 'care-guide',
  touch: 'care-guide',
  subjects: ['mill'],
  purpose: 'service',
  customerId: id,
  zones: [zoneOf(id)],
  decision: {
    kind: 'send',
    channel: 'email',
    rules: [{ rule: 'quiet-hours', verdict: 'pass', because: `open in ${zoneOf(id)}` }],
  },
  decidedAt: at(18),
  turn: 1,
  earlier: [],
  state: 'decided',
  attempts: 0,
});

/** Writes what is stored of her, as the functions do, under both of her names; and somebody else. */
export const storeSomebody = async (client: DynamoDBClient): Promise<void> => {
  const customers = dynamoCustomers(client, tables.customers.name);
  const merged = { [guestId]: at(10) };
  const givers = { [customerId]: at(10), [guestId]: at(9) };
  await customers.write({
    ...newCustomer(shop, customerId),
    profile: { email: EMAIL.address, name: 'Mia Sommer', reach: { email: EMAIL } },
    profileAt: at(10),
    devices: { 'device-token': { state: 'active', platform: 'GCM', at: at(10) } },
    merged,
    sharedAddresses: { [EMAIL.id]: givers },
  });
  await customers.write({ ...newCustomer(shop, guestId), mergedInto: customerId });
  await dynamoIdentities(client, tables.identities.name).write({
    ...newIdentity(shop, EMAIL.id),
    givers,
  });
  await storeOrder(client, toldOfHer, customerId);
  await storeOrder(client, guestEvents, guestId);
  await storeOrder(client, otherEvents, 'c-171');
  await customers.write({ ...newCustomer(shop, 'c-171'), profile: { name: 'Kim' } });
  await dynamoPseudonyms(client, tables.pseudonyms.name, () => 'a-name').of(shop, [customerId]);
};

const storeOrder = async (
  client: DynamoDBClient,
  events: readonly OrderEvent[],
  id: string,
): Promise<void> => {
  const log = logOf(events);
  const { orderId } = log;
  await dynamoOrderLogs(client, tables.orders.name).write(log);
  const order = orderOf(events);
  const purchase = order === undefined ? undefined : purchaseOf(order);
  if (purchase !== undefined)
    await dynamoPurchases(client, tables.purchases.name).keep(purchase, 1);
  const records = dynamoTouchRecords(client, tables.touches.name);
  await records.claim(touch(orderId, id));
  await records.finish(touch(orderId, id), {
    state: 'sent',
    at: at(18),
    messageId: 'm-1',
    locale: 'de-DE',
    inDoubt: false,
    addressId: id === 'c-171' ? 'email:kim' : EMAIL.id,
  });
  await records.hear(touch(orderId, id), 'delivered', at(19));
  const all: LinkKeys['all'] = async () => [{ kid: '1', key: Buffer.from('key') }];
  const link = id === 'c-171' ? 'https://t.example/kim' : 'https://t.example/TRACK-1';
  await dynamoShortLinks(client, tables.links.name, { all, renewed: all }).make(
    touch(orderId, id),
    link,
    at(999),
  );
  await dynamoContactLog(client, tables.contacts.name).write({
    shop,
    customerId: id,
    version: 0,
    contacts: [
      { orderId, touchId: 'care-guide', purpose: 'service', channel: 'email', at: at(18) },
    ],
    held: [],
  });
  await dynamoInbox(client, tables.inbox.name).keep(
    shop,
    id,
    {
      at: at(18),
      orderId,
      touchId: 'care-guide',
      touch: 'care-guide',
      title: `Hello ${id}`,
      text: '…',
      url: 'https://x.example',
    },
    at(999),
  );
  await dynamoSessions(client, tables.sessions.name).write({
    shop,
    orderId,
    sessionId: sessionIdOf(shop, orderId, sha256Hex),
    version: 0,
    customerId: id,
    locale: 'de-DE',
    currency: 'EUR',
    openedAt: at(10),
    endsAt: at(34),
    isHeldOut: false,
    offers: [],
    guides: [],
  });
  await dynamoOfferHistories(client, tables.offerHistories.name).add(shop, id, [
    { offerId: 'brush', kind: 'shown', at: at(10) },
  ]);
  await dynamoAttributions(client, tables.attributions.name).keep({
    kind: 'click',
    id: id === 'c-171' ? 'click-of-kim' : 'click-1',
    shop,
    customerId: id,
    orderId,
    at: at(20),
    expiresAt: at(999),
  });
};
