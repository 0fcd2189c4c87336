import type { Instant } from '../orders/order-event.ts';
import type { ShopPage } from '../touches/touch.ts';
import { budgetRefusal } from './budget-room.ts';
import { creativeFor } from './creative-for.ts';
import type { Ineligibility } from './decision.ts';
import type { Offer, OfferType } from './offer.ts';
import type { OfferRules, OfferSeen, SessionFacts } from './session-facts.ts';

/** A session's facts with what each offer looks up in them. */
export interface Asked {
  readonly facts: SessionFacts;
  readonly rules: OfferRules;
  readonly nowMs: number;
  readonly skus: ReadonlySet<string>;
  readonly categories: ReadonlySet<string | undefined>;
  readonly seen: ReadonlyMap<string, readonly OfferSeen[]>;
}

export const askedOf = (facts: SessionFacts, rules: OfferRules): Asked => ({
  facts,
  rules,
  nowMs: Date.parse(facts.now),
  skus: new Set(facts.order.lines.map(({ sku }) => sku)),
  categories: new Set(facts.order.lines.map(({ category }) => category)),
  seen: Map.groupBy(facts.customer.seen, ({ offerId }) => offerId),
});

type Check = (offer: Offer, asked: Asked) => boolean;

const DAY_MS = 86_400_000;

/** Days for which an offer that was accepted is not shown to that customer again. */
const ACCEPTED_DAYS = 30;

/** The same of one that stands for another product with each order: as long as a session can be open. */
const ACCEPTED_AFFINITY_DAYS = 1;

/** What is not begun while the customer is sending something back. */
const NOT_DURING_RETURNS: ReadonlySet<OfferType> = new Set([
  'upsell',
  'cross-sell',
  'subscription',
  'review',
  'referral',
]);

const pageOf: Readonly<Partial<Record<OfferType, ShopPage>>> = {
  loyalty: 'loyalty',
  referral: 'referral',
  review: 'review',
};

const leadsNowhere: Check = ({ type, url }, { facts }) => {
  if (url !== undefined) return false;
  const page = pageOf[type];
  return page === undefined ? type === 'partner' : !facts.pages.includes(page);
};

const isOfOtherGoods: Check = ({ conditions }, { skus, categories }) => {
  const { boughtCategories, boughtSkus, notBoughtCategories } = conditions;
  return (
    boughtCategories?.some((each) => categories.has(each)) === false ||
    boughtSkus?.some((each) => skus.has(each)) === false ||
    notBoughtCategories?.some((each) => categories.has(each)) === true
  );
};

const isOfOtherTotals: Check = ({ conditions }, { facts }) =>
  facts.order.totalMinor < (conditions.totalFromMinor ?? -Infinity) ||
  facts.order.totalMinor >= (conditions.totalBelowMinor ?? Infinity);

/** Where an order goes that does not say so is in no country that is wanted and may be in one that is not. */
const isOfOtherRegions: Check = ({ conditions }, { facts }) => {
  const { countries, notCountries } = conditions;
  const { country } = facts.order;
  if (country === undefined) return countries !== undefined || notCountries !== undefined;
  return countries?.includes(country) === false || notCountries?.includes(country) === true;
};

const isOfOtherCustomers: Check = ({ conditions: { customers } }, { facts: { customer } }) =>
  customers !== undefined &&
  [
    ['account', 'guest', customer.hasAccount] as const,
    ['returning', 'new', customer.isReturning] as const,
    ['member', 'not-member', customer.isMember] as const,
  ].some(
    ([yes, no, holds]) =>
      (customers.includes(yes) || customers.includes(no)) && !customers.includes(holds ? yes : no),
  );

/**
 * Upsell and cross-sell: the SKU is in this order; what an earlier order had may be wanted again.
 * Subscription: the SKU is subscribed to; that it is in this order is its occasion. Loyalty: a member.
 * Any: accepted within 30 days; of the best product for an order, which is another with the next order,
 * within one.
 */
const hasIt: Check = (offer, asked) => {
  const { customer } = asked.facts;
  const isAffinity = offer.product?.kind === 'affinity';
  const days = isAffinity ? ACCEPTED_AFFINITY_DAYS : ACCEPTED_DAYS;
  if (wasSeen(offer, asked, 'accepted', days) > 0) return true;
  if (offer.type === 'loyalty') return customer.isMember;
  if (offer.product?.kind !== 'sku') return false;
  const { sku } = offer.product;
  return offer.type === 'subscription' ? customer.subscribedTo.has(sku) : asked.skus.has(sku);
};

/** How often, in the days before now: what is exactly as old does not count any more. */
const wasSeen = (
  { offerId }: Offer,
  { seen, nowMs }: Asked,
  kind: OfferSeen['kind'],
  days: number,
): number =>
  seen.get(offerId)?.filter((each) => each.kind === kind && isAfter(each.at, nowMs - days * DAY_MS))
    .length ?? 0;

const isAfter = (at: Instant, ms: number): boolean => Date.parse(at) > ms;

const isDismissed: Check = (offer, asked) =>
  wasSeen(offer, asked, 'dismissed', asked.rules.dismissedDays) > 0;

const isCapped: Check = (offer, asked) =>
  offer.cap !== undefined && wasSeen(offer, asked, 'shown', offer.cap.days) >= offer.cap.max;

/** Who gets a gift has not seen it; its buyer sees the page, so products may be offered. */
const isNotForGivers: Check = ({ type }, { facts }) => facts.order.isGift && type === 'review';

const checks: readonly (readonly [Ineligibility, Check])[] = [
  ['not-active', ({ isActive }) => !isActive],
  ['not-yet', ({ from }, { facts }) => from !== undefined && facts.now < from],
  ['over', ({ until }, { facts }) => until !== undefined && facts.now >= until],
  ['no-creative', (offer, { facts }) => creativeFor(offer, facts.locales) === undefined],
  ['no-page', leadsNowhere],
  ['category', isOfOtherGoods],
  ['price-band', isOfOtherTotals],
  ['region', isOfOtherRegions],
  ['customer', isOfOtherCustomers],
  ['gift', isNotForGivers],
  [
    'return-open',
    ({ type }, { facts }) => facts.customer.hasReturnOpen && NOT_DURING_RETURNS.has(type),
  ],
  ['already-has-it', hasIt],
  ['dismissed', isDismissed],
  ['capped', isCapped],
];

/** Why an offer may not be shown, whatever product it turns out to be of; undefined when it may. */
export const standingRefusal = (offer: Offer, asked: Asked): Ineligibility | undefined => {
  for (const [reason, refuses] of checks) if (refuses(offer, asked)) return reason;
  const spent = asked.facts.spentMinor.get(offer.offerId) ?? 0;
  const refusal = budgetRefusal(offer, spent, asked.facts.now);
  if (refusal !== undefined) return refusal;
  return offer.stock !== undefined && offer.stock <= 0 ? 'out-of-stock' : undefined;
};
