import type { LineCredit } from '../ledger/credit.ts';
import type { Money } from '../money.ts';

/** An instant in UTC, `2026-11-22T12:00:00.000Z`: fixed width, so that text order is time order. */
export type Instant = string;

/**
 * What kind of thing a line is. `physical` needs a parcel; the others are available as soon as the
 * order is cleared.
 */
export type ProductKind = 'physical' | 'digital' | 'subscription' | 'service';

export interface LineQuantity {
  readonly lineId: string;
  readonly quantity: number;
}

export interface PlacedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** What the customer pays for the line. @default unit price × quantity */
  readonly total?: Money | undefined;
  readonly name?: string | undefined;
  readonly category?: string | undefined;
  readonly imageUrl?: string | undefined;
  readonly kind?: ProductKind | undefined;
  readonly backordered?: boolean | undefined;
  readonly promisedDispatchBy?: Instant | undefined;
  /** Where a digital product is opened or downloaded. */
  readonly accessUrl?: string | undefined;
  /** The confirmation page's session, and the offer, that it was taken up in. */
  readonly origin?: LineOrigin | undefined;
  /** What brought it; decided when the order is taken in. @default nothing of ours */
  readonly credit?: LineCredit | undefined;
}

export interface LineOrigin {
  readonly sessionId: string;
  readonly offerId?: string | undefined;
}

export interface Contact {
  /** The shop's own id of the customer; a guest has none. */
  readonly customerId?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly name?: string | undefined;
  /** BCP 47, such as `de-AT`. */
  readonly locale?: string | undefined;
  /** The addresses above that can be used, with their keyed hashes; made when the order is taken in. */
  readonly reach?: Reachable | undefined;
}

/** An address that messages go to. */
export interface Reach {
  /** As it is written to. */
  readonly address: string;
  /** Its keyed hash: the same for every spelling, and telling nothing of it. */
  readonly id: string;
}

/** Where a customer or an order can be reached. */
export interface Reachable {
  /** As the customer wrote it. */
  readonly email?: Reach | undefined;
  /** E.164. */
  readonly sms?: Reach | undefined;
}

export type ShippingMethod = 'standard' | 'express' | 'pickup';

export interface Address {
  readonly city?: string | undefined;
  readonly postcode?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 3166-2 without the country: `NY`. */
  readonly region?: string | undefined;
  /** Degrees. */
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
}

interface EventOf<Type extends string> {
  readonly type: Type;
  /** Unique within the shop: the same id is the same event. */
  readonly eventId: string;
  readonly occurredAt: Instant;
  readonly shop: string;
  readonly orderId: string;
}

export interface OrderPlaced extends EventOf<'OrderPlaced'> {
  readonly contact: Contact;
  readonly shipTo?: Address | undefined;
  readonly lines: readonly PlacedLine[];
  readonly total: Money;
  readonly shipping?: Money | undefined;
  readonly discount?: Money | undefined;
  readonly tax?: Money | undefined;
  readonly promisedDispatchBy?: Instant | undefined;
  /** `review` holds digital access and asks the customer to confirm, until an amendment says it passed. */
  readonly risk?: 'none' | 'review' | undefined;
  readonly gift?: boolean | undefined;
  readonly shippingMethod?: ShippingMethod | undefined;
  /** A test order is recorded and never answered. */
  readonly test?: boolean | undefined;
  /** What shows which messages brought it. */
  readonly attribution?: Attribution | undefined;
  /** What one unit of its currency is worth in another; frozen when the order is taken in. */
  readonly exchangeRate?: ExchangeRate | undefined;
  /** Of its lines that have none of their own. @default nothing of ours */
  readonly credit?: LineCredit | undefined;
}

export interface Attribution {
  /** Of the links that the customer came by. */
  readonly clickIds?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
}

/** `rate` is a decimal: units of `to` for one unit. */
export interface ExchangeRate {
  readonly to: string;
  readonly rate: string;
}

export interface AmendedLine {
  readonly lineId: string;
  /** The new ordered quantity. */
  readonly quantity?: number | undefined;
  readonly backordered?: boolean | undefined;
  readonly promisedDispatchBy?: Instant | undefined;
}

export interface OrderAmended extends EventOf<'OrderAmended'> {
  readonly lines?: readonly AmendedLine[] | undefined;
  readonly addedLines?: readonly PlacedLine[] | undefined;
  readonly promisedDispatchBy?: Instant | undefined;
  readonly risk?: 'passed' | 'review' | undefined;
  readonly total?: Money | undefined;
}

