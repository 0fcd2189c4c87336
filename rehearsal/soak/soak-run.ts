import { WITHOUT_LEARNING } from '../assembly/assembly.ts';
import type { Faults } from '../faults.ts';
import { withQuietEnd } from '../faults/quiet-end.ts';
import { DAY_MS } from '../input/duration.ts';
import type { ShopKeys } from '../input/order-tokens.ts';
import { playSampleShops } from '../input/play-sample-shops.ts';
import { sampleReactions } from '../input/sample-shop.ts';
import { Rehearsal } from '../rehearsal.ts';
import { seededRandom } from '../random.ts';
import { type Summary, summarize } from '../report/summary.ts';
import { drawnFaults } from './drawn-faults.ts';
import { drawnOrders } from './drawn-orders.ts';

export interface SoakRun {
  readonly seed: string;
  readonly orders: number;
  /** From the first event to the last moment. */
  readonly days: number;
  readonly assemblyDir: string;
  /** A folder of the run's own. */
  readonly stateDir: string;
  /** By which the shops' backends sign for their pages. */
  readonly keysBy: (appKey: string) => ShopKeys;
}

/** What a run came to. */
export interface Soaked {
  readonly seed: string;
  readonly faults: Faults;
  readonly summary: Summary;
  /** Real seconds. */
  readonly seconds: number;
}

const MOST_HICCUPS = 0.05;

/** Runs some orders with what goes wrong, all drawn by the seed. The same seed is the same run. */
export const soakRun = async (run: SoakRun): Promise<Soaked> => {
  const { seed, assemblyDir, stateDir } = run;
  const beganMs = performance.now();
  const events = drawnOrders(seed, run.orders);
  const fromMs = Math.min(...events.map(({ atMs }) => atMs));
  const untilMs = fromMs + run.days * DAY_MS;
  const faults = withQuietEnd(drawnFaults(seed, fromMs), untilMs);
  const rehearsal = await Rehearsal.boot({
    assemblyDir,
    ...WITHOUT_LEARNING,
    stateDir,
    startMs: fromMs,
    seed,
    hiccups: seededRandom(JSON.stringify(['soak', seed, 'hiccups']))() * MOST_HICCUPS,
    faults,
    react: sampleReactions({ seed }),
  });
  try {
    rehearsal.schedule(events);
    const { key: appKey }: { readonly key: string } = JSON.parse(
      rehearsal.secretValue('ShopTokenKey'),
    );
    await playSampleShops(rehearsal, { events, fromMs, seed, appKey, keys: run.keysBy(appKey) });
    await rehearsal.run(untilMs);
    const summary = await summarize({ rehearsal, events, fromMs });
    return { seed, faults, summary, seconds: (performance.now() - beganMs) / 1000 };
  } finally {
    await rehearsal.stop();
  }
};
