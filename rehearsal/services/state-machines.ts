import type { Cloud, Resource } from '../assembly/cloud.ts';
import { createEngine, type Engine } from '../asl/engine.ts';
import type { StateMachine } from '../asl/definition.ts';
import { ServiceError, TaskError } from '../asl/errors.ts';
import type { ExecutionDescription } from '../asl/execution.ts';
import type { HistoryEvent } from '../asl/history.ts';
import { loadStateMachine } from '../asl/load.ts';
import type { MapHost, MapProgress } from '../asl/map-runs/map-host.ts';
import type { InvokeRequest } from '../asl/task-runner.ts';
import type { VirtualClock } from '../clock.ts';
import type { Meter } from '../cost/meter.ts';
import { stageOfMachine } from '../cost/stage-of-machine.ts';
import type { RequestContext } from '../iam/condition.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import type { EventBus } from './event-bus.ts';
import type { Lambdas } from './lambdas.ts';
import { mapHostOf } from './objects-of-maps.ts';
import type { Objects } from './objects.ts';
import { type Service, textOf } from './service.ts';
import { splitQualifier, startedMachines } from './started-machine.ts';

/** What tasks ask of other services, by the task's resource: answered as Step Functions has it. */
export type Integrations = Readonly<
  Record<
    string,
    (
      principal: { readonly arn: string },
      input: Readonly<Record<string, unknown>>,
    ) => Promise<unknown>
  >
>;

export interface StateMachinesOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly lambdas: Lambdas;
  readonly bus: EventBus;
  /** The number that ids are counted on from. @default 0 */
  readonly idsAfter?: number | undefined;
  /** @default none but functions and events */
  readonly integrations?: Integrations | undefined;
  readonly random: () => number;
  /** Whether a function's answer is lost on its way, so that the state is tried again. @default never */
  readonly hiccup?: () => boolean;
  readonly onHistoryEvent?: ((event: HistoryEvent, executionArn: string) => void) | undefined;
  readonly onExecutionEnd: (execution: ExecutionDescription) => void;
  /** What Distributed Maps read and write. @default nothing */
  readonly objects?: Objects | undefined;
  /** Told how far each Map Run is. @default nobody is */
  readonly onMapProgress?: ((progress: MapProgress) => void) | undefined;
  /** @default nothing is counted */
  readonly meter?: Meter | undefined;
}

/** Logging to CloudWatch by a state machine's role; AWS checks these when the machine is created. */
const LOGGING_ACTIONS = [
  'CreateLogDelivery',
  'GetLogDelivery',
  'UpdateLogDelivery',
  'DeleteLogDelivery',
  'ListLogDeliveries',
  'PutResourcePolicy',
  'DescribeResourcePolicies',
  'DescribeLogGroups',
];

const TRACING_ACTIONS = [
  'PutTraceSegments',
  'PutTelemetryRecords',
  'GetSamplingRules',
  'GetSamplingTargets',
];

/** The state machines of the templates, run by the engine. */
export class StateMachines {
  readonly engine: Engine;
  readonly #options: StateMachinesOptions;
  readonly #machines: ReadonlyMap<string, { resource: Resource; definition: StateMachine }>;
  /** By their own ARNs and those of their versions and aliases. */
  readonly #started: ReadonlyMap<string, Resource>;
  /** The state machine that each open token belongs to. */
  readonly #tokens = new Map<string, string>();
  #ids: number;

