import type { RuleResult } from '#core/domain/contact-policy/decision.ts';
import type { EntryChange } from '../diff/compare-entries.ts';
import type { TouchChange } from '../diff/compare-touches.ts';
import type { RecordedTouch } from '../diff/run-record.ts';

/**
 * What a difference comes of, as far as the two sides show it:
 *
 * - `arm`: an experiment put the customer into another arm
 * - `missing`: another order of the customer is recorded, and the archive knows nothing of it
 * - `feedback`: a provider had told that a message did not arrive, or a customer had complained; that comes by another
 *   bus than the archived one
 * - `hold`: it was held for other reasons on the way
 * - `rule`: a rule of the contact policy says something else now
 * - `page`: revenue is credited to a page or a click, which are requests and no events
 * - `journey`: its journey asks for it on one side alone
 * - `arrival`: it is not known when all events came, only when they were sent
 * - `unexplained`: neither side shows why: journeys, plans or code have changed
 */
export const causes = [
  'arm',
  'missing',
  'feedback',
  'hold',
  'rule',
  'page',
  'journey',
  'arrival',
  'unexplained',
] as const;

export type Cause = (typeof causes)[number];

export interface Explained {
  readonly cause: Cause;
  /** What shows it, in words. */
  readonly because: string;
}

type OfOrder = (of: { readonly shop: string; readonly orderId: string }) => boolean;

export interface Known {
  /** Whether the archive tells of every event when it came. */
  readonly hasArrivals: boolean;
  /** Whether a provider told of this order that a message was not taken, or complained about. */
  readonly isReturned: OfOrder;
  /** Whether an order of this customer is recorded and not archived. */
  readonly hasUnarchived: (touch: RecordedTouch) => boolean;
}

/** Why a touch ends otherwise than it was recorded: the first cause that the two sides show. */
export const causeOfTouch = ({ before, after }: TouchChange, known: Known): Explained => {
  const shown =
    otherArm(before, after) ??
    missingOrder(before ?? after, known) ??
    feedback(before, after, known) ??
    otherHolds(before, after) ??
    otherRule(before?.rules ?? [], after?.rules ?? []) ??
    askedOnce(before, after);
  return shown ?? leftOver(known);
};

type Side = RecordedTouch | undefined;

const otherArm = (before: Side, after: Side): Explained | undefined => {
  if (before === undefined || after === undefined) return undefined;
  const [was, is] = [before.arms.join(', '), after.arms.join(', ')];
  return was === is
    ? undefined
    : { cause: 'arm', because: `the arm was ${was || 'none'} and is ${is || 'none'}` };
};

const missingOrder = (either: Side, { hasUnarchived }: Known): Explained | undefined =>
  either !== undefined && hasUnarchived(either)
    ? {
        cause: 'missing',
        because: 'another order of this customer is recorded and not among the archived events',
      }
    : undefined;

const feedback = (before: Side, after: Side, { isReturned }: Known): Explained | undefined => {
  const isAboutAddress = [before, after].some((side) => side?.reason === 'suppressed');
  const either = before ?? after;
  return isAboutAddress || (either !== undefined && isReturned(either))
    ? {
        cause: 'feedback',
        because: 'a provider told of this order’s address, which is not among the archived events',
      }
    : undefined;
};

/** The first rule that speaks otherwise; numbers in what it says are part of it. */
const otherRule = (
  before: readonly RuleResult[],
  after: readonly RuleResult[],
): Explained | undefined => {
  if (before.length === 0 || after.length === 0) return undefined;
  const wordsOf = (rules: readonly RuleResult[], { rule, channel }: RuleResult) =>
    rules
      .filter((each) => each.rule === rule && each.channel === channel)
      .map(({ verdict, because }) => `${verdict}: ${because}`)
      .join('; ');
  const differing = [...after, ...before].find(
    (each) => wordsOf(before, each) !== wordsOf(after, each) && isDecisive(before, after, each),
  );
  if (differing === undefined) return undefined;
  const [was, is] = [wordsOf(before, differing), wordsOf(after, differing)];
  const said = `${was === '' ? 'nothing' : `“${was}”`} and says ${is === '' ? 'nothing' : `“${is}”`}`;
  return { cause: 'rule', because: `${differing.rule} said ${said}` };
};

/** A rule that lets it pass on both sides decides nothing, whatever it says. */
const isDecisive = (
  before: readonly RuleResult[],
  after: readonly RuleResult[],
  { rule, channel }: RuleResult,
): boolean =>
  [...before, ...after].some(
    (each) => each.rule === rule && each.channel === channel && each.verdict !== 'pass',
  );

const otherHolds = (before: Side, after: Side): Explained | undefined => {
  const [was = '', is = ''] = [before, after].map((side) => side?.held.join(', '));
  return was === is
    ? undefined
    : {
        cause: 'hold',
        because: `it was held for ${was || 'nothing'} and is for ${is || 'nothing'}`,
      };
};

const askedOnce = (before: Side, after: Side): Explained | undefined => {
  if (before !== undefined && after !== undefined) return undefined;
  const because =
    after === undefined
      ? 'its journey does not ask for it any more'
      : 'its journey did not ask for it';
  return { cause: 'journey', because };
};

const leftOver = ({ hasArrivals }: Known): Explained =>
  hasArrivals
    ? {
        cause: 'unexplained',
        because:
          'both sides have the same rules and arms: a journey, its timing or the code changed',
      }
    : { cause: 'arrival', because: 'when its events came is known to the second at best' };

/** Why an entry of the books is otherwise than it was recorded. */
export const causeOfEntry = ({ before, after }: EntryChange, known: Known): Explained => {
  const credits = [...(before?.credits ?? []), ...(after?.credits ?? [])];
  const byPage = credits.some(({ kind }) => kind === 'session' || kind === 'touch');
  return byPage || before?.class !== after?.class
    ? {
        cause: 'page',
        because: 'it is credited to a page or a click, and neither is among the archived events',
      }
    : leftOver(known);
};
