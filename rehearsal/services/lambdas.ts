import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { Meter } from '../cost/meter.ts';
import {
  FunctionSandbox,
  type Invocation,
  type Sandbox,
  type SandboxOptions,
} from '../sandbox/function-sandbox.ts';
import { NO_SECRET } from '../sandbox/function-scope.ts';
import type { AskAws } from '../sandbox/in-process-request.ts';
import {
  digestOf,
  type InvocationJournal,
  type JournalCall,
  type JournalEntry,
  OtherRehearsal,
} from '../sandbox/invocation-journal.ts';
import { RecordedSandbox } from '../sandbox/recorded-sandbox.ts';
import { listenForUnheard } from '../sandbox/unheard.ts';
import type { Authorizer } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import type { DecideFate, Fate, FunctionCall } from './fate.ts';
import { FunctionLogs } from './function-logs.ts';
import { assertPlatformGrants } from './platform-grants.ts';

export type { Invocation } from '../sandbox/function-sandbox.ts';

export interface LambdasOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  /** Folder of each asset, by object key. */
  readonly assets: ReadonlyMap<string, string>;
  readonly endpoint: string;
  /** Where HTTP/2 goes. @default the endpoint */
  readonly socket?: string | undefined;
  /** Answers what functions ask of AWS in this process. @default it goes to the endpoint through a socket */
  readonly ask?: AskAws | undefined;
  readonly logDir: string;
  /** The number that ids of invocations, by which functions draw, are counted on from. @default 0 */
  readonly idsAfter?: number | undefined;
  /** @default nothing is counted but what is public here */
  readonly meter?: Meter | undefined;
  /** What functions did is kept here, and not done again where it is known. @default nothing is kept */
  readonly journal?: InvocationJournal | undefined;
  /** Has a call of a role done without its function, for what the journal knows. */
  readonly perform?: ((roleName: string, call: JournalCall) => Promise<unknown>) | undefined;
  /** @default every call is served */
  readonly decideFate?: DecideFate | undefined;
}

/** An invocation that waits for its turn. */
interface Job {
  readonly resource: Resource;
  readonly event: unknown;
  readonly stage: string | undefined;
  readonly resolve: (invocation: Invocation) => void;
  readonly reject: (error: unknown) => void;
}

/** An invocation that runs. */
interface Running {
  readonly functionName: string;
  readonly sandbox: Sandbox;
  /** What it has asked for so far, where that is kept. */
  readonly calls: JournalCall[];
}

/** All promise chains have run to their end. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @throws {OtherRehearsal} */
const assertSame = ({ id, functionName, event }: JournalEntry, { resource, ...job }: Job): void => {
  if (resource.name === functionName && digestOf(job.event) === event) return;
  throw new OtherRehearsal(
    `invocation ${id} is of ${resource.name} now and was of ${functionName}, or its event differs`,
  );
};

/** One for each who waits: a promise keeps all that wait for it. */
const never = (): Promise<never> => new Promise(() => undefined);

/**
 * All that a sandbox reaches of its rehearsal. Node keeps timers of broken connections for minutes, and with them the
 * function that asked: when the rehearsal is over they reach nothing.
 */
interface World {
  clock?: VirtualClock;
  ask?: AskAws;
  logs?: FunctionLogs;
}

const reaching = (
  world: World,
  logicalId: string,
): Pick<SandboxOptions, 'ask' | 'log' | 'now'> => ({
  now: () => world.clock?.now() ?? 0,
  log: (text) => world.logs?.add(logicalId, text),
  ...(world.ask === undefined ? {} : { ask: (wire) => world.ask?.(wire) ?? never() }),
});

/** CloudFormation's logical id is the construct's name and a hash of eight digits. */
const constructOf = ({ logicalId }: Resource): string => logicalId.slice(0, -8);

/** Megabytes; CloudFormation gives 128 to a function which states none. */
const memoryOf = ({ properties }: Resource): number => Number(properties['MemorySize'] ?? 128);

/** Seconds that CloudFormation gives a function which states no Timeout. */
const DEFAULT_TIMEOUT_SECONDS = 3;

