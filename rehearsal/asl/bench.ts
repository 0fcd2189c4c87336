import { VirtualClock } from '../clock.ts';
import { createEngine, type Engine } from './engine.ts';
import type { Json } from './json.ts';
import { loadStateMachine } from './load.ts';
import type { InvokeRequest } from './task-runner.ts';

const HOUR_MS = 60 * 60 * 1000;
const START_MS = Date.UTC(2026, 0, 1);
/** Answers to the waiting tasks come at this many different hours. */
const ANSWER_HOURS = 120;

const journey = {
  QueryLanguage: 'JSONata',
  StartAt: 'Load',
  States: {
    Load: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'load', Payload: '{% $states.input %}' },
      Retry: [
        {
          ErrorEquals: ['Lambda.ServiceException', 'Lambda.TooManyRequestsException'],
          IntervalSeconds: 2,
          JitterStrategy: 'FULL',
        },
      ],
      Assign: { order: '{% $states.result.Payload %}' },
      Output: '{% $states.input %}',
      Next: 'Await delivery',
    },
    'Await delivery': {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: {
        FunctionName: 'register',
        Payload: {
          taskToken: '{% $states.context.Task.Token %}',
          orderId: '{% $order.id %}',
          execution: '{% $states.context.Execution.Id %}',
        },
      },
      TimeoutSeconds: 1_209_600,
      Assign: { deliveredAt: '{% $states.result.deliveredAt %}' },
      Next: 'Wait a week',
    },
    'Wait a week': {
      Type: 'Wait',
      Timestamp: '{% $fromMillis($toMillis($deliveredAt) + 7 * 86400000) %}',
      Next: 'Is it a large order?',
    },
    'Is it a large order?': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $order.total > 100 %}', Next: 'Thank' }],
      Default: 'Ask',
    },
    Thank: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'send', Payload: { touch: 'thanks', order: '{% $order %}' } },
      End: true,
    },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'send', Payload: { touch: 'survey', order: '{% $order %}' } },
      End: true,
    },
  },
} as const;

export type BenchResult = {
  readonly executions: number;
  readonly seconds: number;
  readonly peakRssMb: number;
  readonly transitions: number;
  readonly events: number;
  /** Days of virtual time that passed. */
  readonly virtualDays: number;
  readonly succeeded: number;
};

const member = (value: Json, ...names: readonly string[]): unknown => {
  let found: unknown = value;
  for (const name of names)
    found = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined;
  return found;
};

const answer = ({ arguments: args, taskToken }: InvokeRequest, tokens: string[]): unknown => {
  if (taskToken !== undefined) tokens.push(taskToken);
  const n = member(args, 'Payload', 'n');
  const isLoad = member(args, 'FunctionName') === 'load' && typeof n === 'number';
  return { StatusCode: 200, Payload: isLoad ? { id: `order-${n}`, total: n % 200 } : {} };
};

const scheduleAnswers = (engine: Engine, clock: VirtualClock, tokens: readonly string[]): void => {
  tokens.forEach((token, index) => {
    clock.at(START_MS + HOUR_MS * (1 + (index % ANSWER_HOURS)), () =>
      engine.sendTaskSuccess(token, { deliveredAt: new Date(clock.now()).toISOString() }),
    );
  });
};

const peakRssMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

/**
 * Starts executions of a small journey, parks them all on a task token, answers over five virtual
 * days, lets a week pass for each, and runs them to their end.
 */
export const parkAndDrain = async (executions: number): Promise<BenchResult> => {
  const clock = new VirtualClock(START_MS);
  const tokens: string[] = [];
  const totals = { transitions: 0, events: 0, succeeded: 0 };
  const engine = createEngine({
    clock,
    keepHistory: false,
    invoke: async (request) => answer(request, tokens),
    onExecutionEnd: ({ status, stateTransitions, eventCount }) => {
      totals.transitions += stateTransitions;
      totals.events += eventCount;
      if (status === 'SUCCEEDED') totals.succeeded++;
    },
  });
  const stateMachine = loadStateMachine(journey);
  const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:journey';
  const began = performance.now();
  for (let n = 0; n < executions; n++)
    engine.startExecution({ stateMachine, stateMachineArn, name: `order-${n}`, input: { n } });
  await clock.runUntil(START_MS + 1000);
  scheduleAnswers(engine, clock, tokens);
  await clock.runUntil();
  return {
    executions,
    seconds: (performance.now() - began) / 1000,
    peakRssMb: peakRssMb(),
    ...totals,
    virtualDays: (clock.now() - START_MS) / (24 * HOUR_MS),
  };
};
