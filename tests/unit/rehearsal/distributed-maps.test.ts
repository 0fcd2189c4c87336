import { describe, expect, test } from 'vitest';
import type { ExecutionDescription } from '#rehearsal/asl/execution.ts';
import { MapRunLog } from '#rehearsal/asl/map-runs/map-run-log.ts';
import { Objects } from '#rehearsal/services/objects.ts';
import { StateMachines } from '#rehearsal/services/state-machines.ts';
import { temporaryFolder } from './booted.ts';
import { arnOf, functionOf, getAtt, type Grants, roleOf, servicesOf } from './stage.ts';

const MACHINE = arnOf('states', 'stateMachine:App-Nightly');
const BUCKET = 'arn:aws:s3:::app-box';

const grants: Grants = [
  ['lambda:InvokeFunction', getAtt('Work')],
  ['states:StartExecution', MACHINE],
  ['states:DescribeExecution', arnOf('states', 'execution:App-Nightly:*')],
  ['states:StopExecution', arnOf('states', 'execution:App-Nightly:*')],
  ['s3:GetObject', `${BUCKET}/in/*`],
  ['s3:ListBucket', BUCKET],
  ['s3:PutObject', `${BUCKET}/out/*`],
  ['s3:GetObject', `${BUCKET}/out/*`],
  ['s3:ListMultipartUploadParts', `${BUCKET}/out/*`],
  ['s3:AbortMultipartUpload', `${BUCKET}/out/*`],
];

const readObject = {
  Resource: 'arn:aws:states:::s3:getObject',
  Arguments: { Bucket: 'app-box', Key: 'in/items.jsonl' },
  ReaderConfig: { InputType: 'JSONL' },
};

const listObjects = {
  Resource: 'arn:aws:states:::s3:listObjectsV2',
  Arguments: { Bucket: 'app-box', Prefix: 'in/' },
};

const mapOf = (ItemReader: object) => ({
  Type: 'Map',
  Label: 'items',
  ItemReader,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Work',
    States: {
      Work: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: '${WorkArn}', Payload: '{% $states.input %}' },
        Output: '{% $states.result.Payload %}',
        End: true,
      },
    },
  },
  ResultWriter: {
    Resource: 'arn:aws:states:::s3:putObject',
    Arguments: { Bucket: 'app-box', Prefix: 'out' },
    WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' },
  },
  End: true,
});

const ranWith = async (given: Grants, reader: object = readObject) => {
  const services = servicesOf(
    {
      ...functionOf('Work'),
      ...roleOf('Nightly', given),
      ...roleOf('Starter', [['states:StartExecution', MACHINE]]),
      Box: { Type: 'AWS::S3::Bucket', Properties: {} },
      Nightly: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          RoleArn: getAtt('NightlyRole'),
          DefinitionString: JSON.stringify({
            QueryLanguage: 'JSONata',
            StartAt: 'Map',
            States: { Map: mapOf(reader) },
          }),
          DefinitionSubstitutions: { WorkArn: getAtt('Work') },
        },
      },
    },
    { Work: 'export const handler = ({ id }) => ({ did: id });' },
  );
  const objects = new Objects({ ...services, stateDir: temporaryFolder() });
  objects.put('app-box', 'in/items.jsonl', '{"id":1}\n{"id":2}\n');
  const ended: ExecutionDescription[] = [];
  const log = new MapRunLog();
  const machines = new StateMachines({
    ...services,
    objects,
    random: () => 0.5,
    onExecutionEnd: (execution) => ended.push(execution),
    onMapProgress: log.hear,
  });
  await machines.service({
    principal: { arn: 'arn:aws:iam::111122223333:role/App-StarterRole' },
    operation: 'StartExecution',
    input: { stateMachineArn: MACHINE, name: 'night', input: '{}' },
  });
  await services.clock.runUntil();
  return { ...services, objects, ended, log };
};

describe('a Distributed Map of the templates', () => {
  test('reads, has a function called for every item and writes what it answered', async () => {
    const { ended, objects, authorizer, log } = await ranWith(grants);

    expect(ended).toMatchObject([
      {
        name: 'night',
        status: 'SUCCEEDED',
        output: { ResultWriterDetails: { Bucket: 'app-box' } },
      },
    ]);
    const written = objects.list('app-box', 'out/').map(({ key }) => key);
    expect(written.map((key) => key.split('/').at(-1))).toEqual([
      'SUCCEEDED_0.json',
      'manifest.json',
    ]);
    expect(objects.get('app-box', written[0] ?? '')).toBe('[{"did":1},{"did":2}]');
    expect(log.ended).toMatchObject([{ status: 'SUCCEEDED', total: 2, succeeded: 2, failed: 0 }]);
    expect(authorizer.denials).toEqual([]);
  });

  const without = (action: string, resource: unknown): Grants =>
    grants.filter(([name, on]) => name !== action || on !== resource);

  test.each([
    ['states:StartExecution', MACHINE, 'States.Permissions'],
    ['states:DescribeExecution', arnOf('states', 'execution:App-Nightly:*'), 'States.Permissions'],
    ['states:StopExecution', arnOf('states', 'execution:App-Nightly:*'), 'States.Permissions'],
    ['s3:GetObject', `${BUCKET}/in/*`, 'States.ItemReaderFailed'],
    ['s3:PutObject', `${BUCKET}/out/*`, 'States.ResultWriterFailed'],
    ['s3:GetObject', `${BUCKET}/out/*`, 'States.ResultWriterFailed'],
    ['s3:ListMultipartUploadParts', `${BUCKET}/out/*`, 'States.ResultWriterFailed'],
    ['s3:AbortMultipartUpload', `${BUCKET}/out/*`, 'States.ResultWriterFailed'],
  ])('is refused without %s on %s', async (action, resource, error) => {
    const { ended, authorizer } = await ranWith(without(action, resource));

    expect(ended).toMatchObject([{ status: 'FAILED', error }]);
    expect(authorizer.denials).toMatchObject([{ principal: 'App-NightlyRole', action }]);
  });

  test('is refused a listing without s3:ListBucket', async () => {
    const { ended, authorizer } = await ranWith(without('s3:ListBucket', BUCKET), listObjects);

    expect(ended).toMatchObject([{ error: 'States.ItemReaderFailed' }]);
    expect(authorizer.denials).toMatchObject([{ action: 's3:ListBucket' }]);
  });
});
