import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { collectDraftsInput } from '#lambdas/collect-drafts/contract.ts';
import { planContentInput } from '#lambdas/plan-content/contract.ts';
import { reportContentInput, succeededLine } from '#lambdas/report-content/contract.ts';
import { createEngine } from '#rehearsal/asl/engine.ts';
import { TaskError } from '#rehearsal/asl/errors.ts';
import { loadStateMachine } from '#rehearsal/asl/load.ts';
import type { MapHost } from '#rehearsal/asl/map-runs/map-host.ts';
import type { InvokeRequest } from '#rehearsal/asl/task-runner.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { resolved } from './definitions.ts';

const START = '2026-11-18T09:30:00.000Z';
const budget = { name: 'run/spring', limit: { usd: 5, tokens: 9_000 } };
const planned = {
  run: 'spring',
  bucket: 'runs-bucket',
  key: 'runs/spring/plan.jsonl',
  resultsPrefix: 'runs/spring/results',
  concurrency: 2,
  budget,
};

/** A bucket in memory, by `<bucket>/<key>`. */
const hostOfObjects = (objects: Map<string, string>): MapHost => ({
  assertMayRun: () => undefined,
  read: (_, bucket, key) => objects.get(`${bucket}/${key}`) ?? '',
  list: () => [],
  write: (_, bucket, key, text) => {
    objects.set(`${bucket}/${key}`, text);
  },
});

const lambdaCall = z.object({ FunctionName: z.string(), Payload: z.looseObject({}) });
const drafted = z.object({ sku: z.string() });

const lineOf = (sku: string) => ({
  requestId: `spring/${sku}`,
  shop: 'hearth',
  sku,
  locales: ['en-GB'],
  category: 'Kitchen',
});

const answerOf = (sku: string) => ({
  shop: 'hearth',
  sku,
  texts: [],
  facts: [],
  calls: 1,
  inputTokens: 10,
  outputTokens: 5,
  usd: 0.1,
});

interface Options {
  readonly skus?: readonly string[];
  readonly input?: object;
  /** What a product's attempt throws, from 1. */
  readonly draft?: (sku: string, attempt: number) => string | undefined;
  readonly plan?: () => string | undefined;
  readonly failed?: number;
  /** A job of batch inference, and its states as it is asked for them. */
  readonly job?: { readonly states: readonly string[]; readonly create?: () => string | undefined };
}

const JOB = 'arn:aws:bedrock:eu-central-1:123456789012:model-invocation-job/a1b2';
const batch = {
  name: 'afterglow-0a1b',
  modelId: 'eu.amazon.nova',
  inputUri: 's3://runs-bucket/runs/spring/batch/input.jsonl',
  outputUri: 's3://runs-bucket/runs/spring/batch/output/',
};
const DRAFTS = 'runs/spring/drafts.jsonl';
const collected = { status: 'Completed', answered: 2, failed: 1, usd: 0.5 };

