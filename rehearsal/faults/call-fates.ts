import type { FaultInjector, Faults, InjectedFault, OutageService } from '../faults.ts';
import { seededRandom } from '../random.ts';
import { AwsError } from '../services/aws-error.ts';
import type { DecideFate, Fate, FunctionCall } from '../services/fate.ts';

/** Services of functions that can be down, by the name that requests are signed with. What sends, and the bus, see to it. */
const outagesOf: Readonly<Record<string, OutageService>> = {
  dynamodb: 'dynamodb',
  bedrock: 'bedrock',
  states: 'states',
  scheduler: 'scheduler',
  sqs: 'sqs',
};

/** Operations that leave everything as it is. All others have a side effect: a row, a message, an event, a charge. */
const READS = /^(Get|BatchGet|TransactGet|List|Head|Describe|Query|Scan|ApplyGuardrail)/;

const served: Fate = { kind: 'served' };

interface Struck {
  readonly fate: Fate;
  readonly counts: InjectedFault;
}

/**
 * What becomes of each call of a function, by the injector's faults and the number of the call among those of its
 * function and operation. An outage comes before all else, then what refuses a call, then what ends the function.
 */
export const decideFate = (injector: FaultInjector, nowMs: () => number): DecideFate => {
  if (!injector.strikesFunctions) return () => served;
  const draws = new Map<string, () => number>();
  const drawsOf = ({ functionName, service, operation }: FunctionCall): (() => number) => {
    const key = `${functionName} ${service} ${operation}`;
    const known =
      draws.get(key) ??
      seededRandom(JSON.stringify([injector.seed, 'fate', functionName, service, operation]));
    draws.set(key, known);
    return known;
  };
  return (call) => {
    if (injector.isQuiet(nowMs())) return served;
    const error = downError(injector, call, nowMs());
    if (error !== undefined) return { kind: 'refused', error };
    const draw = drawsOf(call);
    // As many draws for every call: what strikes one changes nothing for the next.
    const drawn = { throttle: draw(), ending: draw(), race: draw() };
    const struck =
      throttled(injector.faults, call, drawn.throttle) ??
      slow(injector.faults, call, drawn.throttle) ??
      ended(injector.faults, call, drawn.ending) ??
      overtaken(injector.faults, call, drawn.race);
    if (struck === undefined) return served;
    injector.happened(struck.counts);
    return struck.fate;
  };
};

const downError = (
  injector: FaultInjector,
  { service }: FunctionCall,
  nowMs: number,
): AwsError | undefined => {
  const name = outagesOf[service];
  if (name === undefined) return undefined;
  try {
    injector.assertUp(name, nowMs);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
};

/** Half of them in each of the two ways in which DynamoDB says it. */
const throttled = (
  { throttledTables = 0 }: Faults,
  { service }: FunctionCall,
  draw: number,
): Struck | undefined => {
  if (service !== 'dynamodb' || draw >= throttledTables) return undefined;
  const error =
    draw < throttledTables / 2
      ? new AwsError(
          'ProvisionedThroughputExceededException',
          'The level of configured provisioned throughput for the table was exceeded.',
        )
      : new AwsError(
          'ThrottlingException',
          'Throughput exceeds the current capacity of your table or index.',
        );
  return { fate: { kind: 'refused', error }, counts: 'throttledTables' };
};

/** The model has done its work, and the function is not there any more when it answers. */
const slow = (
  { slowModels = 0 }: Faults,
  { service, operation }: FunctionCall,
  draw: number,
): Struck | undefined =>
  service === 'bedrock' && operation === 'Converse' && draw < slowModels
    ? { fate: { kind: 'timeout', when: 'after' }, counts: 'slowModels' }
    : undefined;

const endings = [
  { kind: 'crash', of: 'crashes', when: 'before', counts: 'crashesBefore' },
  { kind: 'crash', of: 'crashes', when: 'after', counts: 'crashesAfter' },
  { kind: 'timeout', of: 'timeouts', when: 'before', counts: 'timeoutsBefore' },
  { kind: 'timeout', of: 'timeouts', when: 'after', counts: 'timeoutsAfter' },
] as const;

/** One draw for the four of them: a function ends once. */
const ended = (faults: Faults, call: FunctionCall, draw: number): Struck | undefined => {
  if (READS.test(call.operation)) return undefined;
  let upTo = 0;
  for (const { kind, of, when, counts } of endings) {
    upTo += faults[of]?.[when] ?? 0;
    if (draw < upTo) return { fate: { kind, when }, counts };
  }
  return undefined;
};

const overtaken = ({ races = 0 }: Faults, call: FunctionCall, draw: number): Struck | undefined =>
  isConditional(call) && draw < races
    ? { fate: { kind: 'overtaken' }, counts: 'races' }
    : undefined;

const isConditional = ({ service, operation, input }: FunctionCall): boolean =>
  service === 'dynamodb' &&
  (operation === 'TransactWriteItems' || input['ConditionExpression'] !== undefined);
