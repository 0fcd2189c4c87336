/** Why a customer is written to: it decides what consent a touch needs and when it may go. */
export type Purpose = 'transactional' | 'service' | 'marketing';

/** Channels a message can leave by, in the words of the contact policy. */
export type Channel = 'email';

/** Parts of a message that depend on what was bought or on who bought it. */
export type PersonalisedElement =
  'lines' | 'amounts' | 'dates' | 'parcel' | 'name' | 'access' | 'locale' | 'gift';

/** What a touch is: declared in `touches/<name>/touch.ts`, beside its templates. */
export interface Touch {
  /** The folder under `touches/`. */
  readonly name: string;
  readonly purpose: Purpose;
  /** In order of preference. */
  readonly channels: readonly Channel[];
  /** What makes a journey ask for it, in words. */
  readonly trigger: string;
  readonly personalised: readonly PersonalisedElement[];
  /** Whether the order, as it is now, still gives reason for this touch. @default always */
  readonly relevance?: TouchRelevance;
}

/**
 * - `while-outstanding`: something the customer wants is still to arrive
 * - `while-waiting`: a backordered line is still to be sent
 * - `while-in-review`: the shop still waits for the customer to confirm the order
 */
export type TouchRelevance = 'while-outstanding' | 'while-waiting' | 'while-in-review';

/** A touch of one order; the same request is the same touch however often it is made. */
export interface TouchRequest {
  readonly shop: string;
  readonly orderId: string;
  readonly touch: string;
  /** What it tells of: parcels, cancellations, a promised date. */
  readonly subjects: readonly string[];
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
