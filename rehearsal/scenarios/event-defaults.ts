import { incomingEvents, type IncomingEventType } from '#core/contracts/incoming-events.ts';
import { type Order, wantedOf } from '#core/domain/orders/order.ts';
import type { LineQuantity } from '#core/domain/orders/order-event.ts';
import { valueOf } from '../input/order-life.ts';
import { sampleOrder } from '../input/sample-order.ts';
import type { Note } from './notebook.ts';
import { oneOf } from './nearest.ts';
import type { Story } from './story.ts';

/** What an event says, by field of its contract. */
export type Says = Readonly<Record<string, unknown>>;

/** An event that is being told. */
export interface Telling {
  readonly story: Story;
  readonly orderId: string;
  /** As it is when the event happens. */
  readonly order: Order | undefined;
  readonly occurredAtMs: number;
  readonly says: Says;
  readonly line: number;
  readonly note: Note;
}

/**
 * What goes without saying; what is said goes above it. Of an order that was noted as wrong anything
 * goes without saying: its events are only looked through for further mistakes.
 */
export const withDefaults = (type: IncomingEventType, telling: Telling): Says => ({
  ...defaults[type]?.(telling),
  ...telling.says,
  ...merged[type]?.(telling),
});

type Fill = (telling: Telling) => Says;

const ofCustomer: Fill = ({ story: { customerId }, says, line, note }) => {
  if (customerId === undefined && !('customerId' in says))
    note(line, 'the customer is a guest, expected one with an `id`: of guests this is not told');
  return { customerId: customerId ?? 'guest' };
};

/** A guest is named by what they gave: the address, or else the number. */
const ofPerson: Fill = ({ story: { customerId, profile }, says, line, note }) => {
  if (['customerId', 'email', 'phone'].some((field) => field in says)) return {};
  if (customerId !== undefined) return { customerId };
  const { email, phone } = profile;
  if (email !== undefined) return { email };
  if (phone === undefined)
    note(line, 'the customer is a guest without `email` and `phone`, expected one of them');
  return { phone: phone ?? '+4915112345678' };
};

const onDevice: Fill = (telling) => ({
  ...ofCustomer(telling),
  token: telling.story.scoped('device'),
});

const ofCase: Fill = (telling) => ({
  ...ofPerson(telling),
  caseId: telling.story.scoped('case'),
});

const subscribed: Fill = (telling) => ({
  ...ofCustomer(telling),
  subscriptionId: 'S1',
  ...telling.story.subscription,
});

const inSession: Fill = ({ story }) => ({ sessionId: story.scoped('session') });

const ofOffer: Fill = (telling) => ({
  ...inSession(telling),
  impressionId: telling.story.scoped('impression'),
});

const commissioned: Fill = ({ order, says }) => ({
  commissionId:
    'amount' in says && 'partner' in says
      ? numbered('C', order?.commissions)
      : (order?.commissions.at(-1)?.commissionId ?? 'C1'),
});

const underway: Fill = ({ order, says, line, note }) => {
  if (order === undefined) return { parcelId: 'P1' };
  const parcels = order.parcels.filter(({ status }) => status === 'on_its_way');
  const [parcel] = parcels;
  if (parcels.length > 1 && !('parcelId' in says))
    note(
      line,
      `got no parcel, expected \`parcel:\` with ${oneOf(parcels.map(({ parcelId }) => parcelId))}: several are on their way`,
    );
  return parcel === undefined ? {} : { parcelId: parcel.parcelId };
};

const numbered = (letter: string, known: readonly unknown[] | undefined): string =>
  `${letter}${(known?.length ?? 0) + 1}`;

const physicalPieces = ({ lines }: Order): readonly LineQuantity[] =>
  lines
    .filter((each) => each.kind === 'physical' && wantedOf(each) > 0)
    .map((each) => ({ lineId: each.lineId, quantity: wantedOf(each) }));