  constructor(options: StateMachinesOptions) {
    this.#options = options;
    this.#ids = options.idsAfter ?? 0;
    const { cloud, clock, random, onHistoryEvent, onExecutionEnd } = options;
    const machines = cloud.ofType('AWS::StepFunctions::StateMachine');
    this.#machines = new Map(
      machines.map((resource) => [resource.arn, { resource, definition: definitionOf(resource) }]),
    );
    this.#started = startedMachines(cloud);
    this.engine = createEngine({
      clock,
      random,
      uuid: () => this.#nextId(),
      account: cloud.account,
      region: cloud.region,
      keepHistory: false,
      invoke: (request) => this.#invoke(request),
      ...(onHistoryEvent === undefined ? {} : { onHistoryEvent }),
      onExecutionEnd,
      mapHost: this.#mapHost(),
      onMapProgress: options.onMapProgress,
    });
  }

  /** Checks what Step Functions does by the machines' roles, as AWS does when they are created. */
  start(): void {
    for (const { resource } of this.#machines.values()) this.#assertPlatformGrants(resource);
  }

  readonly service: Service = async ({ principal, operation, input }) => {
    const { authorizer } = this.#options;
    switch (operation) {
      case 'StartExecution': {
        const arn = textOf(input, 'stateMachineArn');
        this.#assertMayStart(principal, arn);
        return this.#start(arn, textOf(input, 'name'), textOf(input, 'input'));
      }
      case 'SendTaskSuccess': {
        const token = textOf(input, 'taskToken');
        const resource = this.#tokens.get(token) ?? '*';
        authorizer.assert({ principal, action: 'states:SendTaskSuccess', resource });
        return asAwsError(() =>
          this.engine.sendTaskSuccess(token, JSON.parse(textOf(input, 'output'))),
        );
      }
      default:
        throw new AwsError('InvalidAction', `Step Functions ${operation} is not modelled`);
    }
  };

  /** @throws when the templates have no such machine */
  startByHand(logicalId: string, name: string, input: object): string {
    const machine = [...this.#machines.values()].find(({ resource }) =>
      resource.logicalId.startsWith(logicalId),
    );
    if (machine === undefined) throw new Error(`no state machine is called ${logicalId}…`);
    const { executionArn } = this.engine.startExecution({
      stateMachine: machine.definition,
      stateMachineArn: machine.resource.arn,
      name,
      input: JSON.parse(JSON.stringify(input)),
    });
    return executionArn;
  }

  #nextId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-a000-${String(this.#ids).padStart(12, '0')}`;
  }

  /**
   * Step Functions asks for the machine itself, and has the version or alias as a condition key
   * (developer guide, "Authorization for versions and aliases in Step Functions workflows").
   */
  #assertMayStart(principal: Principal, arn: string): void {
    const { machineArn: resource, qualifier } = splitQualifier(arn);
    const context: RequestContext =
      qualifier === undefined ? {} : { 'states:StateMachineQualifier': qualifier };
    const { authorizer } = this.#options;
    authorizer.assert({ principal, action: 'states:StartExecution', resource, context });
  }

  #start(arn: string, name: string, input: string): unknown {
    const machine = this.#machines.get(this.#started.get(arn)?.arn ?? '');
    if (machine === undefined)
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    const { executionArn, startDate } = asAwsError(() =>
      this.engine.startExecution({
        stateMachine: machine.definition,
        stateMachineArn: machine.resource.arn,
        name,
        input: JSON.parse(input),
      }),
    );
    return { executionArn, startDate: Date.parse(startDate) / 1000 };
  }

  async #invoke(request: InvokeRequest): Promise<unknown> {
    const machine = this.#machineOf(request.executionArn);
    const principal = { arn: String(machine.properties['RoleArn']) };
    if (request.taskToken !== undefined) this.#tokens.set(request.taskToken, machine.arn);
    const given: Record<string, unknown> = { ...Object(request.arguments) };
    switch (request.resource) {
      case 'arn:aws:states:::lambda:invoke':
        return this.#invokeFunction(principal, given, stageOfMachine(machine.logicalId));
      case 'arn:aws:states:::events:putEvents':
        return this.#putEvents(principal, given, machine);
      default:
        return this.#integrate(request, principal, given);
    }
  }

  async #integrate(
    { resource, stateName }: InvokeRequest,
    principal: { readonly arn: string },
    given: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    const integration = this.#options.integrations?.[resource];
    if (integration === undefined)
      throw new Error(`${stateName}: ${resource} is not modelled by the rehearsal`);
    try {
      return await integration(principal, given);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const [, service = ''] = /:::(?:aws-sdk:)?(\w+):/.exec(resource) ?? [];
      const name = service.charAt(0).toUpperCase() + service.slice(1);
      throw new TaskError(`${name}.${error.code}`, error.message);
    }
  }

  #mapHost(): MapHost {
    const { authorizer, objects } = this.#options;
    return mapHostOf(authorizer, objects, (executionArn) => this.#machineOf(executionArn));
  }

  /** Child executions of a Map Run are called `<machine>/<label>`. */
  #machineOf(executionArn: string): Resource {
    const name = executionArn.split(':')[6]?.split('/')[0];
    const machine = [...this.#machines.values()].find(({ resource }) => resource.name === name);
    if (machine === undefined) throw new Error(`no state machine of execution ${executionArn}`);
    return machine.resource;
  }

  async #invokeFunction(
    principal: { readonly arn: string },
    given: Readonly<Record<string, unknown>>,
    stage: string,
  ): Promise<unknown> {
    const { authorizer, lambdas } = this.#options;
    const { arn } = lambdas.find(textOf(given, 'FunctionName'));
    asTaskError('Lambda', () =>
      authorizer.assert({ principal, action: 'lambda:InvokeFunction', resource: arn }),
    );
    const result = await lambdas.invoke(arn, given['Payload'] ?? {}, stage);
    if (result.ok && this.#options.hiccup?.() === true)
      throw new TaskError('Lambda.Unknown', 'The cause could not be determined.');
    if (result.ok) return { ExecutedVersion: '$LATEST', Payload: result.payload, StatusCode: 200 };
    const { errorType, errorMessage, trace } = result;
    throw new TaskError(errorType, JSON.stringify({ errorType, errorMessage, trace }));
  }

  async #putEvents(
    principal: { readonly arn: string },
    given: Readonly<Record<string, unknown>>,
    { logicalId }: Resource,
  ): Promise<unknown> {
    const entries = (Array.isArray(given['Entries']) ? given['Entries'] : []).map((entry) => ({
      ...Object(entry),
      Detail: asText(Object(entry).Detail),
    }));
    const answer = asTaskError('EventBridge', () =>
      this.#options.bus.putEvents(principal, entries),
    );
    this.#options.meter?.call(
      { service: 'events', operation: 'PutEvents', input: { Entries: entries }, answer },
      { actor: logicalId.slice(0, -8), stage: stageOfMachine(logicalId) },
    );
    if (answer.FailedEntryCount > 0)
      throw new TaskError('EventBridge.FailedEntry', JSON.stringify(answer));
    return answer;
  }

  #assertPlatformGrants({ properties }: Resource): void {
    const { authorizer } = this.#options;
    const principal = { arn: String(properties['RoleArn']) };
    if (properties['LoggingConfiguration'] !== undefined)
      for (const action of LOGGING_ACTIONS)
        authorizer.assert({ principal, action: `logs:${action}`, resource: '*' });
    if (Object(properties['TracingConfiguration']).Enabled === true)
      for (const action of TRACING_ACTIONS)
        authorizer.assert({ principal, action: `xray:${action}`, resource: '*' });
  }
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** The engine names its refusals as Step Functions does. */
const asAwsError = <Result>(act: () => Result): Result => {
  try {
    return act();
  } catch (error) {
    if (error instanceof ServiceError) throw new AwsError(error.code, error.message);
    throw error;
  }
};

const asTaskError = <Result>(service: string, act: () => Result): Result => {
  try {
    return act();
  } catch (error) {
    if (error instanceof AwsError) throw new TaskError(`${service}.${error.code}`, error.message);
    throw error;
  }
};

const definitionOf = ({ logicalId, properties }: Resource): StateMachine => {
  const substitutions: Record<string, unknown> = {
    ...Object(properties['DefinitionSubstitutions']),
  };
  const text = String(properties['DefinitionString']).replaceAll(
    /\$\{(\w+)\}/g,
    (placeholder, name: string) => {
      const value = substitutions[name];
      if (typeof value !== 'string')
        throw new Error(`${logicalId}: ${placeholder} has no substitution`);
      return value;
    },
  );
  return loadStateMachine(JSON.parse(text));
};
