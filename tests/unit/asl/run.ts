import {
  type RunOptions,
  type RunResult,
  runStateMachine,
} from '#rehearsal/asl/run-state-machine.ts';

type States = Readonly<Record<string, unknown>>;

/** A JSONata machine that starts at its first state. */
export const machine = (states: States, more: States = {}): States => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...more,
});

export const run = (
  states: States,
  input: unknown = {},
  options: RunOptions = {},
): Promise<RunResult> => runStateMachine(machine(states), input, options);

/** The output of one Pass state with this Output. */
export const outputOf = async (output: unknown, input: unknown = {}): Promise<unknown> => {
  const result = await run({ P: { Type: 'Pass', Output: output, End: true } }, input);
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  return result.output;
};

/** Ids and chaining of a history, as AWS's recordings are quoted in the tests. */
export const chainOf = ({ history }: RunResult): readonly (readonly [string, number, number])[] =>
  history.map(({ type, id, previousEventId }) => [type, id, previousEventId]);

export const typesOf = ({ history }: RunResult): readonly string[] =>
  history.map(({ type }) => type);

/** Details of the first event of a type. */
export const detailsOf = ({ history }: RunResult, type: string): unknown => {
  const event = history.find((candidate) => candidate.type === type);
  const key = Object.keys(event ?? {}).find((name) => name.endsWith('EventDetails'));
  return key === undefined ? undefined : event?.[key];
};

export const lambda = (more: States = {}): States => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'work', Payload: '{% $states.input %}' },
  End: true,
  ...more,
});

export const callback = (more: States = {}): States => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: 'ask', Payload: '{% $states.context.Task.Token %}' },
  End: true,
  ...more,
});
