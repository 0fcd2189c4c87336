import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import config from '#config';
import { ContentRollOut } from '#lib/constructs/content-roll-out.ts';
import { DataStack } from '#lib/stacks/data-stack.ts';
import { IngestionStack } from '#lib/stacks/ingestion-stack.ts';
import { InsightStack } from '#lib/stacks/insight-stack.ts';
import { LakeStack } from '#lib/stacks/lake-stack.ts';
import { readAssembly } from '#rehearsal/assembly/assembly.ts';
import { type Resource, resolveCloud } from '#rehearsal/assembly/cloud.ts';
import type { RequestContext } from '#rehearsal/iam/condition.ts';
import { evaluate, listGrants } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy } from '#rehearsal/iam/policy.ts';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import cdk from '../../cdk.json' with { type: 'json' };
import { constructOf, standInBundles, temporaryFolder } from './synthesized.ts';

const MODEL = 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova';
const JOB = 'arn:aws:bedrock:eu-central-1:000000000000:model-invocation-job/a1';

/** The roll-out in a stack of its own, with the checks that the app has. */
const synthesizedRollOut = () => {
  const { dev: stage } = config.stages;
  if (stage === undefined) throw new Error('there is no stage dev');
  const outdir = temporaryFolder();
  const app = new App({ context: cdk.context, outdir });
  const context = { stage: 'dev', config: stage, bundles: standInBundles(temporaryFolder()) };
  const env = { region: stage.region };
  const data = new DataStack(app, 'Data', context, { env });
  const ingestion = new IngestionStack(app, 'Ingestion', context, data, { env });
  const lake = new LakeStack(app, 'Lake', context, { env, data, ingestion });
  const insight = new InsightStack(app, 'Insight', context, { env, data, lake, config });
  const stack = new Stack(app, 'Content', { env });
  const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
  const draft = new Function(stack, 'DraftContent', {
    role: new Role(stack, 'DraftContentRole', { assumedBy }),
    code: Code.fromInline('export const handler = () => 1'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
  });
  const models = [MODEL];
  new ContentRollOut(stack, 'RollOut', { context, data, lake, insight, draft, models });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
  return resolveCloud(readAssembly(outdir), 'https://aws.example');
};

const cloud = synthesizedRollOut();
const ofContent = (type: string) => cloud.ofType(type).filter(({ stack }) => stack === 'Content');
const find = (type: string, name: string): Resource => {
  const found = ofContent(type).find((each) => constructOf(each) === name);
  if (found === undefined)
    throw new Error(`no ${type} ${name} among ${ofContent(type).map(constructOf).join(', ')}`);
  return found;
};

const bucket = find('AWS::S3::Bucket', 'RollOutRuns');
const machine = find('AWS::StepFunctions::StateMachine', 'RollOutMachine');

const policiesOf = (role: string) =>
  ofContent('AWS::IAM::Policy')
    .filter(({ properties }) =>
      Object(properties['Roles']).includes(find('AWS::IAM::Role', role).name),
    )
    .map(({ logicalId, properties }) =>
      readIdentityPolicy(logicalId, properties['PolicyDocument']),
    );

const may = (
  role: string,
  action: string,
  resource: string,
  context: RequestContext = {},
): boolean =>
  evaluate({
    identityPolicies: policiesOf(role),
    resourcePolicies: [],
    request: {
      principal: { arn: find('AWS::IAM::Role', role).arn },
      action,
      resource,
      context,
    },
  }).allowed;

const grantsOf = (role: string, service: string): readonly string[] =>
  listGrants(policiesOf(role))
    .filter(({ action }) => action.startsWith(`${service}:`))
    .map(({ action, resource }) => `${action} ${resource.split(/[:/]/).at(-1) ?? ''}`)
    .toSorted();

describe('the bucket of the runs', () => {
  test('is closed to the world, encrypted, and forgets a run after 400 days', () => {
    expect(bucket.properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: {
        Rules: [
          { ExpirationInDays: 400, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
        ],
      },
    });
    expect(JSON.stringify(bucket.properties['BucketEncryption'])).toContain(
      cloud.ofType('AWS::KMS::Key')[0]?.arn,
    );
  });
});

describe('the machine', () => {
  const executions = machine.arn.replace(':stateMachine:', ':execution:');
  const role = 'RollOutMachineRole';

  test.each([
    ['states:StartExecution', machine.arn],
    ['states:DescribeExecution', `${executions}:spring`],
    ['states:StopExecution', `${executions}/DraftProducts:0a1b`],
    ['states:RedriveExecution', `${executions}/DraftProducts:0a1b`],
    ['s3:GetObject', `${bucket.arn}/runs/spring/plan.jsonl`],
    ['s3:PutObject', `${bucket.arn}/runs/spring/results/1/SUCCEEDED_0.jsonl`],
    ['s3:ListMultipartUploadParts', `${bucket.arn}/runs/spring/results/1/SUCCEEDED_0.jsonl`],
    ['s3:AbortMultipartUpload', `${bucket.arn}/runs/spring/results/1/SUCCEEDED_0.jsonl`],
    ...['RollOutPlanContent', 'RollOutCollectDrafts', 'DraftContent', 'RollOutReportContent'].map(
      (name) => ['lambda:InvokeFunction', find('AWS::Lambda::Function', name).arn],
    ),
  ])('may %s on %s', (action = '', resource = '') => {
    expect(may(role, action, resource)).toBe(true);
  });

  test('may touch no other machine, and nothing of the bucket but runs', () => {
    expect(may(role, 'states:StartExecution', `${machine.arn}2`)).toBe(false);
    expect(may(role, 'states:StopExecution', `${executions}2:spring`)).toBe(false);
    expect(may(role, 's3:PutObject', `${bucket.arn}/elsewhere`)).toBe(false);
  });

  test('has a definition whose map is named as its grants name it', () => {
    const text = readFileSync('state-machines/roll-out-content.asl.json', 'utf8');

    expect(JSON.parse(text).States.DraftProducts.Label).toBe('DraftProducts');
  });

  test('has every statement in one line that stands in JSON as it is', () => {
    const { SalesSql, OrdersSql } = Object(machine.properties['DefinitionSubstitutions']);

    for (const sql of [SalesSql, OrdersSql]) expect(JSON.parse(`"${sql}"`)).toBe(sql);
  });
});

describe('a job of batch inference', () => {
  const role = 'RollOutBatchRole';
  const input = `${bucket.arn}/runs/spring/batch/input.jsonl`;
  const output = `${bucket.arn}/runs/spring/batch/output/a1/input.jsonl.out`;

  test('is created by the machine, by the model in use, and done by a role that it may pass to Bedrock alone', () => {
    const passed = (service: string): boolean =>
      may('RollOutMachineRole', 'iam:PassRole', find('AWS::IAM::Role', role).arn, {
        'iam:PassedToService': service,
      });

    expect(may('RollOutMachineRole', 'bedrock:CreateModelInvocationJob', MODEL)).toBe(true);
    expect(may('RollOutMachineRole', 'bedrock:CreateModelInvocationJob', JOB)).toBe(true);
    expect(may('RollOutMachineRole', 'bedrock:GetModelInvocationJob', JOB)).toBe(true);
    expect(may('RollOutMachineRole', 'bedrock:CreateModelInvocationJob', `${MODEL}-2`)).toBe(false);
    expect(passed('bedrock.amazonaws.com')).toBe(true);
    expect(passed('lambda.amazonaws.com')).toBe(false);
  });

  test('reads and writes runs, and calls the model in use', () => {
    expect(may(role, 's3:ListBucket', bucket.arn)).toBe(true);
    expect(may(role, 's3:GetObject', input)).toBe(true);
    expect(may(role, 's3:PutObject', output)).toBe(true);
    expect(may(role, 's3:PutObject', `${bucket.arn}/elsewhere`)).toBe(false);
    expect(may(role, 'bedrock:InvokeModel', MODEL)).toBe(true);
  });

  test('is one of this account: for no other does Bedrock get the role', () => {
    const authorizer = new Authorizer(cloud);
    const { arn } = find('AWS::IAM::Role', role);
    const mayBedrock = (account: string, source: string): boolean =>
      authorizer.mayAssume({ service: 'bedrock.amazonaws.com' }, arn, {
        'aws:SourceAccount': account,
        'aws:SourceArn': source,
      });

    expect(mayBedrock(cloud.account, JOB)).toBe(true);
    expect(mayBedrock('111122223333', JOB)).toBe(false);
    expect(mayBedrock(cloud.account, JOB.replace('model-invocation-job', 'agent'))).toBe(false);
  });
});

describe('a function of the roll-out', () => {
  test.each([
    ['RollOutPlanContent', 2048],
    ['RollOutCollectDrafts', 1024],
    ['RollOutReportContent', 1024],
  ])('%s has a quarter of an hour and %i MB', (name, memoryMb) => {
    expect(find('AWS::Lambda::Function', name).properties).toMatchObject({
      Timeout: 900,
      MemorySize: memoryMb,
    });
  });

  test('may do to tables what it has to and no more', () => {
    const tableOf = (name: string): string =>
      cloud.ofType('AWS::DynamoDB::GlobalTable').find((each) => constructOf(each) === name)?.name ??
      '';
    const catalogue = tableOf('Catalogue');
    const content = tableOf('Content');
    const counters = tableOf('Counters');

    expect(grantsOf('RollOutPlanContentRole', 'dynamodb')).toEqual(
      [
        `dynamodb:BatchGetItem ${catalogue}`,
        `dynamodb:Scan ${catalogue}`,
        `dynamodb:BatchGetItem ${content}`,
      ].toSorted(),
    );
    expect(grantsOf('RollOutReportContentRole', 'dynamodb')).toEqual(
      [
        `dynamodb:BatchGetItem ${catalogue}`,
        `dynamodb:BatchGetItem ${content}`,
        `dynamodb:GetItem ${counters}`,
      ].toSorted(),
    );
  });
});

test('a run that fails rings, and the runbook says what to do', () => {
  const { AlarmDescription, Dimensions } = find(
    'AWS::CloudWatch::Alarm',
    'RollOutFailedAlarm',
  ).properties;
  const [, heading = ''] =
    /Runbook: docs\/runbook\.md, "(.+)"/.exec(String(AlarmDescription)) ?? [];

  expect(Dimensions).toEqual([{ Name: 'StateMachineArn', Value: machine.arn }]);
  expect(readFileSync('docs/runbook.md', 'utf8')).toContain(`\n## ${heading}\n`);
});
