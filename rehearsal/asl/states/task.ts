import type { TaskResource, TaskState } from '../definition.ts';
import { ErrorName, StateError } from '../errors.ts';
import { evaluateNumber, evaluateText } from '../fields.ts';
import { failureDetails, jsonText, untruncated } from '../history.ts';
import type { Json, JsonObject } from '../json.ts';
import { checkResultSize } from '../payload-limits.ts';
import {
  type CallListener,
  type InvokeRequest,
  TaskAttempt,
  type TaskTimes,
} from '../task-runner.ts';
import { evaluateTemplate } from '../template.ts';
import type { Outcome, Visit } from '../visit.ts';
import { MAX_SECONDS } from './wait.ts';

const detailKeys = {
  Task: 'task',
  LambdaFunction: 'lambdaFunction',
  Activity: 'activity',
} as const;

/** Details of an event of the resource's family; a service integration names its resource in each. */
const details = (
  { family, resource, resourceType }: TaskResource,
  moment: string,
  own: JsonObject,
): JsonObject => ({
  [`${detailKeys[family]}${moment}EventDetails`]:
    family === 'Task' ? { ...own, resource, resourceType } : own,
});

const scheduledDetails = (
  resource: TaskResource,
  region: string,
  request: InvokeRequest,
  { timeoutSeconds, heartbeatSeconds }: TaskTimes,
): JsonObject => {
  const text = jsonText(request.arguments);
  return details(resource, 'Scheduled', {
    ...(resource.family === 'Task'
      ? { parameters: text, region }
      : { input: text, inputDetails: untruncated, resource: resource.arn }),
    ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds }),
    ...(request.roleArn === undefined ? {} : { taskCredentials: { roleArn: request.roleArn } }),
  });
};

const recordSchedule = (
  visit: Visit,
  resource: TaskResource,
  request: InvokeRequest,
  times: TaskTimes,
): void => {
  const { frame } = visit;
  frame.record(`${resource.family}Scheduled`, () =>
    scheduledDetails(resource, frame.run.region, request, times),
  );
};

/** AWS gives the start of a Lambda function no details at all. */
const recordStart = ({ frame }: Visit, resource: TaskResource): void => {
  frame.record(
    `${resource.family}Started`,
    resource.family === 'Task' ? () => details(resource, 'Started', {}) : undefined,
  );
};

const recordResult = (
  visit: Visit,
  resource: TaskResource,
  moment: 'Submitted' | 'Succeeded',
  output: Json,
): void => {
  visit.frame.record(`${resource.family}${moment}`, () =>
    details(resource, moment, { output: jsonText(output), outputDetails: untruncated }),
  );
};

const recordFailure = (visit: Visit, resource: TaskResource, failure: StateError): void => {
  const moment = failure.error === ErrorName.timeout ? 'TimedOut' : 'Failed';
  visit.frame.record(`${resource.family}${moment}`, () =>
    details(resource, moment, failureDetails(failure.error, failure.cause)),
  );
};

const evaluateTimes = async (visit: Visit, state: TaskState): Promise<TaskTimes> => {
  const { timeoutSeconds, heartbeatSeconds } = state;
  if (timeoutSeconds === undefined && heartbeatSeconds === undefined)
    return { timeoutSeconds, heartbeatSeconds };
  const bindings = visit.bindings();
  const evaluate = async (
    field: TaskState['timeoutSeconds'],
    name: string,
  ): Promise<number | undefined> =>
    field === undefined
      ? undefined
      : evaluateNumber(field, { name, min: 0, max: MAX_SECONDS }, bindings);
  return {
    timeoutSeconds: await evaluate(timeoutSeconds, 'TimeoutSeconds'),
    heartbeatSeconds: await evaluate(heartbeatSeconds, 'HeartbeatSeconds'),
  };
};

const prepareRequest = async (visit: Visit, state: TaskState): Promise<InvokeRequest> => {
  const { resource, arguments: template, roleArn } = state;
  const { run } = visit.frame;
  const isCallback = resource.pattern === 'waitForTaskToken';
  visit.taskToken = isCallback ? run.tasks.tokens.issue() : undefined;
  const bindings = visit.bindings();
  const input = template === undefined ? visit.input : await evaluateTemplate(template, bindings);
  checkResultSize(state.name, input);
  return {
    resource: resource.arn,
    pattern: resource.pattern,
    arguments: input,
    executionArn: run.executionArn,
    stateName: state.name,
    retryCount: visit.retryCount,
    ...(visit.taskToken === undefined ? {} : { taskToken: visit.taskToken }),
    ...(roleArn === undefined ? {} : { roleArn: await evaluateText(roleArn, bindings) }),
  };
};

/** The history hears of an attempt through its visit. */
class Chronicle implements CallListener {
  readonly #visit: Visit;
  readonly #resource: TaskResource;

  constructor(visit: Visit, resource: TaskResource) {
    this.#visit = visit;
    this.#resource = resource;
  }

  onStarted(): void {
    recordStart(this.#visit, this.#resource);
  }

  onSubmitted(answer: Json): void {
    recordResult(this.#visit, this.#resource, 'Submitted', answer);
  }
}

export const runTask = async (visit: Visit, state: TaskState): Promise<Outcome> => {
  const { frame } = visit;
  const { resource } = state;
  const request = await prepareRequest(visit, state);
  const times = await evaluateTimes(visit, state);
  recordSchedule(visit, resource, request, times);
  const attempt = new TaskAttempt(frame.run.tasks, request, times, new Chronicle(visit, resource));
  let result: Json;
  try {
    result = await frame.wait(attempt);
    checkResultSize(resource.resourceType || resource.arn, result);
  } catch (thrown) {
    if (thrown instanceof StateError) recordFailure(visit, resource, thrown);
    throw thrown;
  }
  recordResult(visit, resource, 'Succeeded', result);
  return visit.leave({ ...state, result }, { result });
};