export interface OrderCancelled extends EventOf<'OrderCancelled'> {
  /** Absent: the whole order. */
  readonly lines?: readonly LineQuantity[] | undefined;
  readonly reason?: string | undefined;
}

export interface ShipmentDispatched extends EventOf<'ShipmentDispatched'> {
  readonly parcelId: string;
  /** Absent: everything that is still to be sent. */
  readonly lines?: readonly LineQuantity[] | undefined;
  readonly carrier?: string | undefined;
  readonly trackingNumber?: string | undefined;
  readonly trackingUrl?: string | undefined;
  readonly estimatedDeliveryAt?: Instant | undefined;
}

export interface ShipmentUpdated extends EventOf<'ShipmentUpdated'> {
  readonly parcelId: string;
  readonly status: 'in_transit' | 'out_for_delivery' | 'delayed' | 'lost' | 'returned_to_sender';
  readonly estimatedDeliveryAt?: Instant | undefined;
}

export interface ShipmentDelivered extends EventOf<'ShipmentDelivered'> {
  /** Absent: every parcel on its way or, when none is known, everything open. */
  readonly parcelId?: string | undefined;
  readonly lines?: readonly LineQuantity[] | undefined;
}

export interface DeliveryFailed extends EventOf<'DeliveryFailed'> {
  readonly parcelId: string;
  readonly reason?: string | undefined;
  /** Where the parcel waits to be collected, in words a customer can use. */
  readonly pickupPoint?: string | undefined;
}

export interface ReturnRequested extends EventOf<'ReturnRequested'> {
  readonly returnId: string;
  readonly lines: readonly LineQuantity[];
  readonly reason?: string | undefined;
}

export interface ReturnReceived extends EventOf<'ReturnReceived'> {
  readonly returnId: string;
  /** Absent: what was requested. */
  readonly lines?: readonly LineQuantity[] | undefined;
}

export interface RefundIssued extends EventOf<'RefundIssued'> {
  readonly refundId: string;
  readonly amount: Money;
  /** Lines the refund is for; a goodwill refund has none. */
  readonly lines?: readonly LineQuantity[] | undefined;
  /** `lost` means that the lines will not be delivered any more. */
  readonly reason?: 'cancelled' | 'returned' | 'lost' | 'goodwill' | undefined;
}

/** The customer's bank disputes the payment; `won` and `lost` are the shop's view of its end. */
export interface PaymentDisputed extends EventOf<'PaymentDisputed'> {
  readonly disputeId: string;
  readonly status?: 'opened' | 'won' | 'lost' | undefined;
  readonly amount?: Money | undefined;
}

/** A product of the order is being used: the first is its activation. */
export interface UsageMilestoneReached extends EventOf<'UsageMilestoneReached'> {
  /** Absent: whichever of the order's products report their use. */
  readonly lineId?: string | undefined;
  /** In the product's own words, `first-use`. */
  readonly milestone: string;
}

export type Survey = 'csat' | 'nps';

export interface SurveyAnswered extends EventOf<'SurveyAnswered'> {
  readonly survey: Survey;
  /** CSAT: 1 to 5. NPS: 0 to 10. */
  readonly score: number;
  readonly comment?: string | undefined;
}

export interface ReviewPosted extends EventOf<'ReviewPosted'> {
  readonly sku: string;
  /** 1 to 5. */
  readonly rating?: number | undefined;
}

/** What a partner pays for what was brought to them. */
export interface CommissionConfirmed extends EventOf<'CommissionConfirmed'> {
  readonly commissionId: string;
  readonly partner: string;
  readonly amount: Money;
  readonly sessionId?: string | undefined;
  readonly offerId?: string | undefined;
  /** Frozen when it is taken in. Absent: the amount is in the reporting currency. */
  readonly exchangeRate?: ExchangeRate | undefined;
}

export interface CommissionReversed extends EventOf<'CommissionReversed'> {
  readonly commissionId: string;
  /** Absent: all of it. */
  readonly amount?: Money | undefined;
}

/** Everything that happens to one order. */
export type OrderEvent =
  | OrderPlaced
  | OrderAmended
  | OrderCancelled
  | ShipmentDispatched
  | ShipmentUpdated
  | ShipmentDelivered
  | DeliveryFailed
  | ReturnRequested
  | ReturnReceived
  | RefundIssued
  | PaymentDisputed
  | UsageMilestoneReached
  | SurveyAnswered
  | ReviewPosted
  | CommissionConfirmed
  | CommissionReversed;
