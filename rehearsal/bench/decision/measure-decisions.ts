import { createServer, type Server } from 'node:http';
import { Worker } from 'node:worker_threads';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { timeSpent } from '../where-time-goes.ts';
import { benchShop } from './bench-shop.ts';
import { quantilesOf, type Quantiles } from './quantiles.ts';
import type { SteadyAnswer, SteadyLoad } from './steady-client.ts';
import { tokensFor } from './tokens.ts';

export interface DecisionOptions {
  readonly assemblyDir: string;
  readonly stateDir: string;
  readonly offers: number;
  readonly perSecond: number;
  readonly seconds: number;
  /** The key by which a shop signs its tokens, from the deployment's. */
  readonly keyOf: (master: Uint8Array, shop: string) => string;
}

export interface DecisionFigures {
  readonly requests: number;
  /** Milliseconds over HTTP on loopback, from when a request was due. */
  readonly httpMs: Quantiles;
  /** Milliseconds of the function alone, one request after the other, without what its services took. */
  readonly ownMs: Quantiles;
  /** Requests to services that one session takes. */
  readonly calls: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
}

const START_MS = Date.UTC(2026, 10, 1);
const HOUR_MS = 3_600_000;

/** Asked before anything is measured: until then code is compiled, keys and offers are read. */
const WARM_UP = 1000;

/** Asked one after the other. */
const ALONE = 1000;

/**
 * Opens confirmation pages on the deployed function and the rehearsal's tables: one after the other, to see what it
 * takes itself, and then at a steady pace over HTTP.
 */
export const measureDecisions = async (options: DecisionOptions): Promise<DecisionFigures> => {
  const { assemblyDir, stateDir, offers, perSecond, seconds } = options;
  const stacks = ['Data', 'Ingestion', 'Confirmation'];
  const rehearsal = await Rehearsal.boot({
    assemblyDir,
    stateDir,
    stacks,
    startMs: START_MS,
    seed: 'bench',
  });
  try {
    rehearsal.schedule(benchShop(offers, START_MS + 1000));
    await rehearsal.run(START_MS + HOUR_MS);
    const count = WARM_UP + ALONE + perSecond * seconds;
    const bodies = await bodiesOf(rehearsal, options, count);
    for (const body of bodies.slice(0, WARM_UP)) await ask(rehearsal, body);
    const alone = await askAlone(rehearsal, bodies.slice(WARM_UP, WARM_UP + ALONE));
    const load = { bodies: bodies.slice(WARM_UP + ALONE), perSecond };
    const answers = await askSteadily(rehearsal, load);
    return {
      ...alone,
      requests: answers.length,
      httpMs: quantilesOf(answers.map(({ ms }) => ms)),
      statuses: countBy(answers.map(({ status }) => String(status))),
    };
  } finally {
    await rehearsal.stop();
  }
};

const bodiesOf = async (
  rehearsal: Rehearsal,
  { keyOf }: DecisionOptions,
  count: number,
): Promise<readonly string[]> => {
  const { key }: { readonly key: string } = JSON.parse(rehearsal.secretValue('ShopTokenKey'));
  const keys = (shop: string) => keyOf(new TextEncoder().encode(key), shop);
  const tokens = await tokensFor(count, { nowMs: rehearsal.clock.now(), keys });
  return tokens.map((orderToken) => JSON.stringify({ orderToken }));
};

/** Each from another address: how fast one may ask is not what is measured. */
let asked = 0;

const ask = async (rehearsal: Rehearsal, body: string) => {
  asked += 1;
  return rehearsal.answer({
    method: 'POST',
    path: '/sessions',
    headers: { 'content-type': 'text/plain' },
    body,
    sourceIp: `10.${asked >> 16}.${(asked >> 8) % 256}.${asked % 256}`,
  });
};

const askAlone = async (
  rehearsal: Rehearsal,
  bodies: readonly string[],
): Promise<Pick<DecisionFigures, 'ownMs' | 'calls'>> => {
  const own: number[] = [];
  const callsBefore = callsOf(rehearsal);
  for (const body of bodies) {
    const before = timeSpent(rehearsal);
    const { status } = await ask(rehearsal, body);
    if (status !== 201) throw new Error(`a page was answered with ${status}, expected 201`);
    const after = timeSpent(rehearsal);
    const calledMs = after.servicesMs - before.servicesMs;
    own.push(after.functionsMs - before.functionsMs - calledMs);
  }
  return {
    ownMs: quantilesOf(own),
    calls: (callsOf(rehearsal) - callsBefore) / bodies.length,
  };
};

const callsOf = ({ requests }: Rehearsal): number =>
  requests.values().reduce((sum, count) => sum + count, 0);

const askSteadily = async (
  rehearsal: Rehearsal,
  load: Omit<SteadyLoad, 'port'>,
): Promise<readonly SteadyAnswer[]> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void ask(rehearsal, Buffer.concat(chunks).toString('utf8')).then(
        ({ status, headers, bytes }) => response.writeHead(status, { ...headers }).end(bytes),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  const port = await listening(server);
  try {
    return await fromThread({ ...load, port });
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('it has no port'));
      else resolve(address.port);
    });
  });

const fromThread = (workerData: SteadyLoad): Promise<readonly SteadyAnswer[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./steady-client.ts', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

const countBy = (names: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};
