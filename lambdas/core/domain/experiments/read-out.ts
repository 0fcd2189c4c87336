import { npsDifference, netPromoterScore } from '../statistics/net-promoter-score.ts';
import { sampleRatio } from '../statistics/sample-ratio-mismatch.ts';
import { readOutcome, verdictOf } from './read-out-outcome.ts';
import type {
  ArmSummary,
  Caution,
  NpsReadOut,
  OutcomeReadOut,
  OutcomeSummary,
  ReadOut,
  ReadOutRequest,
} from './read-out-types.ts';

const ALPHA = 0.05;
/** Customers in both arms: where the any-time interval is tightest unless one says otherwise. */
const N_STAR = 5_000;

/**
 * What an experiment says so far: the split first, then each outcome of one treatment against control,
 * by intention to treat. The first outcome decides, by its any-time interval; where the value before
 * the experiment is given, by the interval that CUPED adjusted for it; where a capped version is given,
 * only if that says the same.
 *
 * @throws {RangeError} for an arm or outcome that is not there, or numbers no sample has
 */
export const readOut = (request: ReadOutRequest): ReadOut => {
  const { arms, alpha = ALPHA, nStar = N_STAR, looks } = request;
  const treatment = armNamed(arms, request.treatment);
  const control = armNamed(arms, request.control);
  if (treatment === control)
    throw new RangeError(`treatment: got "${treatment.name}", which is control; expected another`);
  const split = sampleRatio(
    arms.map(({ name, customers, plannedShare }) => ({
      arm: name,
      count: customers,
      share: plannedShare,
    })),
  );
  const outcomes = request.outcomes.map((outcome) => {
    const compared = {
      treatment: outcomeOf(treatment, outcome.name),
      control: outcomeOf(control, outcome.name),
    };
    return readOutcome(outcome, compared, { alpha, nStar });
  });
  const nps = npsOf(treatment, control, alpha);
  const [deciding] = outcomes;
  if (deciding === undefined)
    throw new RangeError('outcomes: got none, expected at least the one that decides');
  return {
    treatment: treatment.name,
    control: control.name,
    alpha,
    nStar,
    looks,
    arms: arms.map(({ name, customers, plannedShare, exposed }) => ({
      name,
      customers,
      plannedShare,
      exposed,
    })),
    split,
    outcomes,
    nps,
    verdict: split.isBroken ? 'broken-split' : deciding.verdict,
    cautions: cautionsOf(deciding, nps, exposureDiffers(treatment, control)),
  };
};

const armNamed = (arms: readonly ArmSummary[], name: string): ArmSummary => {
  const arm = arms.find((candidate) => candidate.name === name);
  if (arm !== undefined) return arm;
  const names = arms.map((candidate) => `"${candidate.name}"`).join(', ');
  throw new RangeError(`arm: got "${name}", expected one of ${names}`);
};

const outcomeOf = (arm: ArmSummary, name: string): OutcomeSummary => {
  const outcome = arm.outcomes[name];
  if (outcome === undefined)
    throw new RangeError(
      `outcome "${name}": arm "${arm.name}" has none, expected one in both arms`,
    );
  const { converters, ...summaries } = outcome;
  const sizes = [
    summaries.value.n,
    ...(summaries.capped === undefined ? [] : [summaries.capped.n]),
    ...(summaries.withBefore === undefined ? [] : [summaries.withBefore.y.n]),
  ];
  const other = sizes.find((n) => n !== arm.customers);
  if (other !== undefined)
    throw new RangeError(
      `outcome "${name}" of arm "${arm.name}": got ${other} values for ${arm.customers} customers, expected one a customer, zeros included`,
    );
  if (!Number.isSafeInteger(converters) || converters < 0 || converters > arm.customers)
    throw new RangeError(
      `outcome "${name}" of arm "${arm.name}": got ${converters} converters, expected 0 to ${arm.customers}`,
    );
  return outcome;
};

const npsOf = (
  treatment: ArmSummary,
  control: ArmSummary,
  alpha: number,
): NpsReadOut | undefined => {
  const [a, b] = [treatment.nps, control.nps];
  if (a === undefined || b === undefined || a.answers === 0 || b.answers === 0) return undefined;
  return {
    treatment: { ...netPromoterScore(a), answers: a.answers },
    control: { ...netPromoterScore(b), answers: b.answers },
    difference: npsDifference(a, b, alpha),
  };
};

/** Whether the exposed of the two arms are split otherwise than their customers. */
const exposureDiffers = (treatment: ArmSummary, control: ArmSummary): boolean => {
  if (treatment.exposed === undefined || control.exposed === undefined) return false;
  const both = treatment.customers + control.customers;
  if (both === 0) return false;
  return sampleRatio(
    [treatment, control].map(({ name, customers, exposed }) => ({
      arm: name,
      count: exposed ?? 0,
      share: customers / both,
    })),
  ).isBroken;
};

const cautionsOf = (
  outcome: OutcomeReadOut,
  nps: NpsReadOut | undefined,
  isExposedUnevenly: boolean,
): readonly Caution[] => {
  const { effect, capped, adjusted, verdict, lessIsBetter = false } = outcome;
  const deciding = adjusted ?? effect;
  const uncapped = deciding && verdictOf(deciding.anyTime, lessIsBetter);
  const oneLook = deciding?.welch;
  const cautions: Record<Caution, boolean> = {
    'few-large-values':
      capped !== undefined && verdictOf(capped.anyTime, lessIsBetter) !== uncapped,
    'one-look-only':
      oneLook !== undefined &&
      uncapped === 'no-difference-seen' &&
      verdictOf(oneLook, lessIsBetter) !== uncapped,
    'nps-fell': verdict === 'better' && nps !== undefined && nps.difference.interval.upper < 0,
    'exposure-differs': isExposedUnevenly,
  };
  return cautionNames.filter((name) => cautions[name]);
};

const cautionNames = [
  'exposure-differs',
  'few-large-values',
  'one-look-only',
  'nps-fell',
] as const satisfies readonly Caution[];
