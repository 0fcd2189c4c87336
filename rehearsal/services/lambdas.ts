import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { Meter } from '../cost/meter.ts';
import type { Authorizer } from './authorizer.ts';

export type Invocation =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace: readonly string[];
    };

interface Sandbox {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  readonly pending: Map<number, (answer: Invocation) => void>;
}

export interface LambdasOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  /** Folder of each asset, by object key. */
  readonly assets: ReadonlyMap<string, string>;
  readonly endpoint: string;
  readonly logDir: string;
  /** @default nothing is counted but what is public here */
  readonly meter?: Meter | undefined;
}

/** A sandbox that ends in an invocation fails it; the next invocation gets a new one. */
const exited: Invocation = {
  ok: false,
  errorType: 'Runtime.ExitError',
  errorMessage:
    'Runtime exited: a promise or event of the function failed unheard, or it left the process',
  trace: [],
};

/** The words of Lambda's own report of a timeout. */
const timedOut = (afterMs: number): Invocation => ({
  ok: false,
  errorType: 'Sandbox.Timedout',
  errorMessage: `Task timed out after ${(afterMs / 1000).toFixed(2)} seconds`,
  trace: [],
});

/** CloudFormation's logical id is the construct's name and a hash of eight digits. */
const constructOf = ({ logicalId }: Resource): string => logicalId.slice(0, -8);

/** Megabytes; CloudFormation gives 128 to a function which states none. */
const memoryOf = ({ properties }: Resource): number => Number(properties['MemorySize'] ?? 128);

/** Seconds that CloudFormation gives a function which states no Timeout. */
const DEFAULT_TIMEOUT_SECONDS = 3;

/** The functions of the templates: their bundles, each in a worker thread with its own environment. */
export class Lambdas {
  readonly #options: LambdasOptions;
  readonly #functions: readonly Resource[];
  readonly #sandboxes = new Map<string, Sandbox>();
  readonly invocations = new Map<string, number>();
  /** Real milliseconds of each invocation, by function. */
  readonly durations = new Map<string, number[]>();
  #last: Promise<unknown> = Promise.resolve();
  #ids = 0;
  /** Real time spent in functions. */
  busyMs = 0;

  constructor(options: LambdasOptions) {
    this.#options = options;
    this.#functions = options.cloud.ofType('AWS::Lambda::Function');
  }

  /** @param name a function's name or ARN @throws when there is none */
  find(name: string): Resource {
    const found = this.#functions.find((each) => each.arn === name || each.name === name);
    if (found === undefined) throw new Error(`the templates have no function ${name}`);
    return found;
  }

  roleOf(functionArn: string): string {
    return String(this.find(functionArn).properties['Role']);
  }

  /** Loads every function before the clock starts. */
  async start(): Promise<void> {
    for (const each of this.#functions) await this.#sandboxOf(each).ready;
  }

  /**
   * Runs a function. One runs at a time, so that two rehearsals do everything in the same order;
   * on AWS they run side by side.
   *
   * @param stage of the state machine that asks for it
   */
  invoke(functionArn: string, event: unknown, stage?: string): Promise<Invocation> {
    const run = this.#last.then(() => this.#run(this.find(functionArn), event, stage));
    this.#last = run.catch(() => undefined);
    return run;
  }

  async stop(): Promise<void> {
    for (const { worker } of this.#sandboxes.values()) await worker.terminate();
  }

  async #run(resource: Resource, event: unknown, stage?: string): Promise<Invocation> {
    const startMs = performance.now();
    const { worker, ready, pending } = this.#sandboxOf(resource);
    await ready;
    const { meter } = this.#options;
    meter?.begin({ name: constructOf(resource), memoryMb: memoryOf(resource), event, stage });
    this.#ids += 1;
    const id = this.#ids;
    const { name } = resource;
    this.invocations.set(name, (this.invocations.get(name) ?? 0) + 1);
    const times = this.durations.get(name) ?? [];
    this.durations.set(name, times);
    const answer = new Promise<Invocation>((resolve) => pending.set(id, resolve));
    worker.postMessage({ id, event, nowMs: this.#options.clock.now() });
    try {
      return await answer;
    } finally {
      const tookMs = performance.now() - startMs;
      this.busyMs += tookMs;
      times.push(tookMs);
      meter?.end(tookMs);
    }
  }

  #sandboxOf(resource: Resource): Sandbox {
    const known = this.#sandboxes.get(resource.arn);
    if (known !== undefined) return known;
    this.#assertPlatformGrants(resource);
    const sandbox = this.#open(resource);
    this.#sandboxes.set(resource.arn, sandbox);
    return sandbox;
  }

  /** What Lambda does by the function's role: without it there are no logs and no traces. */
  #assertPlatformGrants({ properties }: Resource): void {
    const { authorizer, cloud } = this.#options;
    const principal = { arn: String(properties['Role']) };
    const logGroup = cloud
      .ofType('AWS::Logs::LogGroup')
      .find(({ name }) => name === Object(properties['LoggingConfig']).LogGroup);
    if (logGroup === undefined)
      throw new Error('only functions with a log group of the templates are modelled');
    authorizer.assertLogKey(logGroup.properties['KmsKeyId'], logGroup.arn);
    const resource = logGroup.arn.replace(/\*$/, 'log-stream:1');
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents'])
      authorizer.assert({ principal, action, resource });
    if (Object(properties['TracingConfig']).Mode !== 'Active') return;
    for (const action of ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])
      authorizer.assert({ principal, action, resource: '*' });
  }

  #open(resource: Resource): Sandbox {
    const pending: Sandbox['pending'] = new Map();
    const worker = new Worker(new URL('./lambda-worker.ts', import.meta.url), {
      workerData: {
        file: this.#fileOf(resource),
        functionName: resource.name,
        functionArn: resource.arn,
        logFile: join(this.#options.logDir, `${resource.logicalId}.log`),
        nowMs: this.#options.clock.now(),
        timeoutMs: Number(resource.properties['Timeout'] ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
      },
      env: this.#environmentOf(resource),
    });
    let ending = exited;
    const ready = new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', () => {
        reject(new Error(`${resource.logicalId} ended while it was loaded`));
        this.#sandboxes.delete(resource.arn);
        for (const answer of pending.values()) answer(ending);
      });
      worker.on('message', ({ ready: isReady, timedOutAfterMs, id, ...answer }) => {
        if (typeof timedOutAfterMs === 'number') ending = timedOut(timedOutAfterMs);
        if (isReady === true) resolve();
        pending.get(id)?.(answer);
        pending.delete(id);
      });
    });
    return { worker, ready, pending };
  }

  #fileOf({ logicalId, properties }: Resource): string {
    const key = String(Object(properties['Code']).S3Key);
    const folder = this.#options.assets.get(key);
    if (folder === undefined) throw new Error(`${logicalId}: the assembly has no asset ${key}`);
    const [module = 'index'] = String(properties['Handler']).split('.');
    return pathToFileURL(join(folder, `${module}.mjs`)).href;
  }

  #environmentOf({ name, properties }: Resource): NodeJS.ProcessEnv {
    const { endpoint, cloud } = this.#options;
    const variables: Record<string, string> = {
      ...Object(Object(properties['Environment']).Variables),
    };
    return {
      ...variables,
      AWS_REGION: cloud.region,
      // The gateway reads the caller's role from the signature's credential.
      AWS_ACCESS_KEY_ID: String(properties['Role']).split('/').at(-1),
      AWS_SECRET_ACCESS_KEY: 'rehearsal',
      AWS_ENDPOINT_URL: endpoint,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      TZ: 'UTC',
    };
  }
}
