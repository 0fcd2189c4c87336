import { expect, test } from 'vitest';
import type { ExecutionDescription } from '#rehearsal/asl/execution.ts';
import { LakeServices } from '#rehearsal/services/lake-services.ts';
import { StateMachines } from '#rehearsal/services/state-machines.ts';
import { temporaryFolder } from './booted.ts';
import { analystGrants, answer, dataOf, lakeTemplate } from './lake-stage.ts';
import { arnOf, getAtt, type Resources, roleOf, servicesOf } from './stage.ts';

const QUERY = 'arn:aws:states:::athena:startQueryExecution.sync';

const read = {
  Type: 'Task',
  Resource: 'arn:aws:states:::athena:getQueryResults',
  Arguments: { QueryExecutionId: '{% $states.input.QueryExecution.QueryExecutionId %}' },
  End: true,
};

const machineOf = (sql: string, more: object, grants = analystGrants): Resources => ({
  ...lakeTemplate,
  ...roleOf('Nightly', grants),
  ...roleOf('Starter', [['states:StartExecution', arnOf('states', 'stateMachine:App-Nightly')]]),
  Nightly: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: getAtt('NightlyRole'),
      DefinitionString: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'Ask',
        States: {
          Ask: {
            Type: 'Task',
            Resource: QUERY,
            Arguments: { QueryString: sql, WorkGroup: 'App-Reports' },
            ...more,
          },
          ...('Next' in more ? { Read: read } : {}),
        },
      }),
    },
  },
});

const ranWith = async (resources: Resources) => {
  const services = servicesOf(resources);
  const { cloud, clock, authorizer } = services;
  const lake = new LakeServices({ cloud, clock, authorizer, stateDir: temporaryFolder() });
  const ended: ExecutionDescription[] = [];
  const machines = new StateMachines({
    ...services,
    integrations: lake.integrations,
    random: () => 0.5,
    onExecutionEnd: (execution) => ended.push(execution),
  });
  const arn = (role: string) => ({ arn: `arn:aws:iam::111122223333:role/App-${role}Role` });
  await lake.services['firehose']?.({
    principal: arn('Writer'),
    operation: 'PutRecord',
    input: {
      DeliveryStreamName: 'App-Answers',
      Record: { Data: dataOf(JSON.stringify(answer)) },
    },
  });
  await clock.runUntil();
  await machines.service({
    principal: arn('Starter'),
    operation: 'StartExecution',
    input: {
      stateMachineArn: arnOf('states', 'stateMachine:App-Nightly'),
      name: 'n',
      input: '{}',
    },
  });
  await clock.runUntil();
  await lake.stop();
  const [execution] = ended;
  const tookMs = Date.parse(execution?.stopDate ?? '') - Date.parse(execution?.startDate ?? '');
  return { execution, tookMs, authorizer };
};

test('a state machine waits for its query and reads the results', async () => {
  const { execution, tookMs } = await ranWith(machineOf('SELECT n FROM scores', { Next: 'Read' }));

  expect(execution).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      ResultSet: { Rows: [{ Data: [{ VarCharValue: 'n' }] }, { Data: [{ VarCharValue: '1' }] }] },
    },
  });
  expect(tookMs).toBe(3000);
});

test('it gets the description of the query, with times in milliseconds', async () => {
  const { execution } = await ranWith(machineOf('SELECT n FROM scores', { End: true }));

  expect(execution?.output).toMatchObject({
    QueryExecution: {
      Query: 'SELECT n FROM scores',
      WorkGroup: 'App-Reports',
      ResultConfiguration: {
        OutputLocation: expect.stringMatching(/^s3:\/\/app-results\/queries\/.+\.csv$/),
      },
      Status: {
        State: 'SUCCEEDED',
        SubmissionDateTime: Date.parse('2026-03-02T08:05:00Z'),
        CompletionDateTime: Date.parse('2026-03-02T08:05:03Z'),
      },
    },
  });
});

test('it fails with its query, and may catch that', async () => {
  const failed = await ranWith(machineOf('SELECT x FROM scores', { End: true }));
  const caught = await ranWith(
    machineOf('SELECT x FROM scores', {
      Next: 'Read',
      Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Read', Output: {} }],
    }),
  );

  expect(failed.execution).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
  expect(JSON.parse(failed.execution?.cause ?? '')).toMatchObject({
    QueryExecution: { Status: { State: 'FAILED', AthenaError: { ErrorCategory: 2 } } },
  });
  expect(caught.execution?.cause).toContain('$states.input.QueryExecution.QueryExecutionId');
});

test('it needs the grants of the query and of the waiting', async () => {
  const index = analystGrants.findIndex(([action]) => action === 'athena:GetDataCatalog');
  const resources = machineOf('SELECT 1 AS one', { End: true }, analystGrants.toSpliced(index, 1));

  const { execution, authorizer } = await ranWith(resources);

  expect(execution).toMatchObject({ status: 'FAILED', error: 'Athena.AccessDeniedException' });
  expect(authorizer.denials).toMatchObject([{ action: 'athena:GetDataCatalog' }]);
});
