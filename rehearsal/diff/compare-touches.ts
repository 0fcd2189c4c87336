import { type RecordedTouch, touchName, type Words } from './run-record.ts';

/**
 * How a touch differs. `more`: sent after, and not before; `fewer`: the other way round. Of one that was sent both
 * times: at another `time`, by another `channel`, in other `words` (subject or text), with another `look` (the HTML
 * alone). `reason`: not sent either time, for another reason.
 */
export const changeKinds = ['more', 'fewer', 'time', 'channel', 'words', 'look', 'reason'] as const;

export type ChangeKind = (typeof changeKinds)[number];

export interface TouchChange {
  readonly kinds: readonly ChangeKind[];
  /** Absent of a touch that its journey did not ask for. */
  readonly before?: RecordedTouch | undefined;
  readonly after?: RecordedTouch | undefined;
}

export interface TouchComparison {
  /** Times closer than this are one: queues are paced and schedules fire to the minute. */
  readonly toleranceMs: number;
}

/** Every touch that ended otherwise, in the order of their names. */
export const compareTouches = (
  before: readonly RecordedTouch[],
  after: readonly RecordedTouch[],
  options: TouchComparison,
): readonly TouchChange[] => {
  const earlier = new Map(before.map((touch) => [touchName(touch), touch]));
  const later = new Map(after.map((touch) => [touchName(touch), touch]));
  return [...new Set([...earlier.keys(), ...later.keys()])].toSorted().flatMap((name) => {
    const pair = { before: earlier.get(name), after: later.get(name) };
    const kinds = kindsOf(pair, options);
    return kinds.length === 0 ? [] : [{ kinds, ...pair }];
  });
};

type Pair = Pick<TouchChange, 'before' | 'after'>;

const wasSent = (touch: RecordedTouch | undefined): touch is RecordedTouch =>
  touch?.ending === 'sent';

const kindsOf = ({ before, after }: Pair, options: TouchComparison): readonly ChangeKind[] => {
  if (wasSent(before) && wasSent(after)) return kindsOfSent(before, after, options);
  if (wasSent(after)) return ['more'];
  if (wasSent(before)) return ['fewer'];
  return whyNot(before) === whyNot(after) ? [] : ['reason'];
};

/** Why a touch was not sent, as one phrase. */
export const whyNot = (touch: RecordedTouch | undefined): string => {
  if (touch === undefined) return 'not asked for';
  const { ending, reason } = touch;
  return reason === undefined ? ending : `${ending} (${reason})`;
};

const kindsOfSent = (
  before: RecordedTouch,
  after: RecordedTouch,
  { toleranceMs }: TouchComparison,
): readonly ChangeKind[] => {
  const differs = {
    time: Math.abs(Date.parse(after.at) - Date.parse(before.at)) > toleranceMs,
    channel: before.channel !== after.channel,
    ...differencesOfWords(before.words, after.words),
  };
  return facets.filter((facet) => differs[facet]);
};

const facets = ['time', 'channel', 'words', 'look'] as const;

/** Nothing is said of words that are known of one side alone, such as of a message by another channel. */
const differencesOfWords = (a: Words | undefined, b: Words | undefined) => {
  if (a === undefined || b === undefined) return { words: false, look: false };
  const words = a.subject !== b.subject || a.text !== b.text;
  return { words, look: !words && a.look !== b.look };
};
