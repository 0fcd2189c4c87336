import { describe, expect, test } from 'vitest';
import type { ExecutionDescription } from '#rehearsal/asl/execution.ts';
import { StateMachines } from '#rehearsal/services/state-machines.ts';
import {
  arnOf,
  awsErrorOf,
  functionOf,
  getAtt,
  type Grants,
  ref,
  type Resources,
  roleOf,
  servicesOf,
} from './stage.ts';

const JOURNEY = arnOf('states', 'stateMachine:App-Journey');
const starter = { arn: 'arn:aws:iam::111122223333:role/App-StarterRole' };

const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
const callDecide = { FunctionName: '${DecideArn}', Payload: '{% $states.input %}' };
const putEvents = (Detail: unknown) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::events:putEvents',
  Arguments: {
    Entries: [{ EventBusName: '${BusName}', Source: 'afterglow', DetailType: 'Done', Detail }],
  },
  End: true,
});

const allGrants: Grants = [
  ['lambda:InvokeFunction', getAtt('Decide')],
  ['events:PutEvents', getAtt('Bus')],
];

interface Script {
  readonly state: object;
  readonly more?: object;
  readonly grants?: Grants;
  readonly properties?: Readonly<Record<string, unknown>>;
}

const resourcesOf = ({
  state,
  more = {},
  grants = allGrants,
  properties = {},
}: Script): Resources => ({
  ...functionOf('Decide'),
  ...roleOf('Journey', grants),
  ...roleOf('Starter', [
    ['states:StartExecution', ref('Journey')],
    ['states:SendTaskSuccess', ref('Journey')],
  ]),
  Bus: { Type: 'AWS::Events::EventBus', Properties: {} },
  Journey: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: getAtt('JourneyRole'),
      DefinitionString: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'Only',
        States: { Only: state, ...more },
      }),
      DefinitionSubstitutions: { DecideArn: getAtt('Decide'), BusName: ref('Bus') },
      ...properties,
    },
  },
});

const decide = `class NoSuchOrder extends Error { name = 'NoSuchOrder'; }
export const handler = (event) => {
  console.log(JSON.stringify(event));
  if (event.fail) throw new NoSuchOrder('order 1 has not come yet');
  return { kind: 'send' };
};`;

const stage = (script: Script) => {
  const services = servicesOf(resourcesOf(script), { Decide: decide });
  const ended: ExecutionDescription[] = [];
  const machines = new StateMachines({
    ...services,
    random: () => 0.5,
    onExecutionEnd: (execution) => ended.push(execution),
  });
  const call = (operation: string, input: Readonly<Record<string, unknown>>, principal = starter) =>
    machines.service({ principal, operation, input });
  const run = async (input: object = {}) => {
    await call('StartExecution', {
      stateMachineArn: JOURNEY,
      name: 'order-1',
      input: JSON.stringify(input),
    });
    await services.clock.runUntil();
  };
  return { ...services, machines, ended, call, run };
};

describe('a task that calls a function', () => {
  const task = { ...invoke, Arguments: callDecide };

  test('gets the function’s answer as Step Functions wraps it', async () => {
    const { run, ended } = stage({ state: task });

    await run({ orderId: '1' });

    expect(ended).toMatchObject([
      {
        status: 'SUCCEEDED',
        output: { ExecutedVersion: '$LATEST', Payload: { kind: 'send' }, StatusCode: 200 },
      },
    ]);
  });

  test('fails by the name of the function’s error, its cause the error as JSON', async () => {
    const { run, ended } = stage({ state: task });

    await run({ fail: true });

    expect(ended).toMatchObject([{ status: 'FAILED', error: 'NoSuchOrder' }]);
    expect(JSON.parse(ended[0]?.cause ?? '')).toMatchObject({
      errorType: 'NoSuchOrder',
      errorMessage: 'order 1 has not come yet',
    });
  });

  test('can be caught by that name', async () => {
    const Catch = [{ ErrorEquals: ['NoSuchOrder'], Next: 'Caught' }];
    const { run, ended } = stage({
      state: { ...task, Catch },
      more: { Caught: { Type: 'Succeed', Output: 'caught' } },
    });

    await run({ fail: true });

    expect(ended).toMatchObject([{ status: 'SUCCEEDED', output: 'caught' }]);
  });

  test('without the grant fails as Step Functions names it, and is on record', async () => {
    const { run, ended, authorizer } = stage({ state: task, grants: [] });

    await run();

    expect(ended).toMatchObject([{ status: 'FAILED', error: 'Lambda.AccessDeniedException' }]);
    expect(authorizer.denials).toMatchObject([
      { principal: 'App-JourneyRole', action: 'lambda:InvokeFunction' },
    ]);
  });
});

