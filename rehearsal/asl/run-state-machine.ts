import { VirtualClock } from '../clock.ts';
import { createEngine, defaultAccount, defaultRegion, type Engine } from './engine.ts';
import { ServiceError } from './errors.ts';
import type { ExecutionStatus } from './execution.ts';
import { seededRandom } from './functions.ts';
import type { HistoryEvent } from './history.ts';
import type { Json } from './json.ts';
import { loadStateMachine } from './load.ts';
import type { MapHost, MapProgress } from './map-runs/map-host.ts';
import { type Answer, Mocks, toInvokeAnswer } from './mocks.ts';
import type { Invoke } from './task-runner.ts';

export type RunOptions = {
  /** What Tasks answer, as plain JSON: see {@link Mocks}. @default none */
  readonly mocks?: unknown;
  /** Which test case of a Step Functions Local mock file. @default the only one */
  readonly testCase?: string | undefined;
  /** What Distributed Maps read from and write to. @default maps over `Items` alone run */
  readonly mapHost?: MapHost | undefined;
  /** Told how far each Map Run is. @default nobody is */
  readonly onMapProgress?: ((progress: MapProgress) => void) | undefined;
  /** The clock to run on, until nothing is left to happen. @default a new one at `startTime` */
  readonly clock?: VirtualClock;
  /** ISO 8601. @default '2026-01-01T00:00:00Z' */
  readonly startTime?: string | undefined;
  /** Fixes $random, $uuid and retry jitter. @default 0 */
  readonly seed?: number | undefined;
  /** Name of the execution. @default 'run' */
  readonly name?: string | undefined;
  /** Name of the state machine. @default 'StateMachine' */
  readonly stateMachineName?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
};

export type RunResult = {
  readonly status: ExecutionStatus;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly history: readonly HistoryEvent[];
};

const DEFAULT_START = '2026-01-01T00:00:00Z';

/** Version 4 UUIDs from draws, so that a seed fixes them. */
const uuidFrom = (random: () => number) => (): string =>
  'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const nibble = Math.floor(random() * 16);
    return (place === 'x' ? nibble : (nibble & 3) | 8).toString(16);
  });

/** What is said of the end, and only if it is said. */
const outcomeOf = ({
  output,
  error,
  cause,
}: Omit<RunResult, 'status' | 'history'>): Omit<RunResult, 'status' | 'history'> => ({
  ...(output === undefined ? {} : { output }),
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});

/** The other side of a task token: answers after the mock's time, if the task still waits then. */
const answerToken = (
  engine: Engine,
  clock: VirtualClock,
  taskToken: string,
  { afterSeconds, outcome }: Answer,
): void => {
  if (outcome.kind === 'never') return;
  clock.at(clock.now() + afterSeconds * 1000, () => {
    try {
      if (outcome.kind === 'return') engine.sendTaskSuccess(taskToken, outcome.value);
      else engine.sendTaskFailure(taskToken, outcome);
    } catch (thrown) {
      if (!(thrown instanceof ServiceError && thrown.code === 'TaskTimedOut')) throw thrown;
    }
  });
};

const mockedInvoke =
  (mocks: Mocks, clock: VirtualClock, engine: () => Engine): Invoke =>
  async (request) => {
    const answer = mocks.next(request);
    if (request.pattern !== 'waitForTaskToken' || request.taskToken === undefined)
      return toInvokeAnswer(answer);
    answerToken(engine(), clock, request.taskToken, answer);
    return {};
  };

const mockedEngine = (mocks: Mocks, clock: VirtualClock, options: RunOptions): Engine => {
  const random = seededRandom(options.seed ?? 0);
  const { roleArn, account, region, mapHost, onMapProgress } = options;
  const engine: Engine = createEngine({
    clock,
    invoke: mockedInvoke(mocks, clock, () => engine),
    random,
    uuid: uuidFrom(random),
    roleArn,
    account,
    region,
    mapHost,
    onMapProgress,
  });
  return engine;
};

const stateMachineArnOf = (options: RunOptions): string => {
  const { region = defaultRegion, account = defaultAccount } = options;
  const { stateMachineName = 'StateMachine' } = options;
  return `arn:aws:states:${region}:${account}:stateMachine:${stateMachineName}`;
};

/**
 * Runs one execution of a definition to its end on virtual time, with mocked Tasks.
 *
 * @param definition Amazon States Language, plain JSON, QueryLanguage JSONata
 * @param input the execution's input, plain JSON
 * @returns how it ended, and its history as GetExecutionHistory gives it
 * @throws InvalidDefinition, InvalidMocks, MissingMock (a Task ran that has no mock), or ServiceError
 *   for an input or a name that StartExecution refuses
 */
export const runStateMachine = async (
  definition: unknown,
  input: unknown = {},
  options: RunOptions = {},
): Promise<RunResult> => {
  const { startTime = DEFAULT_START, clock = new VirtualClock(Date.parse(startTime)) } = options;
  const mocks = new Mocks(options.mocks ?? {}, options.testCase);
  const engine = mockedEngine(mocks, clock, options);
  const { executionArn } = engine.startExecution({
    stateMachine: loadStateMachine(definition),
    stateMachineArn: stateMachineArnOf(options),
    name: options.name ?? 'run',
    input,
  });
  await clock.runUntil();
  if (mocks.missing !== undefined) throw mocks.missing;
  const { status, ...ended } = engine.describe(executionArn);
  return { status, ...outcomeOf(ended), history: engine.history(executionArn) };
};
