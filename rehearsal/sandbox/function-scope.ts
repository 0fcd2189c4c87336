import console, { Console } from 'node:console';
import crypto, { type UUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import http from 'node:http';
import http2 from 'node:http2';
import module from 'node:module';
import process from 'node:process';
import { type AskAws, InProcessRequest, type RequestOptions } from './in-process-request.ts';
import { directCalls, throughMiddleware } from './direct-call.ts';
import type { BundleScope } from './load-bundle.ts';
import { type SandboxTimers, timerFunctions } from './sandbox-timers.ts';

/** The secret access key of functions: requests that it would sign are sent without a signature that is one. */
export const NO_SECRET = 'rehearsal';

export interface ScopeOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Virtual milliseconds since 1970. */
  readonly now: () => number;
  /** Draws in [0, 1). */
  readonly random: () => number;
  readonly print: (text: string) => void;
  readonly exit: () => never;
  readonly timers: SandboxTimers;
  /** Where AWS is: requests to there are answered in this process, by `ask`. */
  readonly aws?:
    { readonly endpoint: string; readonly socket: string; readonly ask: AskAws } | undefined;
}

/** What a function finds around it: its own environment, the virtual time, seeded draws, its log. All else is Node's. */
export const functionScope = (options: ScopeOptions): BundleScope => {
  const { timers, now, random, aws } = options;
  const timing = timerFunctions(timers);
  const stream = Object.assign(new EventEmitter(), {
    write: (text: Uint8Array | string): boolean => {
      options.print(typeof text === 'string' ? text : Buffer.from(text).toString());
      return true;
    },
  });
  const ownProcess = over(process, {
    env: { ...options.environment },
    exit: options.exit,
    stdout: stream,
    stderr: stream,
  });
  const randomUUID = (): UUID => uuidOf(random);
  const subtle = held(crypto.webcrypto.subtle, timers);
  const webcrypto = over(crypto.webcrypto, { subtle, randomUUID }, true);
  const own = {
    ...timing.globals,
    process: ownProcess,
    console: over(console, new Console({ stdout: Object(stream) })),
    Date: virtualDate(now),
    Math: Object.create(Math, { random: { value: random } }),
    crypto: webcrypto,
    fetch: heldFetch(options),
  };
  const modules = new Map<string, unknown>([
    ['process', ownProcess],
    ['crypto', { ...crypto, ...unsigned(), randomUUID, webcrypto, subtle }],
    ['timers', timing.timers],
    ['timers/promises', timing.promises],
    ['fs', { ...fs, promises: held(fsPromises, timers) }],
    ['fs/promises', held(fsPromises, timers)],
    ['http', httpModule(options)],
    ['http2', http2Module(options)],
  ]);
  const nodeRequire = module.createRequire(import.meta.url);
  const require = (id: string): unknown => {
    const name = id.replace(/^node:/, '');
    return modules.get(name) ?? nodeRequire(id);
  };
  modules.set('module', { createRequire: () => require });
  const resolveCommand =
    aws === undefined
      ? throughMiddleware
      : directCalls(
          (wire) => timers.hold(aws.ask(wire)),
          String(options.environment['AWS_ACCESS_KEY_ID']),
        );
  // A getter of Node's own, which is asked for at every tag of a template.
  const { performance } = globalThis;
  const ownGlobal = over(globalThis, { ...foreign(), performance, ...own });
  return { ...own, require, resolveCommand, globalThis: ownGlobal, global: ownGlobal };
};

/**
 * What libraries have put on the global object is of those who have loaded them: registries of schemas and of
 * invocations that a function found there would be shared by all of them, and kept for as long as the process lives.
 * Node's own are functions, getters, or not enumerable.
 */
const foreign = (): Readonly<Record<string, undefined>> =>
  Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(globalThis))
      .filter(([name, { value }]) => typeof value === 'object' && name !== 'global')
      .filter(([, { enumerable }]) => enumerable)
      .map(([name]) => [name, undefined]),
  );

