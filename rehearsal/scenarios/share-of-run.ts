import type { ExecutionDescription } from '../asl/execution.ts';
import type { Comparison } from './compare.ts';
import type { Scenario } from './scenario.ts';

type Done = Pick<Comparison, 'seen'> & {
  readonly scenario: Pick<Scenario, 'scope' | 'events' | 'deeds'>;
};

/**
 * Divides the run's time among the scenarios by what was done for each: events and deeds, states that its executions
 * entered, decisions on its touches. Each of these is some invocations of functions.
 *
 * @returns real milliseconds, in the order of the scenarios; their sum is `runMs`
 */
export const sharesOf = (
  runMs: number,
  results: readonly Done[],
  executions: readonly Pick<ExecutionDescription, 'input' | 'stateTransitions'>[],
): readonly number[] => {
  const inputs = executions.map(({ input, stateTransitions }) => ({
    input: JSON.stringify(input),
    stateTransitions,
  }));
  const steps = results.map(({ scenario: { scope, events, deeds }, seen }) => {
    const entered = inputs
      .filter(({ input }) => input.includes(`"${scope}`))
      .reduce((sum, { stateTransitions }) => sum + stateTransitions, 0);
    return events.length + deeds.length + seen.length + entered;
  });
  const all = steps.reduce((sum, each) => sum + each, 0);
  return steps.map((each) => (all === 0 ? runMs / steps.length : (runMs * each) / all));
};
