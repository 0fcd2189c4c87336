import type { TouchDecision } from '../contact-policy/decision.ts';
import type { TouchTurn } from '../touches/touch-record.ts';
import type { DrawnArm, Treatment } from './arms.ts';

/**
 * The arms that a decision shows, or would show. They are those of a touch that goes or waits, and of one that nothing
 * but the holdout keeps back: by one rule for all arms, so that the arms can be compared by intention to treat.
 */
export const armsShown = (
  decision: TouchDecision,
  { arms }: Pick<Treatment, 'arms'>,
): readonly DrawnArm[] => (decision.kind !== 'drop' || decision.reason === 'holdout' ? arms : []);

/** The arms of a turn that no earlier turn on the touch has shown: a touch that waits is exposed to each once. */
export const newArms = ({
  arms = [],
  earlier,
}: Pick<TouchTurn, 'arms'> & { readonly earlier: readonly TouchTurn[] }): readonly DrawnArm[] =>
  arms.filter(
    ({ experiment, arm }) =>
      !earlier.some((turn) =>
        turn.arms?.some((each) => each.experiment === experiment && each.arm === arm),
      ),
  );