/** The functions of the templates: their bundles, each in a sandbox with its own environment. */
export class Lambdas {
  readonly #options: LambdasOptions;
  readonly #functions: ReadonlyMap<string, Resource>;
  /** Those that run nothing at the moment, by function. */
  readonly #idle = new Map<string, FunctionSandbox[]>();
  readonly #queue: Job[] = [];
  /** One, and those that were overtaken by it. */
  readonly #running: Running[] = [];
  #isWorking = false;
  readonly #unlisten = listenForUnheard();
  readonly #logs: FunctionLogs;
  readonly #world: World;
  readonly invocations = new Map<string, number>();
  /** Real milliseconds of each invocation, by function. */
  readonly durations = new Map<string, number[]>();
  #ids: number;
  /** Real time spent in functions. */
  busyMs = 0;

  constructor(options: LambdasOptions) {
    this.#options = options;
    this.#ids = options.idsAfter ?? 0;
    this.#logs = new FunctionLogs(options.logDir, options.journal !== undefined);
    const { clock, ask } = options;
    this.#world = { clock, logs: this.#logs, ...(ask === undefined ? {} : { ask }) };
    const functions = options.cloud.ofType('AWS::Lambda::Function');
    this.#functions = new Map(
      functions.flatMap((each) => [
        [each.arn, each],
        [each.name, each],
      ]),
    );
  }

  /** @param name a function's name or ARN @throws when there is none */
  find(name: string): Resource {
    const found = this.#functions.get(name);
    if (found === undefined) throw new Error(`the templates have no function ${name}`);
    return found;
  }

  roleOf(functionArn: string): string {
    return String(this.find(functionArn).properties['Role']);
  }

  /** Loads every function before the clock starts. */
  async start(): Promise<void> {
    for (const each of new Set(this.#functions.values())) {
      assertPlatformGrants(this.#options, each);
      this.#release(each, await this.#load(each));
    }
  }

  /**
   * Runs a function. One runs at a time, so that two rehearsals do everything in the same order;
   * on AWS they run side by side.
   *
   * @param stage of the state machine that asks for it
   */
  async invoke(functionArn: string, event: unknown, stage?: string): Promise<Invocation> {
    const resource = this.find(functionArn);
    return new Promise((resolve, reject) => {
      this.#queue.push({ resource, event, stage, resolve, reject });
      if (!this.#isWorking) void this.#workOff();
    });
  }

  /** Serves a call of the function that runs, or has become of it what is decided. */
  around<T>(call: Omit<FunctionCall, 'functionName'>, serve: () => Promise<T>): Promise<T> {
    const running = this.#running.at(-1);
    const { decideFate, journal } = this.#options;
    if (running === undefined) return serve();
    if (journal !== undefined) running.calls.push(call);
    const fate = decideFate?.({ ...call, functionName: running.functionName });
    if (fate === undefined || fate.kind === 'served') return serve();
    return this.#befall(running, fate, serve);
  }

  /** Has all that functions have printed in their files. */
  writeLogs(): void {
    this.#logs.flush();
  }

  stop(): void {
    this.#unlisten();
    this.#options.journal?.close();
    this.#logs.close();
    delete this.#world.clock;
    delete this.#world.ask;
    delete this.#world.logs;
  }

  async #befall<T>(
    running: Running,
    fate: Exclude<Fate, { readonly kind: 'served' }>,
    serve: () => Promise<T>,
  ): Promise<T> {
    switch (fate.kind) {
      case 'refused':
        throw fate.error;
      case 'overtaken':
        await this.#runNext();
        return serve();
      case 'crash':
      case 'timeout': {
        if (fate.when === 'after') await serve();
        running.sandbox.end(fate.kind === 'crash' ? 'exited' : 'timed-out');
        return never();
      }
    }
  }

  async #workOff(): Promise<void> {
    this.#isWorking = true;
    while (this.#queue.length > 0) {
      // Whoever asks for something at this moment has asked by then, however long anything took.
      await settled();
      await this.#runNext();
      await settled();
    }
    this.#isWorking = false;
  }

  async #runNext(): Promise<void> {
    if (this.#queue.length === 0) return;
    this.#ids += 1;
    const id = this.#ids;
    const known = this.#options.journal?.known(id);
    const job = this.#queue.shift();
    if (job === undefined) return;
    try {
      if (known !== undefined) assertSame(known, job);
      job.resolve(await this.#run(job, id, known));
    } catch (error) {
      job.reject(error);
    }
  }

  async #run(
    { resource, event, stage }: Job,
    id: number,
    known: JournalEntry | undefined,
  ): Promise<Invocation> {
    const startMs = performance.now();
    const { meter, journal } = this.#options;
    const sandbox =
      known === undefined ? await this.#sandboxOf(resource) : this.#recorded(resource, known);
    const functionName = constructOf(resource);
    const calls: JournalCall[] = [];
    this.#running.push({ functionName, sandbox, calls });
    meter?.begin({ name: functionName, memoryMb: memoryOf(resource), event, stage });
    this.invocations.set(resource.name, (this.invocations.get(resource.name) ?? 0) + 1);
    try {
      const invocation = await sandbox.invoke(event, String(id));
      if (known === undefined)
        journal?.add({ id, functionName: resource.name, calls, invocation }, event);
      return invocation;
    } finally {
      this.#running.pop();
      this.#release(resource, sandbox);
      const tookMs = performance.now() - startMs;
      this.busyMs += tookMs;
      this.#timesOf(resource.name).push(tookMs);
      meter?.end(tookMs);
    }
  }

  #recorded({ properties }: Resource, entry: JournalEntry): Sandbox {
    const role = String(properties['Role']).split('/').at(-1) ?? '';
    return new RecordedSandbox(entry, async (call) => {
      try {
        await this.#options.perform?.(role, call);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
      }
    });
  }

  #timesOf(name: string): number[] {
    const known = this.durations.get(name);
    if (known !== undefined) return known;
    const times: number[] = [];
    this.durations.set(name, times);
    return times;
  }

  async #sandboxOf(resource: Resource): Promise<FunctionSandbox> {
    return this.#idle.get(resource.arn)?.pop() ?? (await this.#load(resource));
  }

  #release({ arn }: Resource, sandbox: Sandbox): void {
    if (sandbox.hasEnded || !(sandbox instanceof FunctionSandbox)) return;
    const idle = this.#idle.get(arn) ?? [];
    this.#idle.set(arn, idle);
    idle.push(sandbox);
  }

  #load(resource: Resource): Promise<FunctionSandbox> {
    const { endpoint, socket } = this.#options;
    const { logicalId, properties } = resource;
    this.#logs.open(logicalId);
    const [module = 'index', handlerName = 'handler'] = String(properties['Handler']).split('.');
    return FunctionSandbox.load({
      url: pathToFileURL(join(this.#folderOf(resource), `${module}.mjs`)).href,
      handlerName,
      functionName: resource.name,
      functionArn: resource.arn,
      environment: this.#environmentOf(resource),
      memoryMb: memoryOf(resource),
      timeoutMs: Number(properties['Timeout'] ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
      endpoint,
      socket,
      ...reaching(this.#world, logicalId),
    });
  }

  #folderOf({ logicalId, properties }: Resource): string {
    const key = String(Object(properties['Code']).S3Key);
    const folder = this.#options.assets.get(key);
    if (folder === undefined) throw new Error(`${logicalId}: the assembly has no asset ${key}`);
    return folder;
  }

  #environmentOf({ name, properties }: Resource): Record<string, string> {
    const { endpoint, cloud } = this.#options;
    const variables: Record<string, string> = {
      ...Object(Object(properties['Environment']).Variables),
    };
    return {
      ...variables,
      AWS_REGION: cloud.region,
      // The gateway reads the caller's role from the signature's credential.
      AWS_ACCESS_KEY_ID: String(properties['Role']).split('/').at(-1) ?? '',
      AWS_SECRET_ACCESS_KEY: NO_SECRET,
      AWS_ENDPOINT_URL: endpoint,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      TZ: 'UTC',
    };
  }
}
