import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import type { Bedrock } from './bedrock.ts';
import { assertMayInvoke } from './bedrock-access.ts';
import { Buckets } from './buckets.ts';
import { inBackground } from './in-background.ts';
import type { Objects } from './objects.ts';
import type { Integrations } from './state-machines.ts';

export interface BedrockJobsOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly bedrock: Pick<Bedrock, 'answerRecord'>;
  readonly objects: Objects;
}

/** How long any job takes: AWS says a day at most, and how full its regions are decides. */
const JOB_MS = 3_600_000;

/** The quota "Minimum number of records per batch inference job", as it is of most models. */
const LEAST_RECORDS = 100;

const s3Uri = z.string().regex(/^s3:\/\/[^/]+\/.+/, 's3://<bucket>/<key>');

/** API reference, CreateModelInvocationJob; in a state machine its names begin with capitals. */
const jobInput = z.object({
  JobName: z.string().regex(/^[a-zA-Z0-9]{1,63}(-*[a-zA-Z0-9+\-.]){0,63}$/),
  ClientRequestToken: z
    .string()
    .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/)
    .max(256)
    .optional(),
  ModelId: z.string().min(1),
  ModelInvocationType: z.literal('Converse'),
  RoleArn: z.string().regex(/^arn:/),
  InputDataConfig: z.object({
    S3InputDataConfig: z.object({
      S3InputFormat: z.literal('JSONL').optional(),
      S3Uri: s3Uri.endsWith('.jsonl'),
    }),
  }),
  OutputDataConfig: z.object({ S3OutputDataConfig: z.object({ S3Uri: s3Uri.endsWith('/') }) }),
});

const record = z.object({
  recordId: z.string().regex(/^[a-zA-Z0-9]+$/),
  modelInput: z.record(z.string(), z.unknown()),
});

interface Job {
  readonly arn: string;
  readonly asked: z.output<typeof jobInput>;
  status: 'InProgress' | 'Completed' | 'Failed';
  message?: string;
}

/** Jobs of batch inference: their records are answered by the stand-in, an hour after they were created. */
export class BedrockJobs {
  readonly #options: BedrockJobsOptions;
  readonly #buckets: Buckets;
  readonly #jobs = new Map<string, Job>();
  /** ARNs of the jobs that each token has created. */
  readonly #tokens = new Map<string, string>();

  constructor(options: BedrockJobsOptions) {
    this.#options = options;
    this.#buckets = new Buckets(options.cloud, options.authorizer);
  }

  /** What state machines ask of it. */
  get integrations(): Integrations {
    const resource = 'arn:aws:states:::aws-sdk:bedrock:';
    return {
      [`${resource}createModelInvocationJob`]: async (principal, input) =>
        this.#create(principal, input),
      [`${resource}getModelInvocationJob`]: async (principal, input) => this.#get(principal, input),
    };
  }

  #create(principal: Principal, input: Readonly<Record<string, unknown>>): object {
    const { authorizer, clock } = this.#options;
    const { data: asked, error } = jobInput.safeParse(input);
    if (asked === undefined) throw new AwsError('ValidationException', z.prettifyError(error));
    const arn = this.#arnOf(asked.JobName);
    const action = 'bedrock:CreateModelInvocationJob';
    assertMayInvoke(this.#options, principal, asked.ModelId, action);
    authorizer.assert({ principal, action, resource: arn });
    authorizer.assert({
      principal,
      action: 'iam:PassRole',
      resource: asked.RoleArn,
      context: { 'iam:PassedToService': 'bedrock.amazonaws.com' },
    });
    const known = this.#tokens.get(asked.ClientRequestToken ?? '');
    if (known !== undefined) return { JobArn: known };
    this.#assertMayAssume(asked.RoleArn, arn);
    const job: Job = { arn, asked, status: 'InProgress' };
    this.#jobs.set(arn, job);
    this.#tokens.set(asked.ClientRequestToken ?? arn, arn);
    clock.at(clock.now() + JOB_MS, () => inBackground(clock, () => this.#work(job)));
    return { JobArn: arn };
  }

  #get(principal: Principal, { JobIdentifier }: Readonly<Record<string, unknown>>): object {
    const resource = String(JobIdentifier);
    const action = 'bedrock:GetModelInvocationJob';
    this.#options.authorizer.assert({ principal, action, resource });
    const job = this.#jobs.get(resource);
    if (job === undefined)
      throw new AwsError('ResourceNotFoundException', `Could not find job ${resource}`);
    const { arn, asked, status, message } = job;
    return {
      JobArn: arn,
      JobName: asked.JobName,
      ModelId: asked.ModelId,
      RoleArn: asked.RoleArn,
      InputDataConfig: asked.InputDataConfig,
      OutputDataConfig: asked.OutputDataConfig,
      Status: status,
      ...(message === undefined ? {} : { Message: message }),
    };
  }

  #arnOf(name: string): string {
    const { region, account } = this.#options.cloud;
    const id = createHash('sha256').update(name).digest('hex').slice(0, 12);
    return `arn:aws:bedrock:${region}:${account}:model-invocation-job/${id}`;
  }

