import { MINUTE_MS } from '../input/duration.ts';
import { instantOf, momentAt } from './calendar.ts';
import type { Expectation, Scenario } from './scenario.ts';
import type { SeenTouch } from './seen-touch.ts';

/** A time of day is met by what comes within so long of it. */
export const TOLERANCE_MS = 15 * MINUTE_MS;

/** Something that is otherwise than expected: one of the two may be missing. */
export interface Difference {
  readonly expected?: Expectation | undefined;
  readonly got?: SeenTouch | undefined;
}

/** How a scenario came out. */
export interface Comparison {
  /** What was decided of touches while it was watched, in order of time: one that was held is there again. */
  readonly seen: readonly SeenTouch[];
  readonly differences: readonly Difference[];
}

/**
 * Sets what was expected against what was seen. Each expectation is met by a touch of its own, and as
 * many are met as can be; what is left over is paired with the nearest of its kind, for the reader.
 *
 * @param touches those of the scenario's orders
 */
export const compare = (scenario: Scenario, touches: readonly SeenTouch[]): Comparison => {
  const seen = touches
    .filter(({ atMs }) => atMs < scenario.untilMs)
    .toSorted((a, b) => a.atMs - b.atMs);
  const timed = scenario.expectations.filter(({ when }) => when !== undefined);
  const never = scenario.expectations.filter(({ when }) => when === undefined);
  const met = matched(timed, seen, (expected, each) => isMetBy(expected, each, scenario));
  const unmet = timed.filter((expected) => !met.has(expected));
  const free = seen.filter((each) => ![...met.values()].includes(each));
  const nearly = matched(unmet, nearestFirst(free), isAbout);
  const standing = seen.filter(
    ({ decidedAgainMs = Infinity }) => decidedAgainMs >= scenario.untilMs,
  );
  const broken = never.flatMap((expected) => brokenBy(expected, standing));
  const told = new Set([...nearly.values(), ...broken.flatMap(({ got }) => got ?? [])]);
  const unexpected = scenario.allowsOthers
    ? []
    : free.filter((each) => !told.has(each) && !isSilent(each) && !isPast(each, scenario));
  return {
    seen,
    differences: [
      ...unmet.map((expected) => ({ expected, got: nearly.get(expected) })),
      ...broken,
      ...unexpected.map((got) => ({ got })),
    ].toSorted((a, b) => timeOf(a, scenario) - timeOf(b, scenario)),
  };
};

/** Nothing of it reached the customer. */
const isSilent = ({ outcome }: SeenTouch): boolean =>
  outcome === 'dropped' || outcome === 'held' || outcome === 'returned';

/** What was sent before day 0 is told only as far as the page tells of it. */
const isPast = ({ atMs }: SeenTouch, { calendar }: Scenario): boolean =>
  momentAt(calendar, atMs).day < 0;

/** What reached the customer is the likelier partner. */
const nearestFirst = (seen: readonly SeenTouch[]): readonly SeenTouch[] =>
  seen.toSorted((a, b) => Number(isSilent(a)) - Number(isSilent(b)));

const timeOf = ({ expected, got }: Difference, { calendar }: Scenario): number =>
  expected?.when === undefined
    ? (got?.atMs ?? Infinity)
    : instantOf(calendar, { minute: 0, ...expected.when });

/** The same touch of the same order, telling of the same. */
const isAbout = ({ order, touch, of }: Expectation, seen: SeenTouch): boolean =>
  order.orderId === seen.orderId && touch === seen.touch && tellsOf(of, seen.subjects);

const tellsOf = (of: Expectation['of'], subjects: readonly string[]): boolean => {
  if (of === undefined) return true;
  const fits = (subject: string, means: readonly string[]) =>
    means.some((each) => subject === each || subject.startsWith(`${each}/`));
  return (
    of.every(({ means }) => subjects.some((subject) => fits(subject, means))) &&
    subjects.every((subject) => of.some(({ means }) => fits(subject, means)))
  );
};

const isMetBy = (expected: Expectation, seen: SeenTouch, scenario: Scenario): boolean =>
  isAbout(expected, seen) &&
  expected.outcome === seen.outcome &&
  (expected.channel ?? seen.channel) === seen.channel &&
  (expected.because ?? seen.reason) === seen.reason &&
  isTimely(expected, seen, scenario);

const isTimely = ({ when }: Expectation, { atMs }: SeenTouch, { calendar }: Scenario): boolean => {
  const { day, minute } = momentAt(calendar, atMs);
  if (when?.minute === undefined) return when?.day === day;
  if (when.toMinute !== undefined)
    return when.day === day && minute >= when.minute && minute <= when.toMinute;
  return Math.abs(atMs - instantOf(calendar, when)) <= TOLERANCE_MS;
};

/**
 * Dropped or held is not sent; a reason that is expected has to have been given.
 *
 * @param seen decisions that none followed
 */
const brokenBy = (expected: Expectation, seen: readonly SeenTouch[]): readonly Difference[] => {
  const about = seen.filter((each) => isAbout(expected, each));
  const { because } = expected;
  const wrong = about.filter(
    (each) => !isSilent(each) || (because !== undefined && each.reason !== because),
  );
  if (because !== undefined && about.length === 0) return [{ expected }];
  return wrong.map((got) => ({ expected, got }));
};

/** The largest matching: an earlier choice gives way where another touch fits it too (Kuhn's algorithm). */
const matched = (
  expectations: readonly Expectation[],
  seen: readonly SeenTouch[],
  fits: (expected: Expectation, seen: SeenTouch) => boolean,
): ReadonlyMap<Expectation, SeenTouch> => {
  const takenBy = new Map<SeenTouch, Expectation>();
  const take = (expected: Expectation, tried: Set<SeenTouch>): boolean =>
    seen.some((each) => {
      if (tried.has(each) || !fits(expected, each)) return false;
      tried.add(each);
      const holder = takenBy.get(each);
      if (holder !== undefined && !take(holder, tried)) return false;
      takenBy.set(each, expected);
      return true;
    });
  for (const expected of expectations) take(expected, new Set());
  return new Map([...takenBy].map(([each, expected]) => [expected, each]));
};
