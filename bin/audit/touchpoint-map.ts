import { channelOf } from '#core/domain/contact-policy/decision.ts';
import type { PersonalisedElement, Touch } from '#core/domain/touches/touch.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';

/** What became of a touch in a rehearsal. */
export interface Utilisation {
  /** How often a journey asked for it. */
  readonly asked: number;
  readonly sent: number;
  /** How often it was sent by each channel, most frequent first. */
  readonly channels: readonly (readonly [string, number])[];
  /** Why it was not sent, most frequent first. */
  readonly reasons: readonly (readonly [string, number])[];
}

/** One row of the touchpoint map. */
export interface Touchpoint {
  readonly touch: Touch;
  /** Elements that depend on what was bought, and on who bought it. */
  readonly byOrder: number;
  readonly byCustomer: number;
  /** Absent where nothing was rehearsed. */
  readonly utilisation?: Utilisation | undefined;
}

const ofCustomer: ReadonlySet<PersonalisedElement> = new Set(['name', 'locale']);

/** Every touch, with what was declared of it and, where there are records, what happened. */
export const touchpointMap = (
  touches: readonly Touch[],
  records: readonly TouchRecord[] | undefined,
): readonly Touchpoint[] =>
  touches.map((touch) => {
    const byCustomer = touch.personalised.filter((element) => ofCustomer.has(element)).length;
    return {
      touch,
      byOrder: touch.personalised.length - byCustomer,
      byCustomer,
      utilisation:
        records === undefined
          ? undefined
          : utilisationOf(records.filter((record) => record.touch === touch.name)),
    };
  });

const utilisationOf = (records: readonly TouchRecord[]): Utilisation => {
  const unsent = records.filter(({ outcome }) => outcome?.state !== 'sent');
  const sent = records.filter(({ outcome }) => outcome?.state === 'sent');
  return {
    asked: records.length,
    sent: sent.length,
    channels: counted(sent.map(({ decision }) => channelOf(decision) ?? 'unknown')),
    reasons: counted(unsent.map(reasonOf)),
  };
};

/** How often each word is there, most frequent first. */
const counted = (words: readonly string[]): readonly (readonly [string, number])[] =>
  [...Map.groupBy(words, (word) => word)]
    .map(([word, all]) => [word, all.length] as const)
    .toSorted(([, a], [, b]) => b - a);

const reasonOf = ({ decision, outcome, state }: TouchRecord): string => {
  if (outcome !== undefined && 'reason' in outcome) return outcome.reason;
  return 'reason' in decision ? decision.reason : state;
};

const levels = ['', 'low', 'medium', 'high'] as const;

/** The channels that a touch may take, and in brackets how often each was: `push (3), email (40), inbox`. */
export const channelsInWords = ({ touch, utilisation }: Touchpoint): string => {
  const used = new Map(utilisation?.channels);
  return touch.channels
    .map((channel) => (used.has(channel) ? `${channel} (${used.get(channel)})` : channel))
    .join(', ');
};

/** Of what journeys asked for, the share that reached a customer: three thirds. */
export const utilisationLevel = ({ asked, sent }: Utilisation): string => {
  if (asked === 0) return 'never asked for';
  const level = levels[Math.min(3, 1 + Math.floor((sent / asked) * 3))] ?? '';
  return `${level} (${sent} of ${asked})`;
};

export const levelOf = (rating: 1 | 2 | 3): string => levels[rating];

/** How far the messages are about this customer's order, over all touches. */
export const coverageInWords = (map: readonly Touchpoint[]): string => {
  const count = (isSo: (point: Touchpoint) => boolean): number => map.filter(isSo).length;
  const elements = map.reduce((sum, { byOrder, byCustomer }) => sum + byOrder + byCustomer, 0);
  return [
    `${map.length} touches with ${elements} personalised elements`,
    `${count(({ byOrder }) => byOrder > 0)} depend on what was bought`,
    `${count(({ byCustomer }) => byCustomer > 1)} on who bought it, beyond the language`,
    `${count(({ touch }) => touch.purpose === 'marketing')} are marketing and need consent`,
  ].join('; ');
};
