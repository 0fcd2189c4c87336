import type { Section } from '../cost/report.ts';
import { entryInWords } from '../diff/number-sections.ts';
import { counted, fateInShort, shareOf, whole } from '../diff/phrases.ts';
import { touchOf } from '../diff/touch-sections.ts';
import { type Cause, causes, type Explained } from './causes.ts';
import { isFaithful, type ReplayDiff } from './compare-replay.ts';

/** Of each cause so many are shown; `--json` has all. */
const MOST_SHOWN = 10;

/** The first sentence: same, or how much is not. */
export const replayVerdict = (diff: ReplayDiff): string => {
  const { orders, decisions, entries, otherTouches, otherEntries } = diff;
  if (isFaithful(diff))
    return `Same: ${counted(orders, 'order')} ${orders === 1 ? 'comes' : 'come'} to the ${whole(decisions)} decisions and ${whole(entries)} ledger entries that were recorded.`;
  return `Not the same: of decisions ${shareOf(otherTouches.length, decisions)} differ, of ledger entries ${shareOf(otherEntries.length, entries)}, of ${counted(orders, 'order')}.`;
};

const headings: Readonly<Record<Cause, string>> = {
  arm: 'Other arms of experiments',
  missing: 'Orders that are not archived',
  feedback: 'Feedback of providers, which is not archived',
  hold: 'Held otherwise',
  rule: 'Other rules of the contact policy',
  page: 'Pages and clicks, which are not archived',
  journey: 'Journeys ask for other touches',
  arrival: 'Arrival unknown',
  unexplained: 'Unexplained',
};

/** What differs, by its cause. */
export const sectionsOfReplay = (diff: ReplayDiff): readonly Section[] => [
  ...causes.flatMap((cause) => sectionOf(cause, diff)),
  ...notArchived(diff),
];

const sectionOf = (cause: Cause, diff: ReplayDiff): readonly Section[] => {
  const points = [
    ...diff.otherTouches.filter(isOf(cause)).map(touchInWords),
    ...diff.otherEntries
      .filter(isOf(cause))
      .map((entry) => `${entryInWords(entry)}; ${entry.because}`),
  ];
  const left = points.length - MOST_SHOWN;
  if (points.length === 0) return [];
  return [
    {
      title: `${headings[cause]} (${whole(points.length)})`,
      intro: [],
      points: points.slice(0, MOST_SHOWN),
      notes: left > 0 ? [`… and ${whole(left)} more: --json has all.`] : [],
    },
  ];
};

const isOf =
  (cause: Cause) =>
  (each: Explained): boolean =>
    each.cause === cause;

/** `cross-sell of hearth 1001: sent by email (2026-…) was recorded, dropped (cap-reached) now; rule …` */
const touchInWords = (change: ReplayDiff['otherTouches'][number]): string => {
  const { before, after, because } = change;
  const { shop, orderId, touchId } = touchOf(change);
  const fate = (side: typeof before): string =>
    side === undefined ? 'not asked for' : `${fateInShort(side)} at ${side.at}`;
  return `${touchId} of ${shop} ${orderId}: recorded ${fate(before)}, now ${fate(after)}; ${because}`;
};

const notArchived = ({ ordersNotArchived: names }: ReplayDiff): readonly Section[] =>
  names.length === 0
    ? []
    : [
        {
          title: `Not compared: ${counted(names.length, 'order')} that the archive knows nothing of`,
          intro: [],
          points: names.slice(0, MOST_SHOWN),
          notes: names.length > MOST_SHOWN ? ['…'] : [],
        },
      ];