const defaults: Readonly<Partial<Record<IncomingEventType, Fill>>> = {
  OrderPlaced: (telling) => priced(telling),
  ShipmentDispatched: ({ order }) => ({ parcelId: numbered('P', order?.parcels) }),
  ShipmentUpdated: underway,
  ShipmentDelivered: underway,
  DeliveryFailed: underway,
  ReturnRequested: ({ order }) => ({
    returnId: numbered('R', order?.returns),
    lines: order === undefined ? [{ lineId: 'L1', quantity: 1 }] : physicalPieces(order),
  }),
  ReturnReceived: ({ order }) => ({
    returnId: order?.returns.find(({ receivedAt }) => receivedAt === undefined)?.returnId ?? 'R1',
  }),
  RefundIssued: (telling) => refunded(telling),
  PaymentDisputed: ({ order, says }) => ({
    disputeId:
      'status' in says
        ? (order?.disputes.at(-1)?.disputeId ?? 'D1')
        : numbered('D', order?.disputes),
  }),
  UsageMilestoneReached: () => ({ milestone: 'first-use' }),
  SurveyAnswered: ({ story }) => ({ survey: story.options.shop.survey ?? 'csat' }),
  ReviewPosted: ({ order }) => {
    const skus = new Set(order?.lines.map(({ sku }) => sku) ?? ['unknown']);
    return skus.size === 1 ? { sku: [...skus][0] } : {};
  },
  LoyaltyEnrolled: ofCustomer,
  SubscriptionStarted: subscribed,
  SubscriptionRenewed: subscribed,
  SubscriptionCancelled: subscribed,
  CustomerUpdated: ofCustomer,
  ConsentChanged: (telling) => ({ ...ofPerson(telling), source: 'checkout' }),
  DeviceRegistered: onDevice,
  DeviceRemoved: onDevice,
  SupportCaseOpened: ofCase,
  SupportCaseClosed: ofCase,
  CommissionConfirmed: commissioned,
  CommissionReversed: commissioned,
  AdjustmentPosted: ({ story }) => ({
    adjustmentId: story.scoped('adjustment'),
    currency: story.shop.currency,
  }),
  SessionOpened: inSession,
  SessionViewed: inSession,
  OfferShown: ofOffer,
  OfferClicked: ofOffer,
  OfferAccepted: ofOffer,
  OfferDismissed: ofOffer,
  OfferRefused: inSession,
  ContentReviewed: () => ({ verdict: 'approve', reviewer: 'an editor' }),
  ErasureRequested: (telling) => ({
    ...ofPerson(telling),
    requestId: telling.story.scoped('request'),
  }),
};

/** What is said of a customer, a contact or a product goes above what is known of it. */
const merged: Readonly<Partial<Record<IncomingEventType, Fill>>> = {
  OrderPlaced: ({ story: { customerId, profile }, says }) => {
    const { timeZone: _, ...contact } = profile;
    const known = customerId === undefined ? contact : { customerId, ...contact };
    return { contact: { ...known, ...Object(says['contact']) } };
  },
  CustomerUpdated: ({ story: { profile }, says }) => ({
    profile: { ...profile, ...Object(says['profile']) },
  }),
  CatalogItemUpdated: (telling) => ({ item: productOf(telling) }),
  OfferUpdated: (telling) => ownOffer(telling),
};

/** All scenarios run at once: an offer for any order would be shown to those of others. */
const ownOffer: Fill = ({ story, says, line, note }) => {
  const skus: unknown = Object(Object(says['offer']).conditions).boughtSkus;
  const isOwn =
    Array.isArray(skus) &&
    skus.length > 0 &&
    skus.every((sku) => typeof sku === 'string' && story.unscoped(sku) !== sku);
  if (!isOwn)
    note(
      line,
      'got an offer for orders of other scenarios too, expected `bought skus` with products under `catalogue` among its `conditions`',
    );
  return {};
};

const productOf = ({ story, says, line, note }: Telling): object => {
  const item: Says = Object(says['item']);
  const sku = typeof item['sku'] === 'string' ? item['sku'] : '';
  const written = story.unscoped(sku);
  if (story.products.has(sku) && written === sku)
    note(line, `got ${sku}, which all scenarios share, expected a product under \`catalogue\``);
  const { shop: _, ...known } = story.products.get(sku) ??
    story.products.get(written) ?? { shop: '' };
  const { kind: configuredKind, ...configured } = Object(story.options.shop.products?.[written]);
  const facts = { ...Object(known).facts, ...configured, ...Object(item['facts']) };
  return {
    ...known,
    ...(configuredKind === undefined ? {} : { kind: configuredKind }),
    ...item,
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
  };
};

const { lines: linesOf, discount: discountOf } = incomingEvents.OrderPlaced.shape;

/** Amounts that add up; where the lines are wrong already, any amounts. */
const priced: Fill = ({ story: { shop }, orderId, occurredAtMs, says }) => {
  const lines = linesOf.safeParse(says['lines']);
  if (!lines.success) return { total: { amountMinor: 0, currency: shop.currency } };
  const discount = discountOf.safeParse(says['discount']).data;
  const order = sampleOrder({
    shop,
    orderId,
    placedMs: occurredAtMs,
    lines: lines.data,
    ...(discount === undefined ? {} : { says: { discount } }),
  });
  return { ...order };
};

const { lines: piecesOf } = incomingEvents.RefundIssued.shape;

/** Money back for the lines that are named, or for the whole order. */
const refunded: Fill = ({ order, says }) => {
  const refundId = numbered('refund-', order?.refunds);
  if (order === undefined) return { refundId, amount: { amountMinor: 0, currency: 'EUR' } };
  const pieces = piecesOf.safeParse(says['lines']).data;
  return { refundId, amount: pieces === undefined ? order.total : valueOf(order, pieces) };
};
