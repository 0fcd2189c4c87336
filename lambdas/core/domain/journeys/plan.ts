import type { Candidate } from '../affinity/rank-candidates.ts';
import type { Customer } from '../customers/customer.ts';
import type { Purchase } from '../customers/purchase.ts';
import { completedAt, isDisputed, isGivenBack, keptOf } from '../orders/after-delivery.ts';
import { isOutstanding, type Order } from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import type { DatedScore } from '../scores/dated-score.ts';
import type { ShopPage } from '../touches/touch.ts';
import type { ClassifiedLine, JourneyProfile, ProductClass } from './classification.ts';
import { hoursLater } from './elapsed.ts';
import { type Clock, daysLaterAt, daysPassedAt } from './local-time.ts';
import type { Timing } from './timing.ts';

export interface PlanInputs {
  readonly order: Order;
  readonly profile: JourneyProfile;
  readonly customer?: Customer | undefined;
  /** The customer's orders, newest first. */
  readonly purchases: readonly Purchase[];
  readonly timing: Timing;
  /** Pages that the shop has, beside those that every shop has. */
  readonly pages: readonly ShopPage[];
  readonly timeZone: string;
  /** Moves what is due at the full hour by some minutes, the same for the same order. */
  readonly spread: (at: Instant) => Instant;
  /** What is expected of the customer. @default they were not scored, or what is planned does not need it */
  readonly score?: DatedScore | undefined;
  /** Categories of what may be offered with the order's products, by SKU. @default none is known */
  readonly offerCategories?: ReadonlyMap<string, string> | undefined;
  /** What else goes with the order, best first: products that the catalogue has. @default nothing was learnt */
  readonly candidates?: readonly Candidate[] | undefined;
}

/** Why an order has no such stage. */
export type SkipReason =
  /** all of it was cancelled or goes back */
  | 'given-back'
  | 'disputed'
  /** who uses it is not who bought it */
  | 'gift'
  /** the customer has had all of it before, or it is a service that others perform */
  | 'known-products'
  /** nothing was delivered yet, and the stage before gave up waiting */
  | 'not-delivered';

export type StagePlan<Input> =
  | { readonly kind: 'start'; readonly at: Instant; readonly input: Input }
  | { readonly kind: 'skip'; readonly because: SkipReason };

export interface OnboardingInput {
  readonly shop: string;
  readonly orderId: string;
  readonly careLines: readonly string[];
  /** Lines whose first use is waited for, until `nudgeAt`. */
  readonly useLines: readonly string[];
  readonly nudgeAt: Instant | null;
  readonly checkInLines: readonly string[];
  readonly checkInAt: Instant | null;
}

export interface AdvocacyInput {
  readonly shop: string;
  readonly orderId: string;
  /** How long an answer to the survey is waited for, from when it was asked. */
  readonly answerWithinSeconds: number;
  readonly reviewLines: readonly string[];
  readonly reviewWithinSeconds: number;
  /** Whether a satisfied customer is asked to recommend the shop. */
  readonly mayRefer: boolean;
}

const SECONDS_PER_DAY = 86_400;

/**
 * Teaches what is new to the customer: care for all of it, a nudge where a first use is reported and
 * does not come, a check-in for what needs one.
 */
export const planOnboarding = (inputs: PlanInputs): StagePlan<OnboardingInput> => {
  const { order, profile, timing } = inputs;
  const ended = endOf(order);
  if (ended !== undefined) return { kind: 'skip', because: ended };
  if (profile.isGift) return { kind: 'skip', because: 'gift' };
  const news = keptLines(inputs).filter(
    ({ isKnownToCustomer, productClass }) => !isKnownToCustomer && productClass !== 'service',
  );
  if (news.length === 0) return { kind: 'skip', because: 'known-products' };

  const inUse = news.filter(({ product }) => product.reportsUse === true);
  const helped = news.filter(needsCheckIn);
  const isFamiliar = profile.tenure === 'returning' && !profile.isFirstInCategory;
  const wantsCheckIn = helped.length > 0 && !(isFamiliar && !profile.isHighValue);
  const from = completedAt(order);
  return {
    kind: 'start',
    at: careAt(inputs, from),
    input: {
      ...refOf(order),
      careLines: idsOf(news),
      useLines: idsOf(inUse),
      nudgeAt: inUse.length === 0 ? null : hoursLater(from, timing.nudgeAfterHours),
      checkInLines: wantsCheckIn ? idsOf(helped) : [],
      checkInAt: wantsCheckIn ? checkInAt(inputs, from) : null,
    },
  };
};

/** Who paid for speed wants to begin on the same day. */
const EXPRESS_HOURS = 3;

const careAt = (inputs: PlanInputs, from: Instant): Instant =>
  inputs.profile.shippingMethod === 'express'
    ? hoursLater(from, EXPRESS_HOURS)
    : daysLater(inputs, from, inputs.timing.careAfterDays);

const needsCheckIn = ({ productClass }: ClassifiedLine): boolean =>
  productClass === 'complex' || productClass === 'considered';

const checkInAt = (inputs: PlanInputs, from: Instant): Instant => {
  const { complex, considered } = inputs.timing.checkInAfterDays;
  const days = inputs.profile.productClass === 'complex' ? complex : considered;
  return daysLater(inputs, from, days);
};

/** Abroad, a parcel is understood, and sent back, later. */
const ABROAD_DAYS = 4;

/** Asks how it was; what follows depends on the answer. */
export const planAdvocacy = (inputs: PlanInputs): StagePlan<AdvocacyInput> => {
  const { order, profile, timing } = inputs;
  const ended = endOf(order);
  if (ended !== undefined) return { kind: 'skip', because: ended };
  const days = timing.surveyAfterDays[surveyClassOf(profile.productClass)];
  const hour = daysPassedAt(
    completedAt(order),
    days + (profile.isInternational ? ABROAD_DAYS : 0),
    clockOf(inputs),
  );
  const at = inputs.spread(hour);
  return {
    kind: 'start',
    at,
    input: {
      ...refOf(order),
      answerWithinSeconds: timing.answerWithinDays * SECONDS_PER_DAY,
      reviewLines: profile.isGift ? [] : idsOf(keptLines(inputs)),
      reviewWithinSeconds: timing.reviewWithinDays * SECONDS_PER_DAY,
      mayRefer: !profile.isHighRisk && !profile.isGift,
    },
  };
};

const surveyClassOf = (productClass: ProductClass): keyof Timing['surveyAfterDays'] =>
  productClass === 'complex' || productClass === 'considered' ? productClass : 'simple';

/** Why nothing follows a delivery, if nothing does. */
export const endOf = (order: Order): SkipReason | undefined => {
  if (isGivenBack(order)) return 'given-back';
  if (isDisputed(order)) return 'disputed';
  return isOutstanding(order) ? 'not-delivered' : undefined;
};

export const keptLines = ({
  order,
  profile,
}: Pick<PlanInputs, 'order' | 'profile'>): readonly ClassifiedLine[] =>
  profile.lines.filter(({ line }) => keptOf(order, line) > 0);

export const idsOf = (lines: readonly ClassifiedLine[]): readonly string[] =>
  lines.map(({ line }) => line.lineId);

/** So many days later, in the hour that the shop plans for. */
export const daysLater = (inputs: PlanInputs, from: Instant, days: number): Instant =>
  inputs.spread(daysLaterAt(from, days, clockOf(inputs)));

const clockOf = ({ timing: { hour }, timeZone }: PlanInputs): Clock => ({ hour, timeZone });

export const refOf = ({ shop, orderId }: Order) => ({ shop, orderId });
