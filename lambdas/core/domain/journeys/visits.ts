import { tellEvidence } from '../affinity/evidence.ts';
import type { Candidate } from '../affinity/rank-candidates.ts';
import { isSubscribedTo } from '../customers/customer.ts';
import {
  hasBought,
  type Purchase,
  purchasesAfter,
  purchasesUpTo,
  skusOf,
} from '../customers/purchase.ts';
import { completedAt, isActivated, keptOf } from '../orders/after-delivery.ts';
import type { Instant } from '../orders/order-event.ts';
import type { AtRisk } from '../scores/at-risk.ts';
import type { DatedScore } from '../scores/dated-score.ts';
import type { RfmSegment } from '../scores/rfm.ts';
import type { ShopPage } from '../touches/touch.ts';
import type { ClassifiedLine } from './classification.ts';
import { daysBetween, laterOf } from './elapsed.ts';
import { currentScore, tellScore } from './known-score.ts';
import { calendarDaysBetween, localDayOf } from './local-time.ts';
import { daysLater, endOf, idsOf, keptLines, type PlanInputs } from './plan.ts';
import { daysPerPiece, shrunk } from './replenishment.ts';

/** The touches of the repurchase stage. */
export const visitTouches = [
  'warranty-registration',
  'loyalty-invitation',
  'subscription-offer',
  'cross-sell',
  'upgrade-nudge',
  'replenishment',
  'win-back',
] as const;

export type VisitTouch = (typeof visitTouches)[number];

/** One moment at which the repurchase stage comes back to an order. */
export interface Visit {
  readonly touch: VisitTouch;
  /** Order lines, or SKUs, as the touch tells of. */
  readonly subjects: readonly string[];
  readonly at: Instant;
  /** What of the customer's score, or of others' orders, it goes by, in words. @default it goes by none */
  readonly because?: string | undefined;
}

/** Days between two visits, so that one does not tread on the other's heels. */
const APART_DAYS = 2;

/** Supplies that run out within these days are told of at once. */
const SAME_WEEK_DAYS = 7;

/** More than these would not be looked at. */
const MOST_OFFERS = 3;

/** Who waited for stock has waited long enough to be left alone a while. */
const AFTER_BACKORDER_DAYS = 7;

/** Purchases from which on a product is had regularly. */
const REGULARLY = 2;

/** Who does not join after the second order is not asked after each further one. */
const INVITED_AFTER_ORDER = 2;

/** Once more, if they are of the best customers by then. */
const INVITED_AGAIN_AFTER_ORDER = 3;

const bestSegments: ReadonlySet<string> = new Set(['champions', 'loyal'] satisfies RfmSegment[]);

const lateStates: ReadonlySet<string> = new Set(['at-risk', 'lapsed'] satisfies AtRisk['state'][]);

/**
 * The visit that is due by now, as the order and its customer are now; `undefined` when none is. What
 * was done is named as `visitId` does.
 */
export const dueVisit = (
  inputs: PlanInputs,
  done: readonly string[],
  now: Instant,
): Visit | undefined => openVisits(inputs, done).find(({ at }) => at <= now);

/**
 * The next moment worth a visit, some days after the last at the soonest; `undefined` when there is
 * none left.
 *
 * @param lastAt when the customer was last visited, if they were
 */
export const nextVisit = (
  inputs: PlanInputs,
  done: readonly string[],
  lastAt?: Instant,
): Visit | undefined => {
  const [next] = openVisits(inputs, done);
  if (next === undefined || lastAt === undefined) return next;
  return { ...next, at: laterOf(next.at, daysLater(inputs, lastAt, APART_DAYS)) };
};

/** In order of time. */
const openVisits = (inputs: PlanInputs, done: readonly string[]): readonly Visit[] =>
  endOf(inputs.order) === undefined
    ? allVisits(inputs, done)
        .filter((visit) => !done.includes(visitId(visit)) && hasPage(inputs, visit))
        .toSorted(byTime)
    : [];

const pageOf: Readonly<Partial<Record<VisitTouch, ShopPage>>> = {
  'warranty-registration': 'warranty',
  'loyalty-invitation': 'loyalty',
  'subscription-offer': 'subscription',
};

const hasPage = ({ pages }: PlanInputs, { touch }: Visit): boolean => {
  const page = pageOf[touch];
  return page === undefined || pages.includes(page);
};

/** A replenishment is known by its lines: there may be several. */
export const visitId = ({ touch, subjects }: Pick<Visit, 'touch' | 'subjects'>): string =>
  touch === 'replenishment' ? `${touch}:${subjects.map(encodeURIComponent).join('+')}` : touch;

