import crypto, { type UUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { seededRandom } from '../random.ts';
import { installSandboxTimers } from './sandbox-timers.ts';

/** The sandbox of one function: loads its bundle, then answers invocations one at a time. */

/** Code, instant and id of an invocation; the answer carries the same id. */
interface Invocation {
  readonly id: number;
  readonly nowMs: number;
  readonly event: unknown;
}

const RealDate = Date;
let nowMs: number = workerData.nowMs;

/** The virtual clock as the function sees it: time stands still while it runs. */
globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts: unknown[], self) =>
    Reflect.construct(target, parts.length === 0 ? [nowMs] : parts, self),
  apply: () => new RealDate(nowMs).toString(),
  get: (target, name) => (name === 'now' ? () => nowMs : Reflect.get(target, name)),
});

/** Two rehearsals draw the same; a sandbox that follows another draws on, not again. */
const random = seededRandom(`${workerData.functionName}/${nowMs}`);
const hexDigits = (count: number): string =>
  Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
Math.random = random;
crypto.randomUUID = (): UUID =>
  `${hexDigits(8)}-${hexDigits(4)}-4${hexDigits(3)}-8${hexDigits(3)}-${hexDigits(12)}`;
syncBuiltinESMExports();

/** A worker's own streams send each line through the main thread; a file takes a tenth of the time. */
const log = openSync(workerData.logFile, 'a');
for (const stream of [process.stdout, process.stderr])
  stream.write = (text: string | Uint8Array): boolean => {
    writeSync(log, text instanceof Uint8Array ? text : Buffer.from(text));
    return true;
  };

const timers = installSandboxTimers();
const { timeoutMs } = workerData;
/** The message comes before the end of the sandbox, which is the answer. */
const timedOut = (): void => {
  parentPort?.postMessage({ timedOutAfterMs: timeoutMs });
  process.exit(1);
};

timers.begin(timeoutMs, timedOut);
const { handler } = await import(workerData.file);
timers.end();
parentPort?.postMessage({ ready: true });
parentPort?.on('message', (invocation: Invocation) => {
  nowMs = invocation.nowMs;
  void answer(invocation);
});

const answer = async ({ id, event }: Invocation): Promise<void> => {
  timers.begin(timeoutMs, timedOut);
  try {
    const payload: unknown = await handler(event, contextOf(id));
    parentPort?.postMessage({ id, ok: true, payload: payload ?? null });
  } catch (error) {
    const known = error instanceof Error ? error : new Error(String(error));
    parentPort?.postMessage({
      id,
      ok: false,
      errorType: known.name,
      errorMessage: known.message,
      trace: (known.stack ?? '').split('\n'),
    });
  } finally {
    timers.end();
  }
};

const contextOf = (id: number) => ({
  awsRequestId: String(id),
  functionName: workerData.functionName,
  invokedFunctionArn: workerData.functionArn,
  functionVersion: '$LATEST',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => timers.remainingMs,
});
