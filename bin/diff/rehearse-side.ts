import { shopKey } from '#core/adapters/shop-key.ts';
import { readAssembly, WITHOUT_LEARNING } from '#rehearsal/assembly/assembly.ts';
import { recordOf } from '#rehearsal/diff/record-run.ts';
import type { RunRecord } from '#rehearsal/diff/run-record.ts';
import type { Faults } from '#rehearsal/faults.ts';
import { SECOND_MS } from '#rehearsal/input/duration.ts';
import { lookAt } from '#rehearsal/input/page-visitors.ts';
import { playSampleShops } from '#rehearsal/input/play-sample-shops.ts';
import { sampleReactions } from '#rehearsal/input/sample-shop.ts';
import { placedOrder } from '#rehearsal/input/shop-orders.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';

/**
 * What customers do: those of the sample shops react to everything; of other orders the confirmation page is looked at
 * once, so that it is known what it shows; or nobody does anything.
 */
export type Audience = 'sample' | 'looks' | 'nobody';

/** All that one side of a comparison is rehearsed by. */
export interface Side {
  /** How messages name it. */
  readonly name: string;
  readonly assemblyDir: string;
  readonly stateDir: string;
  /** In order of time. */
  readonly events: readonly TimedEvent[];
  readonly fromMs: number;
  readonly untilMs: number;
  readonly seed: string;
  readonly audience: Audience;
  readonly faults?: Faults | undefined;
  /** Whether scores, affinity and priors of offers are learnt, of all orders together. @default false */
  readonly isLearning?: boolean | undefined;
}

/** Stacks that cannot be rehearsed to the end. */
export class SideFailed extends Error {
  override readonly name = 'SideFailed';
}

/** Stacks that learn of all orders together would have one order's change move others. An earlier version may lack some. */
const stacksOf = (assemblyDir: string) => {
  const names = readAssembly(assemblyDir).stacks.map(({ name }) => name);
  const { allBut } = WITHOUT_LEARNING.stacks;
  return { allBut: allBut.filter((part) => names.some((name) => name.endsWith(`-${part}`))) };
};

/**
 * Rehearses one version without hiccups.
 *
 * @throws {SideFailed} when a call is denied
 */
export const rehearseSide = async (
  side: Side,
  onProgress: (share: number) => void,
): Promise<RunRecord> => {
  const { assemblyDir, stateDir, events, fromMs, untilMs, seed, audience, faults } = side;
  const rehearsal = await Rehearsal.boot({
    assemblyDir,
    stateDir,
    stacks: side.isLearning === true ? undefined : stacksOf(assemblyDir),
    startMs: fromMs,
    seed,
    faults,
    react: audience === 'sample' ? sampleReactions({ seed }) : undefined,
  });
  try {
    rehearsal.schedule(events);
    await invite(rehearsal, side);
    await rehearsal.run(untilMs, (nowMs) => onProgress((nowMs - fromMs) / (untilMs - fromMs)));
    assertAllowed(rehearsal, side);
    return await recordOf(rehearsal, stateDir);
  } finally {
    await rehearsal.stop();
  }
};

const assertAllowed = ({ denials: [denial] }: Rehearsal, { name }: Side): void => {
  if (denial === undefined) return;
  const { principal, action, resource } = denial;
  throw new SideFailed(
    `${name}: the deployed stacks would fail: ${principal} may not ${action} on ${resource}`,
  );
};

/** A customer looks at the page that the shop shows after the order. */
const LOOKS_AFTER_MS = 5 * SECOND_MS;

const invite = async (
  rehearsal: Rehearsal,
  { audience, events, fromMs, seed }: Side,
): Promise<void> => {
  if (audience === 'nobody') return;
  const { key }: { readonly key: string } = JSON.parse(rehearsal.secretValue('ShopTokenKey'));
  const master = new TextEncoder().encode(key);
  const keys = (shop: string) => shopKey(master, shop);
  if (audience === 'sample') {
    await playSampleShops(rehearsal, { events, fromMs, seed, appKey: key, keys });
    return;
  }
  for (const event of events) {
    const order = placedOrder(event);
    if (order !== undefined)
      rehearsal.plan([await lookAt(order, event.atMs + LOOKS_AFTER_MS, keys)]);
  }
};