describe('a task that waits for a token', () => {
  const waiting = {
    ...invoke,
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    TimeoutSeconds: 3600,
    Arguments: {
      FunctionName: '${DecideArn}',
      Payload: { token: '{% $states.context.Task.Token %}' },
    },
  };

  const startedWaiting = async () => {
    const started = stage({ state: waiting });
    await started.call('StartExecution', {
      stateMachineArn: JOURNEY,
      name: 'order-1',
      input: '{}',
    });
    await started.clock.runUntil(started.clock.now() + 60_000);
    const { token } = JSON.parse(started.printed('Decide')[0] ?? '');
    return { ...started, taskToken: String(token) };
  };

  test('ends with what is sent by the token', async () => {
    const { call, clock, ended, taskToken } = await startedWaiting();

    await call('SendTaskSuccess', { taskToken, output: '{"kind":"delivered"}' });
    await clock.runUntil();

    expect(ended).toMatchObject([{ status: 'SUCCEEDED', output: { kind: 'delivered' } }]);
  });

  test('ends only once', async () => {
    const { call, clock, taskToken } = await startedWaiting();
    await call('SendTaskSuccess', { taskToken, output: '1' });
    await clock.runUntil();

    expect(await awsErrorOf(() => call('SendTaskSuccess', { taskToken, output: '2' }))).toContain(
      'TaskTimedOut',
    );
  });

  test('is ended by those who are granted it for that state machine', async () => {
    const { call, authorizer, taskToken } = await startedWaiting();
    const decider = { arn: 'arn:aws:iam::111122223333:role/App-DecideRole' };

    await awsErrorOf(() => call('SendTaskSuccess', { taskToken, output: '1' }, decider));

    expect(authorizer.denials).toMatchObject([
      { principal: 'App-DecideRole', action: 'states:SendTaskSuccess', resource: JOURNEY },
    ]);
  });
});

describe('a task that puts events', () => {
  test('may say their details as objects', async () => {
    const { run, ended } = stage({ state: putEvents({ orderId: '1' }) });

    await run();

    expect(ended).toMatchObject([{ status: 'SUCCEEDED', output: { FailedEntryCount: 0 } }]);
  });

  test('fails when an entry is refused, the answer as its cause', async () => {
    const { run, ended } = stage({ state: putEvents('no object') });

    await run();

    expect(ended).toMatchObject([{ status: 'FAILED', error: 'EventBridge.FailedEntry' }]);
    expect(JSON.parse(ended[0]?.cause ?? '')).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'MalformedDetail' }],
    });
  });

  test('fails without the grant', async () => {
    const { run, ended } = stage({ state: putEvents({}), grants: [] });

    await run();

    expect(ended).toMatchObject([{ error: 'EventBridge.AccessDeniedException' }]);
  });
});

describe('starting', () => {
  const state = { Type: 'Succeed' };

  test('the same execution twice with another input is refused', async () => {
    const { call, run } = stage({ state });
    await run();

    const again = { stateMachineArn: JOURNEY, name: 'order-1', input: '{"other":true}' };

    expect(await awsErrorOf(() => call('StartExecution', again))).toContain(
      'ExecutionAlreadyExists',
    );
  });

  test('needs the grant', async () => {
    const { call, authorizer } = stage({ state });
    const principal = { arn: 'arn:aws:iam::111122223333:role/App-DecideRole' };

    await awsErrorOf(() => call('StartExecution', { stateMachineArn: JOURNEY }, principal));

    expect(authorizer.denials).toMatchObject([
      { principal: 'App-DecideRole', action: 'states:StartExecution', resource: JOURNEY },
    ]);
  });

  test('needs the grants to log and trace, where the machine does', () => {
    const { machines, authorizer } = stage({
      state,
      grants: [],
      properties: {
        LoggingConfiguration: { Level: 'ALL' },
        TracingConfiguration: { Enabled: true },
      },
    });

    expect(() => machines.start()).toThrow('App-JourneyRole is not authorized');
    expect(authorizer.denials).toMatchObject([{ action: 'logs:CreateLogDelivery' }]);
  });

  test('other operations are not modelled', async () => {
    const { call } = stage({ state });

    expect(await awsErrorOf(() => call('StopExecution', {}))).toContain(
      'Step Functions StopExecution is not modelled',
    );
  });
});

describe('a definition', () => {
  test('whose placeholder has no value is refused, naming both', () => {
    const nameless = { ...invoke, Arguments: { FunctionName: '${NobodyArn}' } };

    expect(() => stage({ state: nameless })).toThrow('Journey: ${NobodyArn} has no substitution');
  });
});