const byTime = (a: Visit, b: Visit): number => {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return visitTouches.indexOf(a.touch) - visitTouches.indexOf(b.touch);
};

const allVisits = (inputs: PlanInputs, done: readonly string[]): readonly Visit[] => [
  ...warranty(inputs),
  ...loyalty(inputs),
  ...subscription(inputs),
  ...crossSell(inputs),
  ...upgrade(inputs),
  ...replenishments(inputs, done),
  ...winBack(inputs),
];

const after = (inputs: PlanInputs, days: number): Instant =>
  daysLater(inputs, completedAt(inputs.order), days);

const ofLines = (
  touch: VisitTouch,
  lines: readonly ClassifiedLine[],
  at: Instant,
): readonly Visit[] => (lines.length === 0 ? [] : [{ touch, subjects: idsOf(lines), at }]);

/** Whoever got it as a gift has the warranty, and the need for more. */
const linesInUse = (inputs: PlanInputs): readonly ClassifiedLine[] =>
  inputs.profile.isGift ? [] : keptLines(inputs);

const warranty = (inputs: PlanInputs): readonly Visit[] => {
  const lines = linesInUse(inputs).filter(({ product }) => product.warrantyMonths !== undefined);
  return ofLines('warranty-registration', lines, after(inputs, inputs.timing.warrantyAfterDays));
};

/** Whoever is not asked because they are late is told of in `explain`. */
const loyalty = (inputs: PlanInputs): readonly Visit[] => {
  const { profile, customer, timing } = inputs;
  if (profile.isHighRisk || customer?.loyalty !== undefined) return [];
  const score = currentScore(inputs);
  if (!isInvited(profile.orderCount, score)) return [];
  const at = after(inputs, timing.loyaltyAfterDays);
  return [{ touch: 'loyalty-invitation', subjects: [], at, ...becauseOf(score) }];
};

const isInvited = (orderCount: number, score: DatedScore | undefined): boolean => {
  if (lateStates.has(score?.atRisk?.state ?? '')) return false;
  if (orderCount === INVITED_AFTER_ORDER) return true;
  return orderCount === INVITED_AGAIN_AFTER_ORDER && bestSegments.has(score?.rfm?.segment ?? '');
};

const becauseOf = (score: DatedScore | undefined): Pick<Visit, 'because'> =>
  score === undefined ? {} : { because: tellScore(score) };

const subscription = (inputs: PlanInputs): readonly Visit[] => {
  const lines = linesInUse(inputs).filter(
    (each) =>
      each.product.subscribable === true &&
      !hasOnSubscription(inputs, each) &&
      timesBought(purchasesUpTo(inputs.purchases, inputs.order), each) >= REGULARLY,
  );
  return ofLines('subscription-offer', lines, after(inputs, inputs.timing.subscriptionAfterDays));
};

const hasOnSubscription = ({ customer }: PlanInputs, { line }: ClassifiedLine): boolean =>
  customer !== undefined && isSubscribedTo(customer, line.sku);

const timesBought = (purchases: readonly Purchase[], { line }: ClassifiedLine): number =>
  purchases.filter(({ lines }) => lines.some(({ sku }) => sku === line.sku)).length;

/**
 * What the merchant says goes with it first, the leading line's foremost but for what the customer's categories lead to;
 * then what other customers bought with it.
 */
const crossSell = (inputs: PlanInputs): readonly Visit[] => {
  const { profile, purchases, timing, candidates = [] } = inputs;
  const bought = skusOf(purchases);
  for (const { line } of profile.lines) bought.add(line.sku);
  const isNew = (sku: string): boolean => !bought.has(sku);
  const stated = byPropensity(inputs, offersOf(inputs).filter(isNew));
  const learnt = candidates.filter(({ sku }) => isNew(sku) && !stated.includes(sku));
  const days = timing.crossSellAfterDays + (profile.isBackordered ? AFTER_BACKORDER_DAYS : 0);
  const best = [...stated, ...learnt.map(({ sku }) => sku)].slice(0, MOST_OFFERS);
  if (best.length === 0) return [];
  const told = learnt.filter(({ sku }) => best.includes(sku)).map(tellCandidate);
  return [
    {
      touch: 'cross-sell',
      subjects: best,
      at: after(inputs, days),
      ...(told.length === 0 ? {} : { because: told.join('; ') }),
    },
  ];
};

const tellCandidate = ({ sku, evidence }: Candidate): string => `${sku}: ${tellEvidence(evidence)}`;

/** Products that go with those of the order that the customer keeps, each once. */
export const offersOf = (inputs: Pick<PlanInputs, 'order' | 'profile'>): readonly string[] => [
  ...new Set(keptLines(inputs).flatMap(({ product }) => product.pairsWith ?? [])),
];

