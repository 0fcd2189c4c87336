import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { converseInputs } from '#core/adapters/bedrock-drafter.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import { Bedrock } from '#rehearsal/services/bedrock.ts';
import { BedrockJobs } from '#rehearsal/services/bedrock-jobs.ts';
import type { ModelFaultShares } from '#rehearsal/bedrock/model-faults.ts';
import { Objects } from '#rehearsal/services/objects.ts';
import { temporaryFolder } from '../rehearsal/booted.ts';
import {
  ACCOUNT,
  arnOf,
  awsErrorOf,
  cloudOf,
  type Grants,
  REGION,
  roleOf,
  START_MS,
} from '../rehearsal/stage.ts';
import { grantsOfModel, linen, MODEL_ID } from './bedrock-stage.ts';

const HOUR_MS = 3_600_000;
const BUCKET = 'app-runs';
const anyObject = `arn:aws:s3:::${BUCKET}/*`;
const ANY_JOB = arnOf('bedrock', 'model-invocation-job/*');
const workerArn = `arn:aws:iam::${ACCOUNT}:role/App-WorkerRole`;
const creator = { arn: `arn:aws:iam::${ACCOUNT}:role/App-CreatorRole` };

const creatorGrants: Grants = [
  ...grantsOfModel.map(([, resource]) => ['bedrock:CreateModelInvocationJob', resource] as const),
  ['bedrock:CreateModelInvocationJob', ANY_JOB],
  ['bedrock:GetModelInvocationJob', ANY_JOB],
  ['iam:PassRole', workerArn],
];
const workerGrants: Grants = [
  ...grantsOfModel,
  ['s3:ListBucket', `arn:aws:s3:::${BUCKET}`],
  ['s3:GetObject', anyObject],
  ['s3:PutObject', anyObject],
];

const without = (grants: Grants, action: string): Grants =>
  grants.filter(([each]) => each !== action);

const inputOf = converseInputs({
  model: {
    key: 'nova',
    modelId: MODEL_ID,
    inputUsdPerMillion: 1,
    outputUsdPerMillion: 1,
    output: 'tool',
    maxTokens: 2_000,
    timeoutSeconds: 30,
    foundationModelArns: [],
  },
  prompt: { version: 'v1', text: 'Write.' },
  schema: { type: 'object' },
});

const recordsOf = (count: number): string =>
  Array.from({ length: count }, (_, at) => {
    const { modelId: _id, ...modelInput } = inputOf({ ...linen, tone: `Calm ${at}.` });
    return `${JSON.stringify({ recordId: `r${at}`, modelInput })}\n`;
  }).join('');

interface Options {
  readonly records?: number;
  readonly creator?: Grants;
  readonly worker?: Grants;
  readonly trusted?: string;
  readonly faults?: ModelFaultShares;
}

const stage = (options: Options = {}) => {
  const { records = 100, trusted = 'bedrock.amazonaws.com' } = options;
  const worker = roleOf('Worker', options.worker ?? workerGrants);
  const statement = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: trusted },
    Condition: { ArnLike: { 'aws:SourceArn': ANY_JOB } },
  };
  const cloud = cloudOf({
    ...roleOf('Creator', options.creator ?? creatorGrants),
    ...worker,
    WorkerRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [statement] },
      },
    },
    Runs: { Type: 'AWS::S3::Bucket', Properties: {} },
  });
  const clock = new VirtualClock(START_MS);
  const authorizer = new Authorizer(cloud);
  const bucket = cloud.ofType('AWS::S3::Bucket')[0]?.ref ?? '';
  const objects = new Objects({ cloud, clock, authorizer, stateDir: temporaryFolder() });
  const bedrock = new Bedrock({ cloud, authorizer, seed: 'jobs', faults: options.faults });
  const jobs = new BedrockJobs({ cloud, clock, authorizer, bedrock, objects }).integrations;
  objects.put(bucket, 'runs/input.jsonl', recordsOf(records));
  const call = (operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> =>
    jobs[`arn:aws:states:::aws-sdk:bedrock:${operation}ModelInvocationJob`]?.(creator, input) ??
    Promise.reject(new Error(`there is no ${operation}`));
  const create = (change: object = {}) =>
    call('create', {
      JobName: 'afterglow-1',
      ClientRequestToken: 'afterglow-1',
      ModelId: MODEL_ID,
      ModelInvocationType: 'Converse',
      RoleArn: workerArn,
      InputDataConfig: { S3InputDataConfig: { S3Uri: `s3://${bucket}/runs/input.jsonl` } },
      OutputDataConfig: { S3OutputDataConfig: { S3Uri: `s3://${bucket}/runs/output/` } },
      ...change,
    }).then((answer) => z.object({ JobArn: z.string() }).parse(answer).JobArn);
  const get = (arn: string) => call('get', { JobIdentifier: arn });
  const outputs = (arn: string, name: string): string =>
    objects.get(bucket, `runs/output/${arn.split('/').at(-1)}/${name}`) ?? '';
  return { clock, authorizer, bucket, create, get, outputs };
};

