import { incomingEvents, type IncomingEventType } from '#core/contracts/incoming-events.ts';

/** Plain words for an event, and what they say already. */
export interface Phrase {
  readonly words: string;
  readonly type: IncomingEventType;
  readonly says?: Readonly<Record<string, unknown>>;
}

/**
 * Plain words where the contract's name is not what a person would write. Every type can be written
 * by its own name in words as well (`shipment updated`), so an event that is new in the contract
 * needs no line here.
 */
const plainPhrases: readonly Phrase[] = [
  { words: 'order verified', type: 'OrderAmended', says: { risk: 'passed' } },
  { words: 'order put in review', type: 'OrderAmended', says: { risk: 'review' } },
  { words: 'shipped', type: 'ShipmentDispatched' },
  { words: 'in transit', type: 'ShipmentUpdated', says: { status: 'in_transit' } },
  { words: 'out for delivery', type: 'ShipmentUpdated', says: { status: 'out_for_delivery' } },
  { words: 'delayed', type: 'ShipmentUpdated', says: { status: 'delayed' } },
  { words: 'lost', type: 'ShipmentUpdated', says: { status: 'lost' } },
  { words: 'returned to sender', type: 'ShipmentUpdated', says: { status: 'returned_to_sender' } },
  { words: 'delivered', type: 'ShipmentDelivered' },
  { words: 'refunded', type: 'RefundIssued' },
  { words: 'dispute won', type: 'PaymentDisputed', says: { status: 'won' } },
  { words: 'dispute lost', type: 'PaymentDisputed', says: { status: 'lost' } },
  { words: 'first used', type: 'UsageMilestoneReached', says: { milestone: 'first-use' } },
  { words: 'loyalty joined', type: 'LoyaltyEnrolled' },
  { words: 'consent given', type: 'ConsentChanged', says: { state: 'granted' } },
  {
    words: 'consent confirmed',
    type: 'ConsentChanged',
    says: { state: 'granted', confirmed: true },
  },
  { words: 'consent withdrawn', type: 'ConsentChanged', says: { state: 'withdrawn' } },
  { words: 'app installed', type: 'DeviceRegistered', says: { platform: 'GCM' } },
  { words: 'app removed', type: 'DeviceRemoved' },
  { words: 'case opened', type: 'SupportCaseOpened' },
  { words: 'case closed', type: 'SupportCaseClosed' },
  { words: 'product updated', type: 'CatalogItemUpdated' },
];

const isIncomingType = (type: string): type is IncomingEventType =>
  Object.hasOwn(incomingEvents, type);

/** `order placed` of `OrderPlaced`. */
const inWords = (type: string): string =>
  type.replaceAll(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();

/** Everything that can happen in a scenario. */
export const phrases: readonly Phrase[] = [
  ...Object.keys(incomingEvents)
    .filter(isIncomingType)
    .map((type) => ({ words: inWords(type), type })),
  ...plainPhrases,
];

export const phraseOf = (words: string): Phrase | undefined => {
  const said = words.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return phrases.find((phrase) => phrase.words === said);
};

/** Plain names of the contract's fields; the first that the event has is meant. */
export const fieldAliases: Readonly<Record<string, readonly string[]>> = {
  parcel: ['parcelId'],
  due: ['estimatedDeliveryAt'],
  'leaves by': ['promisedDispatchBy'],
  product: ['sku', 'lineId'],
  line: ['lineId'],
  price: ['unitPrice'],
  id: ['customerId'],
  return: ['returnId'],
  refund: ['refundId'],
  dispute: ['disputeId'],
  subscription: ['subscriptionId'],
  picture: ['imageUrl'],
  case: ['caseId'],
  on: ['platform'],
};
