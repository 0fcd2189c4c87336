import { jsonCopy } from '../json-copy.ts';
import { seededRandom } from '../random.ts';
import { functionScope } from './function-scope.ts';
import type { AskAws } from './in-process-request.ts';
import { loadBundle } from './load-bundle.ts';
import { SandboxTimers } from './sandbox-timers.ts';
import { heardBy } from './unheard.ts';

export type Invocation =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace: readonly string[];
    };

export interface SandboxOptions {
  /** URL of the bundle's module. */
  readonly url: string;
  /** Of what the module exports. */
  readonly handlerName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** Gets what is printed when an invocation has ended. */
  readonly log: (text: string) => void;
  /** The virtual time; it stands still while the function runs. */
  readonly now: () => number;
  /** Where AWS is. Without `ask` the endpoint is a real one. */
  readonly endpoint: string;
  /** Where HTTP/2 goes, which only a socket speaks. @default the endpoint */
  readonly socket?: string | undefined;
  readonly ask?: AskAws | undefined;
}

/** How a sandbox ends before its function has answered; the next invocation gets a new one. */
export type SandboxEnd = 'exited' | 'timed-out';

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

/** Runs one invocation at a time. */
export interface Sandbox {
  /** Whether it can take no other invocation. */
  readonly hasEnded: boolean;
  /** Runs the handler; never rejects for what the function does. */
  readonly invoke: (event: unknown, requestId: string) => Promise<Invocation>;
  /** Ends it at once, whatever it does; nothing that it asked for is answered any more. */
  readonly end: (how: SandboxEnd) => void;
}

type Handler = (event: unknown, context: object) => unknown;

/** One for each who waits: a promise keeps all that wait for it. */
const never = (): Promise<never> => new Promise(() => undefined);

/** The execution environment of one function: its bundle, evaluated with globals of its own, and kept between invocations. */
export class FunctionSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  readonly #timers: SandboxTimers;
  #handler: Handler | undefined;
  #printed: string[] = [];
  #onEnd: ((invocation: Invocation) => void) | undefined;
  #ended: Invocation | undefined;
  #nowMs: number;
  /** Two rehearsals draw the same, whatever the sandbox has run before. */
  #random: () => number;

  private constructor(options: SandboxOptions) {
    this.#options = options;
    this.#nowMs = options.now();
    this.#random = seededRandom(options.functionName);
    this.#timers = new SandboxTimers((error) => this.#leftUnheard(error));
  }

  /** Evaluates the bundle. @throws what it throws */
  static async load(options: SandboxOptions): Promise<FunctionSandbox> {
    const sandbox = new FunctionSandbox(options);
    await sandbox.#load();
    return sandbox;
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  async invoke(event: unknown, requestId: string): Promise<Invocation> {
    this.#nowMs = this.#options.now();
    this.#random = seededRandom(`${this.#options.functionName}/${requestId}`);
    const ended = new Promise<Invocation>((resolve) => {
      this.#onEnd = resolve;
    });
    this.#begin();
    const answer = heardBy(
      (error) => this.#leftUnheard(error),
      () => this.#answer(event, requestId),
    );
    try {
      return await Promise.race([answer, ended]);
    } finally {
      this.#timers.end();
      this.#onEnd = undefined;
      this.#flush();
    }
  }

  end(how: SandboxEnd): void {
    this.#ended ??= how === 'exited' ? exited : timedOut(this.#options.timeoutMs);
    this.#timers.end();
    this.#onEnd?.(this.#ended);
  }

  async #load(): Promise<void> {
    const { url, handlerName, endpoint, socket = endpoint, ask } = this.#options;
    const evaluate = await loadBundle(url);
    const module: { exports: unknown } = { exports: {} };
    const scope = functionScope({
      environment: this.#options.environment,
      now: () => this.#nowMs,
      random: () => this.#random(),
      print: (text) => this.#printed.push(text),
      exit: () => {
        this.end('exited');
        throw new Error('the function left the process');
      },
      timers: this.#timers,
      aws:
        ask === undefined ? undefined : { endpoint, socket, ask: (wire) => this.#ask(ask, wire) },
    });
    this.#begin();
    try {
      heardBy(
        (error) => this.#leftUnheard(error),
        () => evaluate(module, scope),
      );
    } finally {
      this.#timers.end();
      this.#flush();
    }
    const handler: unknown = Object(module.exports)[handlerName];
    if (typeof handler !== 'function') throw new Error(`${url} exports no function ${handlerName}`);
    this.#handler = (event, context) => Reflect.apply(handler, undefined, [event, context]);
  }

  #begin(): void {
    this.#timers.begin(this.#options.timeoutMs, () => this.end('timed-out'));
  }

  async #ask(ask: AskAws, wire: Parameters<AskAws>[0]): ReturnType<AskAws> {
    if (this.hasEnded) return never();
    const answer = await ask(wire);
    // What the call set off goes first, as far as it is due at once.
    await new Promise((resolve) => setImmediate(resolve));
    return this.hasEnded ? never() : answer;
  }

  async #answer(event: unknown, requestId: string): Promise<Invocation> {
    try {
      const payload = await this.#handler?.(jsonCopy(event), this.#contextOf(requestId));
      return { ok: true, payload: fromJson(payload) };
    } catch (error) {
      const known = error instanceof Error ? error : new Error(String(error));
      return {
        ok: false,
        errorType: known.name,
        errorMessage: known.message,
        trace: (known.stack ?? '').split('\n'),
      };
    }
  }

  #contextOf(awsRequestId: string): object {
    return {
      awsRequestId,
      functionName: this.#options.functionName,
      invokedFunctionArn: this.#options.functionArn,
      functionVersion: '$LATEST',
      memoryLimitInMB: String(this.#options.memoryMb),
      getRemainingTimeInMillis: () => this.#timers.remainingMs,
    };
  }

  #leftUnheard(error: unknown): void {
    if (this.hasEnded) return;
    this.#printed.push(`${error instanceof Error ? error.stack : String(error)}\n`);
    this.end('exited');
  }

  #flush(): void {
    if (this.#printed.length === 0) return;
    const lines = this.#printed;
    this.#printed = [];
    this.#options.log(lines.join(''));
  }
}

/** An answer is JSON on its way. */
const fromJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');