  #assertMayAssume(roleArn: string, jobArn: string): void {
    const { authorizer, cloud } = this.#options;
    const context = { 'aws:SourceAccount': cloud.account, 'aws:SourceArn': jobArn };
    const bedrock = { service: 'bedrock.amazonaws.com' };
    if (!authorizer.mayAssume(bedrock, roleArn, context))
      throw new AwsError(
        'ValidationException',
        `Bedrock may not assume ${roleArn}: its trust policy has to let it`,
      );
  }

  /** User guide, "View the results of a batch inference job". */
  async #work(job: Job): Promise<void> {
    const { objects } = this.#options;
    const { RoleArn, InputDataConfig, OutputDataConfig } = job.asked;
    const by = { arn: RoleArn };
    const input = placeOf(InputDataConfig.S3InputDataConfig.S3Uri);
    this.#buckets.assertList(by, input.bucket);
    const lines = objects.readAs(by, input.bucket, input.key).split('\n').filter(Boolean);
    if (lines.length < LEAST_RECORDS) {
      job.status = 'Failed';
      job.message = `The input has ${lines.length} records; the least is ${LEAST_RECORDS}.`;
      return;
    }
    const answers: string[] = [];
    // The order of the output is not that of the input.
    for (const line of lines.toReversed()) answers.push(await this.#answered(job, line));
    const output = placeOf(OutputDataConfig.S3OutputDataConfig.S3Uri);
    const folder = `${output.key}${job.arn.split('/').at(-1)}`;
    const put = (name: string, text: string): void =>
      objects.writeAs(by, output.bucket, `${folder}/${name}`, text);
    put(`${input.key.split('/').at(-1)}.out`, `${answers.join('\n')}\n`);
    put('manifest.json.out', JSON.stringify(countsOf(answers)));
    job.status = 'Completed';
  }

  /** What the service refuses is an error of the record; what a policy refuses ends the rehearsal. */
  async #answered({ asked }: Job, line: string): Promise<string> {
    const { recordId, modelInput } = record.parse(JSON.parse(line));
    const call = { ...modelInput, modelId: asked.ModelId };
    try {
      const modelOutput = await this.#options.bedrock.answerRecord({ arn: asked.RoleArn }, call);
      return JSON.stringify({ recordId, modelInput, modelOutput });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code === 'AccessDeniedException') throw error;
      const { status: errorCode = 400, message: errorMessage } = error;
      return JSON.stringify({ recordId, modelInput, error: { errorCode, errorMessage } });
    }
  }
}

const placeOf = (uri: string): { readonly bucket: string; readonly key: string } => {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return { bucket, key };
};

const answeredLine = z.object({
  modelOutput: z
    .object({ usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }) })
    .optional(),
});

const countsOf = (answers: readonly string[]): object => {
  const outputs = answers.flatMap(
    (line) => answeredLine.parse(JSON.parse(line)).modelOutput?.usage ?? [],
  );
  return {
    totalRecordCount: answers.length,
    processedRecordCount: answers.length,
    successRecordCount: outputs.length,
    errorRecordCount: answers.length - outputs.length,
    inputTokenCount: outputs.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    outputTokenCount: outputs.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
  };
};