/** An object with some of its properties replaced; what is set stays on it. */
const over = <T extends object>(object: T, replaced: object, isBound = false): T => {
  const own = new Map<PropertyKey, unknown>(
    Reflect.ownKeys(replaced).map((key) => [key, Reflect.get(replaced, key)]),
  );
  return new Proxy(object, {
    get: (target, key) => {
      if (own.has(key)) return own.get(key);
      const value: unknown = Reflect.get(target, key);
      return isBound && typeof value === 'function' ? value.bind(target) : value;
    },
    set: (_, key, value) => {
      own.set(key, value);
      return true;
    },
    has: (target, key) => own.has(key) || Reflect.has(target, key),
    // Without this a property of the object that cannot be configured would be said to be the replaced one.
    getOwnPropertyDescriptor: (target, key) =>
      own.has(key)
        ? { value: own.get(key), writable: true, enumerable: true, configurable: true }
        : Reflect.getOwnPropertyDescriptor(target, key),
  });
};

/** Functions whose promises are work under way. */
const held = <T extends object>(object: T, timers: SandboxTimers): T =>
  new Proxy(object, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...parts: readonly unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, parts);
        return result instanceof Promise ? timers.hold(result) : result;
      };
    },
  });

/** As Signature Version 4 begins the key of a request: a digest of it keys the next, and so on to the signature. */
const FIRST_KEY = Buffer.from(`AWS4${NO_SECRET}`);

/** Signatures of requests to AWS are not made: nobody looks at them here, and they are a tenth of a call's time. */
const unsigned = (): Pick<typeof crypto, 'createHmac'> => {
  const keys = new WeakSet<object>();
  const none = {
    update: () => none,
    digest: () => {
      const key = Buffer.alloc(32);
      keys.add(key);
      return key;
    },
  };
  return {
    createHmac: (algorithm, key, options) =>
      key instanceof Uint8Array && (keys.has(key) || FIRST_KEY.equals(key))
        ? Object(none)
        : crypto.createHmac(algorithm, key, options),
  };
};

/** The whole answer is there before it is handed on. */
const heldFetch =
  ({ timers, aws }: ScopeOptions): typeof fetch =>
  (input, init) => {
    const url = typeof input === 'string' ? input : undefined;
    const there = aws === undefined ? url : url?.replace(aws.endpoint, aws.socket);
    const whole = fetch(there ?? input, init).then(async (response) => {
      const { status, statusText, headers } = response;
      return new Response(await response.arrayBuffer(), { status, statusText, headers });
    });
    return timers.hold(whole);
  };

/** Node's own Date but for what time it is; its instances are Node's. */
const virtualDate = (now: () => number): object => {
  function VirtualDate(...parts: readonly unknown[]): Date | string {
    if (new.target === undefined) return new Date(now()).toString();
    const self = new.target === VirtualDate ? Date : new.target;
    return Reflect.construct(Date, parts.length === 0 ? [now()] : parts, self);
  }
  Object.setPrototypeOf(VirtualDate, Date);
  return Object.assign(VirtualDate, { prototype: Date.prototype, now });
};

const uuidOf = (random: () => number): UUID => {
  const digits = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
};

const httpModule = ({ timers, aws }: ScopeOptions): typeof http => {
  const authority = aws === undefined ? undefined : new URL(aws.endpoint).host;
  const request = (
    options: http.RequestOptions,
    onResponse?: (response: http.IncomingMessage) => void,
  ) => {
    if (aws === undefined || `${options.host}:${options.port}` !== authority) {
      const real = http.request(options, onResponse);
      void timers.hold(new Promise((resolve) => real.once('close', resolve)));
      return real;
    }
    const asked: RequestOptions = {
      method: options.method,
      path: options.path ?? undefined,
      headers: Object(options.headers),
    };
    const ask: AskAws = (wire) => timers.hold(aws.ask(wire));
    return new InProcessRequest(asked, ask, Object(onResponse));
  };
  return { ...http, request: Object(request) };
};

/** HTTP/2 leaves through a socket, as streams that are work under way. */
const http2Module = ({ timers, aws }: ScopeOptions): typeof http2 => {
  const connect = (authority: unknown, ...parts: readonly unknown[]): http2.ClientHttp2Session => {
    const isAws = aws !== undefined && new URL(String(authority)).origin === aws.endpoint;
    const session: http2.ClientHttp2Session = Reflect.apply(http2.connect, http2, [
      isAws ? aws.socket : authority,
      ...parts,
    ]);
    const request = session.request.bind(session);
    session.request = (headers, options) => {
      const stream = request(headers, options);
      void timers.hold(new Promise((resolve) => stream.once('close', resolve)));
      return stream;
    };
    return session;
  };
  return { ...http2, connect: Object(connect) };
};
