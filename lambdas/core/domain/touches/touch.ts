import type { ContentKind } from '../content/content.ts';

/** Why a customer is written to: it decides what consent a touch needs and when it may go. */
export const allPurposes = ['transactional', 'service', 'marketing'] as const;

export type Purpose = (typeof allPurposes)[number];

/**
 * Ways to a customer: messages; the inbox of the shop's app; the card that the warehouse puts into the
 * parcel; and an audience that advertisers show something to.
 */
export const allChannels = ['email', 'sms', 'push', 'inbox', 'insert', 'audience'] as const;

export type Channel = (typeof allChannels)[number];

/** Parts of a message that depend on what was bought or on who bought it. */
export type PersonalisedElement =
  | 'lines'
  | 'amounts'
  | 'dates'
  | 'parcel'
  | 'name'
  | 'access'
  | 'locale'
  | 'gift'
  | 'guide'
  | 'offers'
  | 'answers'
  | 'content'
  | 'refund';

/** What a touch is: declared in `touches/<name>/touch.ts`, beside its templates. */
export interface Touch {
  /** The folder under `touches/`. */
  readonly name: string;
  readonly purpose: Purpose;
  /** In order of preference; one that the deployment does not have is passed over. */
  readonly channels: readonly Channel[];
  /** What makes a journey ask for it, in words. */
  readonly trigger: string;
  /** Who gets it, in words. */
  readonly audience: string;
  /** What the request's subjects are. */
  readonly tellsOf: Subject;
  readonly personalised: readonly PersonalisedElement[];
  /** Texts of the products it tells of that it carries where there are any. @default none */
  readonly content?: readonly ContentKind[];
  /** What the order or the customer, as they are now, must still give reason for. @default always */
  readonly relevance?: readonly TouchRelevance[];
  /** Other wordings that its templates have, which an experiment may show: `{% if variant == 'question' %}`. */
  readonly variants?: readonly string[];
  /** Whether its templates show an `incentive` that an experiment gives. @default false */
  readonly showsIncentive?: boolean;
  /** The page of the shop that it leads to; a shop without the page does not send it. */
  readonly page?: ShopPage;
  readonly revenue: RevenueRole;
  readonly rating: TouchRating;
}

/**
 * What subjects name: nothing but the order, its parcels, its lines (by line id), products (by SKU), or
 * what the touch's own docstring says (`milestones`).
 */
export type Subject = 'order' | 'parcels' | 'lines' | 'products' | 'milestones';

/** Pages that a shop may have, beside those that every shop has. */
const shopPages = ['review', 'referral', 'loyalty', 'warranty', 'subscription'] as const;

export type ShopPage = (typeof shopPages)[number];

/** The pages among these that there are. */
export const pagesOf = (
  pages: Readonly<Partial<Record<ShopPage, string | undefined>>>,
): readonly ShopPage[] => shopPages.filter((page) => pages[page] !== undefined);

/** What a touch does for revenue. */
export type RevenueRole =
  /** keeps what was sold: fewer calls, cancellations and returns */
  | 'protects'
  /** makes the product used and liked, so that the customer comes back */
  | 'prepares'
  /** brings a further order of other products */
  | 'cross-sell'
  /** brings an order of more or better of the same */
  | 'upsell'
  /** brings the same order again */
  | 'repeat'
  /** brings other customers */
  | 'advocacy';

/** The team's own judgement, 1 (low) to 3 (high); the audit sets what happened beside it. */
export interface TouchRating {
  /** What it can earn or save. */
  readonly potential: 1 | 2 | 3;
  /** What it takes to have it: content, data, upkeep. */
  readonly effort: 1 | 2 | 3;
}

/**
 * - `while-outstanding`: something the customer wants is still to arrive
 * - `while-waiting`: a backordered line is still to be sent
 * - `while-in-review`: the shop still waits for the customer to confirm the order
 * - `while-underway`: the parcel it tells of has not arrived
 * - `while-kept`: the order, or the lines it tells of, were not cancelled, returned or disputed
 * - `unless-returning`: delivered 10 days ago at least, and no return was opened
 * - `unless-unhappy`: the last answer to a survey was not a bad one
 * - `unless-activated`, `unless-answered`, `unless-reviewed`: the customer has not done so
 * - `unless-enrolled`: not in the loyalty programme; `unless-subscribed`: not to the products it tells of
 * - `unless-ordered-again`: no later order at all; `unless-bought-again`: none of the lines' products
 * - `unless-owned`: the products it tells of were not bought since
 */
export type TouchRelevance =
  | 'while-outstanding'
  | 'while-waiting'
  | 'while-in-review'
  | 'while-underway'
  | 'while-kept'
  | 'unless-returning'
  | 'unless-unhappy'
  | 'unless-activated'
  | 'unless-answered'
  | 'unless-reviewed'
  | 'unless-enrolled'
  | 'unless-subscribed'
  | 'unless-ordered-again'
  | 'unless-bought-again'
  | 'unless-owned';

/** A touch of one order; the same request is the same touch however often it is made. */
export interface TouchRequest {
  readonly shop: string;
  readonly orderId: string;
  readonly touch: string;
  /** What it tells of: parcels, lines, cancellations, a promised date. */
  readonly subjects: readonly string[];
  /** What it was asked for by beside the order, in words and without personal data. @default nothing else */
  readonly because?: string | undefined;
}

/** DynamoDB takes sort keys of 1,024 bytes, and a character of UTF-16 has 3 at most: 341 fit. */
const MAX_TOUCH_ID = 300;

/**
 * Identifies a touch within its order: `dispatch-notice:P1+P2`. Of more subjects than a key holds,
 * their digest: `backorder-notice#9f2c…`.
 *
 * @param digest a short, stable name for a text
 */
export const touchIdOf = (
  { touch, subjects }: Pick<TouchRequest, 'touch' | 'subjects'>,
  digest: (text: string) => string,
): string => {
  if (subjects.length === 0) return touch;
  const told = subjects.toSorted().map(withoutPlus).join('+');
  const plain = `${touch}:${told}`;
  return plain.length <= MAX_TOUCH_ID ? plain : `${touch}#${digest(told)}`;
};

/** A shop's own id may have a `+`; it must not look like two. */
const withoutPlus = (subject: string): string =>
  subject.replaceAll('%', '%25').replaceAll('+', '%2B');
