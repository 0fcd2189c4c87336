import type { Interval } from '../statistics/interval.ts';
import type { NetPromoterScore } from '../statistics/net-promoter-score.ts';
import type { PairSummary } from '../statistics/pair-summary.ts';
import type { RelativeLift } from '../statistics/relative-lift.ts';
import type { SampleRatio } from '../statistics/sample-ratio-mismatch.ts';
import type { Summary } from '../statistics/summary.ts';

/** One value a customer: for a proportion 0 or 1, for an amount what they spent, zeros included. */
export interface Outcome {
  readonly name: string;
  readonly kind: 'proportion' | 'amount';
  /** Of an amount in minor units (cents): ISO 4217. Without it the number stands as it is. */
  readonly currency?: string | undefined;
  /** Where `capped` cuts, in the outcome's unit. */
  readonly cap?: number | undefined;
  /** Complaints and returns are better when fewer. @default false */
  readonly lessIsBetter?: boolean | undefined;
}

export interface OutcomeSummary {
  /** Over all customers of the arm, treated or not. */
  readonly value: Summary;
  /** Customers with a value other than zero: who bought, who clicked. */
  readonly converters: number;
  /** The same with every value capped at one cap for all arms. */
  readonly capped?: Summary | undefined;
  /** y the outcome, x the value before the experiment. */
  readonly withBefore?: PairSummary | undefined;
}

export interface ArmSummary {
  readonly name: string;
  /** All arms' sum to 1. */
  readonly plannedShare: number;
  /** Assigned to the arm, whatever became of them. */
  readonly customers: number;
  /** Of them those who were due a touch: sent in treatment, logged as would-have-sent in control. */
  readonly exposed?: number | undefined;
  /** By the outcome's name. */
  readonly outcomes: Readonly<Record<string, OutcomeSummary>>;
  readonly nps?:
    | { readonly promoters: number; readonly detractors: number; readonly answers: number }
    | undefined;
}

export interface ReadOutRequest {
  /** Of all arms that were drawn, the compared two among them. */
  readonly arms: readonly ArmSummary[];
  readonly control: string;
  readonly treatment: string;
  /** The first decides. */
  readonly outcomes: readonly Outcome[];
  /** @default .05 */
  readonly alpha?: number | undefined;
  /** Customers in both arms at which the any-time interval is tightest. @default 5000 */
  readonly nStar?: number | undefined;
  /** How often the read-out was looked at so far, if that is known. */
  readonly looks?: number | undefined;
}

/** What the read-out comes to. Nothing under `broken-split` may be read on. */
export type Verdict = 'broken-split' | 'too-early' | 'no-difference-seen' | 'better' | 'worse';

/** What an analyst should look into before anybody acts on the verdict. */
export type Caution =
  /** Capped, the outcome does not show what it shows uncapped, so neither counts. */
  | 'few-large-values'
  /** Only the interval for one look leaves zero. */
  | 'one-look-only'
  /** The outcome is better and the net promoter score clearly lower. */
  | 'nps-fell'
  /** Treatment and control differ in how many were due a touch, so who is due depends on the arm. */
  | 'exposure-differs';

export interface Effect {
  /** Treatment's mean less control's, a customer. */
  readonly difference: number;
  readonly standardError: number;
  /** For one look at a size fixed beforehand. */
  readonly welch: Interval;
  /** Holds at every look. */
  readonly anyTime: Interval;
}

export interface OutcomeReadOut extends Outcome {
  readonly treatmentMean: number;
  readonly controlMean: number;
  readonly converters: { readonly treatment: number; readonly control: number };
  /** Converters that the smaller arm needs before an interval is shown; absent when it has them. */
  readonly convertersWanted?: number | undefined;
  /** Absent under the floor. */
  readonly effect?: Effect | undefined;
  readonly capped?: Effect | undefined;
  readonly adjusted?: (Effect & { readonly theta: number }) | undefined;
  /** Relative to control, any-time, of the effect that decides. */
  readonly lift?: RelativeLift | undefined;
  /** The smallest difference a customer that a test of this size shows four times in five. */
  readonly detectable?: number | undefined;
  readonly verdict: Exclude<Verdict, 'broken-split'>;
}

export interface NpsReadOut {
  readonly treatment: NetPromoterScore & { readonly answers: number };
  readonly control: NetPromoterScore & { readonly answers: number };
  readonly difference: NetPromoterScore & { readonly interval: Interval };
}

export interface ReadOut {
  readonly treatment: string;
  readonly control: string;
  readonly alpha: number;
  readonly nStar: number;
  readonly looks?: number | undefined;
  readonly arms: readonly {
    readonly name: string;
    readonly customers: number;
    readonly plannedShare: number;
    readonly exposed?: number | undefined;
  }[];
  readonly split: SampleRatio;
  readonly outcomes: readonly OutcomeReadOut[];
  /** Absent while an arm has no answers. */
  readonly nps?: NpsReadOut | undefined;
  readonly verdict: Verdict;
  readonly cautions: readonly Caution[];
}
