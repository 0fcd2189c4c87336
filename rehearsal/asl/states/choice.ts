import type { ChoiceRule, ChoiceState } from '../definition.ts';
import { EngineFailure, ErrorName } from '../errors.ts';
import type { Bindings } from '../expression.ts';
import { wrongType } from '../fields.ts';
import { evaluateTemplate } from '../template.ts';
import type { Outcome, Visit } from '../visit.ts';

const isMet = async (rule: ChoiceRule, bindings: Bindings): Promise<boolean> => {
  if (typeof rule.condition === 'boolean') return rule.condition;
  const value = await evaluateTemplate(rule.condition, bindings);
  if (typeof value !== 'boolean') throw wrongType(rule.condition, 'boolean', value);
  return value;
};

const firstMet = async (
  rules: readonly ChoiceRule[],
  bindings: Bindings,
): Promise<ChoiceRule | undefined> => {
  for (const rule of rules) if (await isMet(rule, bindings)) return rule;
  return undefined;
};

/** The first rule that is met decides; the state's own Assign and Output belong to the Default. */
export const runChoice = async (visit: Visit, state: ChoiceState): Promise<Outcome> => {
  const rule = await firstMet(state.choices, visit.bindings());
  if (rule !== undefined) return visit.leave({ ...rule, result: visit.input });
  // The documentation's States.NoChoiceMatched is not what executions on AWS show.
  if (state.next === undefined)
    throw new EngineFailure(
      ErrorName.runtime,
      'Failed to transition out of the state. The state does not point to a next state.',
    );
  return visit.leave({ ...state, result: visit.input });
};
