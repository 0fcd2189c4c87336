import type { Channel, Purpose, Touch } from '../touches/touch.ts';

/** Purposes that can be withheld; a transaction always goes. */
export const treatablePurposes = ['service', 'marketing'] as const satisfies readonly Purpose[];

/** Customers who get no treatment by any channel: what all of it together brings is measured against them. */
export interface Holdout {
  /** Of all customers, 0 up to 1. */
  readonly share: number;
  /** What counts as treatment, by purpose. */
  readonly treats: readonly (typeof treatablePurposes)[number][];
  /** Touches of other purposes that count as treatment too. */
  readonly also: readonly string[];
  /** Touches that go to everybody all the same. */
  readonly except: readonly string[];
}

export type ExperimentKind = 'timing' | 'content' | 'channel' | 'incentive' | 'offer';

/** Something for the customer that only an arm gets. */
export interface Incentive {
  /** As the shop takes it. */
  readonly code: string;
  /** What it is, in a sentence, by language. */
  readonly text: Readonly<Record<string, string>>;
}

/** What an arm does otherwise; of these only what the experiment's kind says. */
export interface PlannedArm {
  /** Of all customers, 0 to 1. */
  readonly share: number;
  /** Timing: so many hours after the journey asked for the touch. */
  readonly delayHours?: number | undefined;
  /** Timing: at the next such hour by the clocks where the customer is. */
  readonly atHour?: number | undefined;
  /** Content, offer: which of the touch's, or of the offer's, variants is shown. */
  readonly variant?: string | undefined;
  /** Channel: which is tried first. */
  readonly first?: Channel | undefined;
  readonly incentive?: Incentive | undefined;
}

/** A comparison of arms on some touches, or on some offers of the confirmation page. */
export interface TouchExperiment {
  /** Names it and seeds the draw: another key draws anew. */
  readonly key: string;
  readonly kind: ExperimentKind;
  readonly touches: readonly string[];
  /** Offer: by id. */
  readonly offers?: readonly string[] | undefined;
  /** @default all shops */
  readonly shops?: readonly string[] | undefined;
  /** Days, `2026-04-01`, in UTC: from the start of the one up to the start of the other. */
  readonly from: string;
  readonly until: string;
  /** By name, `control` among them; what their shares leave takes no part. */
  readonly arms: Readonly<Record<string, PlannedArm>>;
}

/** What a deployment tries out. */
export interface Experiments {
  /** Absent: everybody is treated. */
  readonly holdout?: Holdout | undefined;
  readonly experiments: readonly TouchExperiment[];
}

export const noExperiments: Experiments = { experiments: [] };

/** The arm that is as without the experiment. */
export const CONTROL = 'control';

/** The holdout's key, and its arms. */
export const HOLDOUT = { key: 'holdout', heldOut: 'holdout', treated: 'treated' } as const;

/** Whether a touch is something that the holdout does not get. */
export const isTreatment = (
  { treats, also, except }: Holdout,
  { name, purpose }: Pick<Touch, 'name' | 'purpose'>,
): boolean =>
  purpose !== 'transactional' &&
  !except.includes(name) &&
  (treats.includes(purpose) || also.includes(name));

/** The names of the arms of every experiment, the holdout's among them, by key. */
export const armNames = ({
  holdout,
  experiments,
}: Experiments): Readonly<Record<string, readonly string[]>> => ({
  ...(holdout === undefined ? {} : { [HOLDOUT.key]: [HOLDOUT.treated, HOLDOUT.heldOut] }),
  ...Object.fromEntries(experiments.map(({ key, arms }) => [key, Object.keys(arms)])),
});
