import type { RuleResult, TouchDecision } from '../contact-policy/decision.ts';
import { HOLDOUT } from './experiment.ts';
import type { DrawnArm, Treatment } from './arms.ts';

/**
 * The decision with what the customer's arms say to it, asked last: the holdout keeps back what would have gone or
 * waited, and nothing else. What was dropped for another reason shows no arm.
 */
export const withArms = (
  { arms, isHeldOut }: Treatment,
  decision: TouchDecision,
): TouchDecision => {
  if (decision.kind === 'drop' || arms.length === 0) return decision;
  if (!isHeldOut) return { ...decision, rules: [...decision.rules, ...arms.map(armRule)] };
  const because = `the customer is in the holdout, who get no treatment; ${wouldHave(decision)}`;
  const refusal: RuleResult = { rule: 'holdout', verdict: 'refuse', because };
  return { kind: 'drop', reason: 'holdout', rules: [...decision.rules, refusal] };
};

const armRule = ({ experiment, arm }: DrawnArm): RuleResult =>
  experiment === HOLDOUT.key
    ? { rule: 'holdout', verdict: 'pass', because: 'the customer is not in the holdout' }
    : { rule: 'experiment', verdict: 'pass', because: `${experiment}: arm ${arm}` };

const wouldHave = (decision: Exclude<TouchDecision, { kind: 'drop' }>): string =>
  decision.kind === 'hold'
    ? `it would have been held until ${decision.until} (${decision.reason})`
    : `it would have been sent by ${decision.channel}`;
