import { describe, expect, it } from 'vitest';
import { callback, chainOf, detailsOf, lambda, run, typesOf } from './run.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:work';
const tokenState = (more: Readonly<Record<string, unknown>> = {}) => ({ T: callback(more) });

describe('a Task state', () => {
  it('records a service integration as AWS does', async () => {
    const result = await run(
      {
        T: lambda({
          TimeoutSeconds: 9,
          HeartbeatSeconds: '{% 4 %}',
          Credentials: { RoleArn: 'arn:role' },
        }),
      },
      { a: 1 },
      { mocks: { T: { Return: { StatusCode: 200 } } } },
    );

    expect(chainOf(result)).toEqual([
      ['ExecutionStarted', 1, 0],
      ['TaskStateEntered', 2, 0],
      ['TaskScheduled', 3, 2],
      ['TaskStarted', 4, 3],
      ['TaskSucceeded', 5, 4],
      ['TaskStateExited', 6, 5],
      ['ExecutionSucceeded', 7, 6],
    ]);
    expect(detailsOf(result, 'TaskScheduled')).toEqual({
      parameters: '{"FunctionName":"work","Payload":{"a":1}}',
      region: 'us-east-1',
      resource: 'invoke',
      resourceType: 'lambda',
      timeoutInSeconds: 9,
      heartbeatInSeconds: 4,
      taskCredentials: { roleArn: 'arn:role' },
    });
    expect(detailsOf(result, 'TaskStarted')).toEqual({
      resource: 'invoke',
      resourceType: 'lambda',
    });
    expect(detailsOf(result, 'TaskSucceeded')).toEqual({
      output: '{"StatusCode":200}',
      outputDetails: { truncated: false },
      resource: 'invoke',
      resourceType: 'lambda',
    });
  });

  it('gives a function its input when it has no Arguments', async () => {
    const result = await run(
      { T: { Type: 'Task', Resource: arn, End: true } },
      { a: 1 },
      { mocks: { T: { Return: 2 } } },
    );

    expect(typesOf(result)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(detailsOf(result, 'LambdaFunctionScheduled')).toEqual({
      input: '{"a":1}',
      inputDetails: { truncated: false },
      resource: arn,
    });
    expect(detailsOf(result, 'LambdaFunctionStarted')).toBeUndefined();
    expect(detailsOf(result, 'LambdaFunctionSucceeded')).toEqual({
      output: '2',
      outputDetails: { truncated: false },
    });
  });

  it('names the parts of a resource', async () => {
    const result = await run(
      {
        T: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem',
          Arguments: {},
          End: true,
        },
      },
      {},
      { mocks: { T: { Return: {} } } },
    );

    expect(detailsOf(result, 'TaskStarted')).toEqual({
      resource: 'putItem',
      resourceType: 'aws-sdk:dynamodb',
    });
  });

  it('keeps a Lambda error’s own name and cause', async () => {
    const Cause = '{"errorMessage":"no","errorType":"OrderNotFound","trace":[]}';
    const result = await run(
      { T: lambda() },
      {},
      { mocks: { T: { Throw: { Error: 'OrderNotFound', Cause } } } },
    );

    expect(result).toMatchObject({ status: 'FAILED', error: 'OrderNotFound', cause: Cause });
    expect(detailsOf(result, 'TaskFailed')).toEqual({
      cause: Cause,
      error: 'OrderNotFound',
      resource: 'invoke',
      resourceType: 'lambda',
    });
  });

  it('times out without a cause, as AWS was recorded to', async () => {
    const service = await run(
      { T: lambda({ TimeoutSeconds: 5 }) },
      {},
      { mocks: { T: { After: 6, Return: 1 } } },
    );
    const direct = await run(
      { T: { Type: 'Task', Resource: arn, TimeoutSeconds: 5, End: true } },
      {},
      { mocks: { T: { Never: true } } },
    );

    expect(detailsOf(service, 'TaskTimedOut')).toEqual({
      error: 'States.Timeout',
      resource: 'invoke',
      resourceType: 'lambda',
    });
    expect(detailsOf(direct, 'LambdaFunctionTimedOut')).toEqual({ error: 'States.Timeout' });
    expect(detailsOf(service, 'ExecutionFailed')).toEqual({ error: 'States.Timeout' });
    expect(service.history.at(-1)?.timestamp).toBe('2026-01-01T00:00:05.000Z');
  });

  it('takes an answer that comes in time', async () => {
    const result = await run(
      { T: lambda({ TimeoutSeconds: 5 }) },
      {},
      { mocks: { T: { After: 4, Return: 1 } } },
    );

    expect([result.output, result.history.at(-1)?.timestamp]).toEqual([
      1,
      '2026-01-01T00:00:04.000Z',
    ]);
  });

  it.each([
    ["{% 'a' %}", 'returned an unexpected result type'],
    ['{% 0 - 1 %}', 'must be between 0 and 99999999 but was: -1'],
    ['{% 1.5 %}', 'cannot be parsed as an integer'],
    ['{% $nope %}', 'returned nothing'],
  ])('fails on TimeoutSeconds %s before it is scheduled', async (TimeoutSeconds, problem) => {
    const result = await run({ T: lambda({ TimeoutSeconds }) }, {}, { mocks: {} });

    expect(result.cause).toContain(problem);
    expect(typesOf(result)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'EvaluationFailed',
      'ExecutionFailed',
    ]);
  });

  it('waits for its token and takes the output that comes with it', async () => {
    const result = await run(
      tokenState(),
      {},
      { mocks: { T: { After: 3600, Return: { done: true } } } },
    );

    expect(result.output).toEqual({ done: true });
    expect(chainOf(result).slice(2, 7)).toEqual([
      ['TaskScheduled', 3, 2],
      ['TaskStarted', 4, 3],
      ['TaskSubmitted', 5, 4],
      ['TaskSucceeded', 6, 5],
      ['TaskStateExited', 7, 6],
    ]);
    expect(detailsOf(result, 'TaskSubmitted')).toEqual({
      output: '{}',
      outputDetails: { truncated: false },
      resource: 'invoke.waitForTaskToken',
      resourceType: 'lambda',
    });
    expect(result.history.at(-1)?.timestamp).toBe('2026-01-01T01:00:00.000Z');
  });

  it('fails with what SendTaskFailure says', async () => {
    const result = await run(
      tokenState(),
      {},
      { mocks: { T: { Throw: { Error: 'Failure error', Cause: 'Failure cause' } } } },
    );

    expect(chainOf(result).slice(4)).toEqual([
      ['TaskSubmitted', 5, 4],
      ['TaskFailed', 6, 5],
      ['ExecutionFailed', 7, 6],
    ]);
    expect(detailsOf(result, 'ExecutionFailed')).toEqual({
      cause: 'Failure cause',
      error: 'Failure error',
    });
  });

  it('names a missed heartbeat States.Timeout, as AWS was recorded to', async () => {
    const result = await run(
      tokenState({ TimeoutSeconds: 600, HeartbeatSeconds: 5 }),
      {},
      { mocks: { T: { Never: true } } },
    );

    expect(detailsOf(result, 'TaskTimedOut')).toEqual({
      error: 'States.Timeout',
      resource: 'invoke.waitForTaskToken',
      resourceType: 'lambda',
    });
    expect(result.history.at(-1)?.timestamp).toBe('2026-01-01T00:00:05.000Z');
  });

  it('submits a job and takes its result', async () => {
    const result = await run(
      {
        T: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Arguments: { StateMachineArn: 'x' },
          End: true,
        },
      },
      {},
      { mocks: { T: { After: 60, Return: { Output: 1 } } } },
    );

    expect(result.output).toEqual({ Output: 1 });
    expect(typesOf(result)).toContain('TaskSubmitted');
    expect(detailsOf(result, 'TaskStarted')).toEqual({
      resource: 'startExecution.sync:2',
      resourceType: 'states',
    });
  });

  it('ends an execution that waits for ever after a year', async () => {
    const result = await run(tokenState(), {}, { mocks: { T: { Never: true } } });

    expect(result.status).toBe('TIMED_OUT');
    expect(result.history.at(-1)?.timestamp).toBe('2027-01-01T00:00:00.000Z');
  });
});
