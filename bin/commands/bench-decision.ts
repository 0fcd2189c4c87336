import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { shopKey } from '#core/adapters/shop-key.ts';
import { measureDecisions } from '#rehearsal/bench/decision/measure-decisions.ts';
import { openInMemory } from '../bench/open-in-memory.ts';
import { synthesize } from './synthesize.ts';

const help = `Measures how long the decision of a confirmation page takes, with every offer of the shop eligible.

  npm run bench:decision
  npm run bench:decision -- --offers N        offers of the shop (default 1000)
  npm run bench:decision -- --rate N          pages opened a second over HTTP (default 50)
  npm run bench:decision -- --seconds N       for so long (default 30)
  npm run bench:decision -- --json`;

const options = {
  offers: { type: 'string', default: '1000' },
  rate: { type: 'string', default: '50' },
  seconds: { type: 'string', default: '30' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Exit code 0: measured; 2: wrong arguments. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [offers, perSecond, seconds] = [values.offers, values.rate, values.seconds].map(Number);
  if (!isCount(offers) || !isCount(perSecond) || !isCount(seconds)) {
    console.error('bench:decision: expected whole numbers above 0 for --offers, --rate, --seconds');
    return 2;
  }
  const dir = await mkdtemp(join(tmpdir(), 'afterglow-bench-'));
  try {
    console.error(`pages are opened in this process, with ${offers} offers in memory …`);
    const inMemory = await openInMemory(offers);
    const assemblyDir = await synthesize(dir, undefined);
    console.error(`${offers} offers are taken in, then pages are opened for ${seconds} s …`);
    const place = { assemblyDir, stateDir: join(dir, 'state'), keyOf: shopKey };
    const rehearsed = await measureDecisions({ ...place, offers, perSecond, seconds });
    const figures = { inMemory, ...rehearsed };
    if (values.json) {
      console.log(JSON.stringify(figures, undefined, 2));
      return 0;
    }
    const { ownMs, httpMs, calls, requests, statuses } = rehearsed;
    console.log(
      [
        `eligible offers          ${offers}`,
        `in process               p50 ${ms(inMemory.p50)}, p99 ${ms(inMemory.p99)}   (target p99 ≤ 10 ms; what is stored is in memory)`,
        `in the rehearsal         p50 ${ms(ownMs.p50)}, p99 ${ms(ownMs.p99)}   (one by one; without what the services took for ${calls.toFixed(1)} calls)`,
        `over HTTP at ${perSecond}/s       p50 ${ms(httpMs.p50)}, p99 ${ms(httpMs.p99)}   (target p99 ≤ 40 ms; ${requests} pages on loopback)`,
        `answers                  ${Object.entries(statuses)
          .map(([status, count]) => `${status}: ${count}`)
          .join(', ')}`,
      ].join('\n'),
    );
    return 0;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

const isCount = (value: number | undefined): value is number =>
  Number.isSafeInteger(value) && (value ?? 0) > 0;

const ms = (value: number): string => `${value.toFixed(1)} ms`;
