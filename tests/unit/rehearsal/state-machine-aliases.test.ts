import { describe, expect, test } from 'vitest';
import type { ExecutionDescription } from '#rehearsal/asl/execution.ts';
import { StateMachines } from '#rehearsal/services/state-machines.ts';
import { arnOf, awsErrorOf, getAtt, ref, type Resources, roleOf, servicesOf } from './stage.ts';

const JOURNEY = arnOf('states', 'stateMachine:App-Journey');
const starter = { arn: 'arn:aws:iam::111122223333:role/App-StarterRole' };

const version = {
  Type: 'AWS::StepFunctions::StateMachineVersion',
  Properties: {
    StateMachineArn: ref('Journey'),
    StateMachineRevisionId: getAtt('Journey', 'StateMachineRevisionId'),
  },
};

const aliasOf = (Properties: object) => ({
  Type: 'AWS::StepFunctions::StateMachineAlias',
  Properties: { Name: 'live', ...Properties },
});

const route = { StateMachineVersionArn: ref('Version') };
const routed = aliasOf({ RoutingConfiguration: [{ ...route, Weight: 100 }] });

const journey: Resources = {
  ...roleOf('Journey', []),
  ...roleOf('Starter', [['states:StartExecution', ref('Journey')]]),
  Journey: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: getAtt('JourneyRole'),
      DefinitionString: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'Only',
        States: { Only: { Type: 'Succeed' } },
      }),
    },
  },
};

const stage = (resources: Resources = { Version: version, Live: routed }) => {
  const services = servicesOf({ ...journey, ...resources });
  const ended: ExecutionDescription[] = [];
  const machines = new StateMachines({
    ...services,
    random: () => 0.5,
    onExecutionEnd: (execution) => ended.push(execution),
  });
  const start = (more: object = {}, principal = starter) => {
    const input = { stateMachineArn: `${JOURNEY}:live`, name: 'order-1', input: '{}', ...more };
    return machines.service({ principal, operation: 'StartExecution', input });
  };
  return { ...services, start, ended };
};

describe('an alias', () => {
  test.each([
    ['routing', routed],
    ['deployments', aliasOf({ DeploymentPreference: { ...route, Type: 'ALL_AT_ONCE' } })],
  ])('starts the version that its %s leads to, as an execution of the machine', async (_, Live) => {
    const { start, clock, ended } = stage({ Version: version, Live });

    await start();
    await clock.runUntil();

    expect(ended).toMatchObject([
      {
        status: 'SUCCEEDED',
        stateMachineArn: JOURNEY,
        executionArn: arnOf('states', 'execution:App-Journey:order-1'),
      },
    ]);
  });

  test.each([JOURNEY, `${JOURNEY}:1`])('shares the names of executions with %s', async (other) => {
    const { start } = stage();
    await start();

    const error = await awsErrorOf(() => start({ stateMachineArn: other, input: '{"a":1}' }));

    expect(error).toContain('ExecutionAlreadyExists');
  });

  test('starts by a grant for the machine, which may be for the alias only', async () => {
    const statement = {
      Effect: 'Allow',
      Action: 'states:StartExecution',
      Resource: ref('Journey'),
      Condition: { StringEquals: { 'states:StateMachineQualifier': 'live' } },
    };
    const { start, authorizer } = stage({
      Version: version,
      Live: routed,
      StarterPolicy: {
        Type: 'AWS::IAM::Policy',
        Properties: { Roles: [ref('StarterRole')], PolicyDocument: { Statement: statement } },
      },
    });

    const byAlias = await awsErrorOf(() => start());
    await awsErrorOf(() => start({ stateMachineArn: JOURNEY }));

    expect(byAlias).toBe('no error');
    expect(authorizer.denials).toMatchObject([
      { principal: 'App-StarterRole', action: 'states:StartExecution', resource: JOURNEY },
    ]);
  });

  test('is not opened by a grant for the alias itself', async () => {
    const { start, authorizer } = stage({
      Version: version,
      Live: routed,
      ...roleOf('Starter', [['states:StartExecution', ref('Live')]]),
    });

    await awsErrorOf(() => start());

    expect(authorizer.denials).toMatchObject([{ resource: JOURNEY }]);
  });

  test('that the templates do not have starts nothing', async () => {
    const { start } = stage({});

    expect(await awsErrorOf(() => start())).toBe(
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${JOURNEY}:live'`,
    );
  });

  test.each([
    ['nothing', {}, 'leads to nothing'],
    [
      'a version of elsewhere',
      { RoutingConfiguration: [{ StateMachineVersionArn: `${JOURNEY}:7`, Weight: 100 }] },
      `leads to ${JOURNEY}:7`,
    ],
    ['two versions', { RoutingConfiguration: [route, route] }, 'several versions is not modelled'],
  ])('of %s is refused, by name', (_, properties, expected) => {
    expect(() => stage({ Version: version, Live: aliasOf(properties) })).toThrow(
      new RegExp(`^alias Live: .*${expected}`),
    );
  });
});

describe('a version', () => {
  test('of a machine that is not in the templates is refused, by name', () => {
    const elsewhere = { ...version, Properties: { StateMachineArn: `${JOURNEY}2` } };

    expect(() => stage({ Version: elsewhere })).toThrow(
      'version Version: its state machine is not in the templates',
    );
  });
});