/** Those of the likeliest category first; where nothing is known of either, the order stays. */
const byPropensity = (
  { score, offerCategories }: PlanInputs,
  offers: readonly string[],
): readonly string[] => {
  const likely = new Map(score?.propensities.map((each) => [each.category, each.score]));
  const likelihood = (sku: string): number => likely.get(offerCategories?.get(sku) ?? '') ?? 0;
  return offers.toSorted((a, b) => likelihood(b) - likelihood(a));
};

/** Whoever does not use what they have needs nothing above it. */
const upgrade = (inputs: PlanInputs): readonly Visit[] => {
  const { order, purchases, timing } = inputs;
  const skus = linesInUse(inputs)
    .filter(({ product, line }) => product.reportsUse !== true || isActivated(order, [line.lineId]))
    .flatMap(({ product }) => product.upgradeSku ?? [])
    .filter((sku) => !hasBought(purchases, sku));
  const at = after(inputs, timing.upgradeAfterDays);
  return skus.length === 0 ? [] : [{ touch: 'upgrade-nudge', subjects: [...new Set(skus)], at }];
};

interface Due {
  readonly each: ClassifiedLine;
  /** Days after the order was complete. */
  readonly days: number;
  /** A later order has the same product, and speaks of it in its turn. */
  readonly isMoved: boolean;
}

/** The supplies that run out first, and those of the same week. */
const replenishments = (inputs: PlanInputs, done: readonly string[]): readonly Visit[] => {
  const told = new Set(
    done
      .filter((id) => id.startsWith('replenishment:'))
      .flatMap((id) => id.slice('replenishment:'.length).split('+').map(decodeURIComponent)),
  );
  const all = supplyEnds(inputs)
    .filter(({ each }) => !told.has(each.line.lineId))
    .toSorted((a, b) => a.days - b.days);
  // Where all of it was bought again, the touch itself says so.
  const due = all.some(({ isMoved }) => !isMoved) ? all.filter(({ isMoved }) => !isMoved) : all;
  const [first] = due;
  if (first === undefined) return [];
  const sameWeek = due.filter(({ days }) => days - first.days <= SAME_WEEK_DAYS);
  return ofLines(
    'replenishment',
    sameWeek.map(({ each }) => each),
    after(inputs, first.days),
  );
};

/** When each supply should be spoken of: before it runs out, at this customer's pace. */
const supplyEnds = (inputs: PlanInputs): readonly Due[] => {
  const { order, purchases, timing } = inputs;
  const lines = linesInUse(inputs).filter((each) => !hasOnSubscription(inputs, each));
  const supplies = lines.flatMap(({ product: { sku, daysOfSupply } }) =>
    daysOfSupply === undefined ? [] : [{ sku, daysOfSupply }],
  );
  const later = skusOf(purchasesAfter(purchases, order));
  const perPiece = daysPerPiece(supplies, purchasesUpTo(purchases, order));
  return lines.flatMap((each) => {
    const ofPiece = perPiece.get(each.product.sku);
    if (ofPiece === undefined) return [];
    const lasts = Math.round(ofPiece * keptOf(order, each.line));
    const days = Math.max(1, lasts - timing.replenishBeforeDays);
    return [{ each, days, isMoved: later.has(each.line.sku) }];
  });
};

/** From when on the customer is late, by their score or else by their rhythm. */
const winBack = (inputs: PlanInputs): readonly Visit[] => {
  const { order, timing, timeZone } = inputs;
  const { least, most } = timing.winBackAfterDays;
  const score = currentScore(inputs);
  const dueBy = score?.dueBy;
  const days =
    dueBy === undefined
      ? usualDays(inputs)
      : 1 + calendarDaysBetween(localDayOf(order.placedAt, timeZone), dueBy);
  return [
    {
      touch: 'win-back',
      subjects: [],
      at: daysLater(inputs, order.placedAt, Math.round(Math.min(most, Math.max(least, days)))),
      ...(dueBy === undefined ? {} : becauseOf(score)),
    },
  ];
};

/** Twice the customer's own rhythm, shrunk towards what is usual. */
const usualDays = ({ order, purchases, timing }: PlanInputs): number =>
  shrunk(
    orderGaps(purchasesUpTo(purchases, order)).map((days) => 2 * days),
    timing.winBackAfterDays.usual,
  );

/** Days between a customer's orders; several of one day are one. */
const orderGaps = (purchases: readonly Purchase[]): readonly number[] => {
  const times = purchases.map(({ placedAt }) => placedAt).toSorted();
  return times
    .slice(1)
    .map((at, index) => daysBetween(times[index] ?? at, at))
    .filter((days) => days >= 1);
};