const run = async ({ skus = ['A', 'B', 'C'], input = {}, ...told }: Options = {}) => {
  const objects = new Map<string, string>();
  const sent: { readonly state: string; readonly payload: object }[] = [];
  const attempts = new Map<string, number>();
  const fail = (error: string | undefined): void => {
    if (error !== undefined) throw new TaskError(error, 'in its own words');
  };
  const draft = (payload: object): object => {
    const { sku } = drafted.parse(payload);
    const attempt = (attempts.get(sku) ?? 0) + 1;
    attempts.set(sku, attempt);
    fail(told.draft?.(sku, attempt));
    return answerOf(sku);
  };
  const plan = (): object => {
    fail(told.plan?.());
    const records = told.job === undefined ? {} : { records: ['r1'] };
    const lines = skus.map((sku) => `${JSON.stringify({ ...lineOf(sku), ...records })}\n`).join('');
    objects.set(`${planned.bucket}/${planned.key}`, lines);
    return { ...planned, planned: skus.length, ...(told.job === undefined ? {} : { batch }) };
  };
  const collect = (): object => {
    const answers = [{ recordId: 'r1', output: {} }];
    const lines = skus.map((sku) => `${JSON.stringify({ ...lineOf(sku), answers })}\n`);
    objects.set(`${planned.bucket}/${DRAFTS}`, lines.join(''));
    return { key: DRAFTS, batch: collected };
  };
  const report = (): object => ({ planned: skus.length, failed: told.failed ?? 0, page: 'page' });
  const answers: Readonly<Record<string, (payload: object) => object>> = {
    PlanContent: plan,
    CollectDrafts: collect,
    DraftContent: draft,
    ReportContent: report,
  };
  const asked: InvokeRequest[] = [];
  const jobStates = [...(told.job?.states ?? [])];
  const ofJob = (request: InvokeRequest): object => {
    asked.push(request);
    if (!request.resource.endsWith(':createModelInvocationJob'))
      return { Status: jobStates.shift(), Message: 'in its own words' };
    fail(told.job?.create?.());
    return { JobArn: JOB };
  };
  const invoke = async (request: InvokeRequest): Promise<unknown> => {
    const { stateName, arguments: given, resource } = request;
    if (resource.includes(':aws-sdk:bedrock:')) return ofJob(request);
    const call = lambdaCall.safeParse(given).data;
    if (call === undefined) return { QueryExecution: { QueryExecutionId: `${stateName}-id` } };
    sent.push({ state: stateName, payload: call.Payload });
    return { StatusCode: 200, Payload: answers[stateName]?.(call.Payload) };
  };
  const clock = new VirtualClock(Date.parse(START));
  const engine = createEngine({
    clock,
    invoke,
    mapHost: hostOfObjects(objects),
    random: () => 0.5,
  });
  const { executionArn } = engine.startExecution({
    stateMachine: loadStateMachine(resolved('roll-out-content')),
    stateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:RollOut',
    name: 'spring',
    input,
  });
  await clock.runUntil();
  return {
    ended: engine.describe(executionArn),
    took: clock.now() - Date.parse(START),
    objects,
    asked,
    sentTo: (state: string) => sent.flatMap((each) => (each.state === state ? [each.payload] : [])),
    results: [...objects]
      .filter(([path]) => path.includes('/SUCCEEDED_'))
      .flatMap(([, text]) => text.trim().split('\n'))
      .map((text) => succeededLine.parse(JSON.parse(text))),
  };
};

describe('a roll-out', () => {
  test('is planned by its own name, by what sells, and as it was started', async () => {
    const { sentTo } = await run({ input: { shops: ['hearth'] } });

    expect(sentTo('PlanContent').map((input) => planContentInput.parse(input))).toEqual([
      { run: 'spring', queryId: 'QuerySales-id', input: { shops: ['hearth'] } },
    ]);
  });

  test('drafts each product of the plan from its budget, and keeps the category for the report', async () => {
    const { sentTo, results, ended } = await run();

    const { category: _, ...line } = lineOf('A');
    expect(sentTo('DraftContent')).toHaveLength(3);
    expect(sentTo('DraftContent')[0]).toEqual({ ...line, budget });
    expect(results).toMatchObject(
      ['A', 'B', 'C'].map((sku) => ({ kind: 'answered', sku, category: 'Kitchen', usd: 0.1 })),
    );
    expect(ended.status).toBe('SUCCEEDED');
  });

  test('reports from the manifest of the results, by the orders of the last month', async () => {
    const { sentTo, objects, ended } = await run();

    const [input] = sentTo('ReportContent').map((each) => reportContentInput.parse(each));
    expect(input).toMatchObject({ run: 'spring', queryId: 'QueryOrders-id' });
    expect(input?.manifest).toMatch(/^runs\/spring\/results\/.+\/manifest\.json$/);
    expect(objects.has(`${planned.bucket}/${input?.manifest}`)).toBe(true);
    expect(ended.output).toEqual({ planned: 3, failed: 0, page: 'page' });
  });

  test('reports alone where nothing is planned', async () => {
    const { sentTo, ended } = await run({ skus: [] });

    expect(sentTo('DraftContent')).toEqual([]);
    expect(sentTo('ReportContent')).toEqual([{ run: 'spring', queryId: 'QueryOrders-id' }]);
    expect(ended.status).toBe('SUCCEEDED');
  });

  test('that was started with what it does not know fails at once', async () => {
    const { sentTo, ended } = await run({ plan: () => 'InvalidRollOut' });

    expect(sentTo('PlanContent')).toHaveLength(1);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'InvalidRollOut' });
  });
});