const outputLine = z.looseObject({ recordId: z.string() });

describe('a job', () => {
  test('is under way for an hour, and then every record is answered, in another order', async () => {
    const { clock, create, get, outputs } = stage();
    const arn = await create();

    await clock.runUntil(START_MS + HOUR_MS - 1);
    expect(await get(arn)).toMatchObject({ JobArn: arn, Status: 'InProgress' });
    await clock.runUntil(START_MS + HOUR_MS);

    expect(await get(arn)).toMatchObject({ Status: 'Completed' });
    const lines = outputs(arn, 'input.jsonl.out').trim().split('\n');
    const read = lines.map((line) => outputLine.parse(JSON.parse(line)));
    expect(new Set(read.map(({ recordId }) => recordId)).size).toBe(100);
    expect(read[0]).toMatchObject({
      recordId: 'r99',
      modelInput: {},
      modelOutput: { stopReason: 'tool_use' },
    });
    expect(JSON.parse(outputs(arn, 'manifest.json.out'))).toMatchObject({
      totalRecordCount: 100,
      successRecordCount: 100,
      errorRecordCount: 0,
    });
  });

  test('has an error for each record that the service does not answer', async () => {
    const { clock, create, outputs } = stage({ faults: { unavailable: 0.3 } });
    const arn = await create();
    await clock.runUntil();

    const errors = outputs(arn, 'input.jsonl.out')
      .trim()
      .split('\n')
      .flatMap((line) => outputLine.parse(JSON.parse(line))['error'] ?? []);

    expect(errors.length).toBeGreaterThan(10);
    expect(errors.length).toBeLessThan(60);
    expect(errors[0]).toEqual({
      errorCode: 503,
      errorMessage: 'Bedrock is unable to process your request.',
    });
  });

  test('fails with fewer than a hundred records', async () => {
    const { clock, create, get } = stage({ records: 99 });
    const arn = await create();
    await clock.runUntil();

    expect(await get(arn)).toMatchObject({
      Status: 'Failed',
      Message: 'The input has 99 records; the least is 100.',
    });
  });

  test('is one for requests of the same token', async () => {
    const { create } = stage();

    expect(await create()).toBe(await create());
    expect(await create({ JobName: 'b', ClientRequestToken: 'b' })).not.toBe(await create());
  });

  test('is not created by what is no request, nor asked for where there is none', async () => {
    const { create, get } = stage();

    expect(await awsErrorOf(() => create({ JobName: 'a job' }))).toMatch(
      /^ValidationException: .*JobName/s,
    );
    expect(await awsErrorOf(() => get(ANY_JOB.replace('*', 'none')))).toMatch(
      /^ResourceNotFoundException/,
    );
  });
});

describe('a job needs', () => {
  test.each(['bedrock:CreateModelInvocationJob', 'iam:PassRole'])(
    '%s of who creates it',
    async (action) => {
      const { create, authorizer } = stage({ creator: without(creatorGrants, action) });

      expect(await awsErrorOf(create)).toMatch(/^AccessDeniedException/);
      expect(authorizer.denials).toMatchObject([{ principal: 'App-CreatorRole', action }]);
    },
  );

  test.each(['s3:ListBucket', 's3:GetObject', 's3:PutObject', 'bedrock:InvokeModel'])(
    '%s of the role that does it',
    async (action) => {
      const { clock, create, authorizer } = stage({ worker: without(workerGrants, action) });
      await create();
      await clock.runUntil();

      expect(authorizer.denials).toMatchObject([{ principal: 'App-WorkerRole', action }]);
    },
  );

  test('a role that lets Bedrock take it on', async () => {
    const { create } = stage({ trusted: 'lambda.amazonaws.com' });

    expect(await awsErrorOf(create)).toMatch(/^ValidationException: Bedrock may not assume/);
  });

  test('that its state may be asked for', async () => {
    const { create, get } = stage({
      creator: without(creatorGrants, 'bedrock:GetModelInvocationJob'),
    });
    const arn = await create();

    expect(await awsErrorOf(() => get(arn))).toMatch(/^AccessDeniedException/);
  });
});

test('jobs are of the account and region of the stacks', async () => {
  expect(await stage().create()).toMatch(
    new RegExp(`^arn:aws:bedrock:${REGION}:${ACCOUNT}:model-invocation-job/\\w{12}$`),
  );
});