describe('a roll-out by batch inference', () => {
  test('creates the job of the plan, by a name that makes another request no other job', async () => {
    const { asked } = await run({ job: { states: ['Completed'] } });

    expect(asked[0]?.arguments).toEqual({
      ClientRequestToken: batch.name,
      JobName: batch.name,
      ModelId: batch.modelId,
      ModelInvocationType: 'Converse',
      RoleArn: expect.stringContaining('BatchRoleArn'),
      InputDataConfig: {
        S3InputDataConfig: { S3InputFormat: 'JSONL', S3Uri: batch.inputUri },
      },
      OutputDataConfig: { S3OutputDataConfig: { S3Uri: batch.outputUri } },
    });
  });

  test('asks every five minutes until it is done, and drafts by what was answered', async () => {
    const states = ['Submitted', 'Validating', 'Scheduled', 'InProgress', 'Completed'];

    const { asked, took, sentTo, ended } = await run({ job: { states } });

    const { category: _, ...line } = lineOf('A');
    expect(asked.slice(1).map((each) => each.arguments)).toEqual(
      states.map(() => ({ JobIdentifier: JOB })),
    );
    expect(took).toBe(states.length * 300_000);
    expect(sentTo('CollectDrafts').map((input) => collectDraftsInput.parse(input))).toEqual([
      { run: 'spring', jobArn: JOB, status: 'Completed' },
    ]);
    expect(sentTo('DraftContent')[0]).toEqual({
      ...line,
      budget,
      answers: [{ recordId: 'r1', output: {} }],
    });
    expect(sentTo('ReportContent').map((input) => reportContentInput.parse(input))).toMatchObject([
      { run: 'spring', batch: collected },
    ]);
    expect(ended.status).toBe('SUCCEEDED');
  });

  test('takes what a job has answered that was not done with all', async () => {
    const { sentTo } = await run({ job: { states: ['PartiallyCompleted'] } });

    expect(sentTo('CollectDrafts')).toMatchObject([{ status: 'PartiallyCompleted' }]);
  });

  test.each(['Failed', 'Stopped', 'Expired'])(
    'drafts by calls when its job is %s, and says so',
    async (status) => {
      const { sentTo, ended } = await run({ job: { states: ['InProgress', status] } });

      const { category: _, ...line } = lineOf('A');
      expect(sentTo('CollectDrafts')).toEqual([]);
      expect(sentTo('DraftContent')[0]).toEqual({ ...line, budget });
      expect(sentTo('ReportContent')).toMatchObject([
        { batch: { status, message: 'in its own words' } },
      ]);
      expect(ended.status).toBe('SUCCEEDED');
    },
  );

  test('drafts by calls when there is to be no job, tried four times', async () => {
    const create = () => 'Bedrock.ValidationException';

    const { asked, sentTo } = await run({ job: { states: [], create } });

    expect(asked).toHaveLength(4);
    expect(sentTo('DraftContent')).toHaveLength(3);
    expect(sentTo('ReportContent')).toMatchObject([
      {
        batch: {
          status: 'NotCreated',
          message: 'Bedrock.ValidationException in its own words',
        },
      },
    ]);
  });

  test('creates none where nothing is planned', async () => {
    expect((await run({ skus: [], job: { states: [] } })).asked).toEqual([]);
  });
});

describe('a product', () => {
  test('waits while the model has no room, longer and longer', async () => {
    const { results, took } = await run({
      skus: ['A'],
      draft: (_, attempt) => (attempt <= 6 ? 'ThrottlingException' : undefined),
    });

    expect(results).toMatchObject([{ kind: 'answered', sku: 'A' }]);
    // Half of 5 + 10 + 20 + 40 + 80 + 160 seconds: the jitter's draw is a half.
    expect(took).toBeGreaterThanOrEqual(157_000);
  });

  test('that cannot be drafted says why, and the others are drafted', async () => {
    const { results, sentTo, ended } = await run({
      draft: (sku) => (sku === 'B' ? 'AccessDeniedException' : undefined),
    });

    expect(results).toEqual([
      expect.objectContaining({ kind: 'answered', sku: 'A' }),
      {
        kind: 'failed',
        shop: 'hearth',
        sku: 'B',
        category: 'Kitchen',
        error: 'AccessDeniedException',
        cause: 'in its own words',
      },
      expect.objectContaining({ kind: 'answered', sku: 'C' }),
    ]);
    expect(sentTo('DraftContent')).toHaveLength(3);
    expect(ended.status).toBe('SUCCEEDED');
  });

  test('is tried three times for what nobody foresaw', async () => {
    const { sentTo } = await run({ skus: ['A'], draft: () => 'Lambda.Unknown' });

    expect(sentTo('DraftContent')).toHaveLength(3);
  });
});

describe('a roll-out of which most products failed', () => {
  test('fails once it is reported, so that its alarm rings', async () => {
    const { ended, sentTo } = await run({ failed: 2 });

    expect(sentTo('ReportContent')).toHaveLength(1);
    expect(ended).toMatchObject({
      status: 'FAILED',
      error: 'MostProductsFailed',
      cause: '2 of 3 products failed: page says why',
    });
  });

  test('is one of which more than half did', async () => {
    expect((await run({ skus: ['A', 'B'], failed: 1 })).ended.status).toBe('SUCCEEDED');
  });
});
