import { eventsOf } from '../bench/plain-orders.ts';
import { DAY_MS } from '../input/duration.ts';
import { playSampleShops } from '../input/play-sample-shops.ts';
import { catalogueEvents } from '../input/sample-catalogue.ts';
import { offerEvents } from '../input/sample-offers.ts';
import { byTime } from '../input/timed-event.ts';
import { profileOrders } from '../profiles/profile-orders.ts';
import { WITHOUT_LEARNING } from '../assembly/assembly.ts';
import { Rehearsal } from '../rehearsal.ts';
import { countsOf, type UsageCounts } from './counts.ts';

export interface RepresentativeOptions {
  readonly assemblyDir: string;
  readonly stateDir: string;
  /** Beside the one order of each profile. */
  readonly plainOrders: number;
  /** The key by which a shop signs for its pages, from the deployment's. */
  readonly keyOf: (master: Uint8Array, shop: string) => string;
  readonly onProgress: (share: number) => void;
}

/** The last of what is planned for an order comes within half a year. */
const WATCHED_DAYS = 180;

const SEED = '1';

/** Plain orders are spread over two weeks, around the clock. */
const PLACED_DAYS = 14;

const isOrder = ({ detailType }: { readonly detailType: string }): boolean =>
  detailType === 'OrderPlaced';

/**
 * Rehearses one order of every profile and some plain ones, for half a year, their customers on the confirmation page
 * too, and counts what they use. Orders that
 * profiles' customers had placed before count as orders too.
 *
 * @throws when a call was denied or an execution failed
 */
export const countRepresentativeOrders = async (
  options: RepresentativeOptions,
): Promise<UsageCounts> => {
  const { assemblyDir, stateDir, plainOrders, keyOf, onProgress } = options;
  const ofProfiles = profileOrders.flatMap(({ events }) => events);
  const fromMs = Math.min(...ofProfiles.map(({ atMs }) => atMs)) - DAY_MS;
  const placedMs = Math.max(...profileOrders.map((order) => order.placedMs));
  const spacingMs = (PLACED_DAYS * DAY_MS) / Math.max(1, plainOrders);
  const plain = Array.from({ length: plainOrders }, (_, index) =>
    eventsOf(index, Math.round(placedMs + index * spacingMs)),
  ).flat();
  const untilMs = placedMs + (PLACED_DAYS + WATCHED_DAYS) * DAY_MS;
  const events = [
    ...catalogueEvents(fromMs),
    ...offerEvents(fromMs),
    ...ofProfiles,
    ...plain,
  ].toSorted(byTime);
  const rehearsal = await Rehearsal.boot({
    ...WITHOUT_LEARNING,
    assemblyDir,
    stateDir,
    startMs: fromMs,
    seed: SEED,
  });
  try {
    rehearsal.schedule(events);
    const { key: appKey }: { readonly key: string } = JSON.parse(
      rehearsal.secretValue('ShopTokenKey'),
    );
    const keys = (shop: string) => keyOf(new TextEncoder().encode(appKey), shop);
    await playSampleShops(rehearsal, { events, fromMs, seed: SEED, appKey, keys });
    await rehearsal.run(untilMs, (nowMs) => onProgress((nowMs - fromMs) / (untilMs - fromMs)));
    assertSound(rehearsal);
    const orders = events.filter(isOrder).length;
    const of = `${orders} orders, of which ${plainOrders} plain ones of two lines in one parcel and ${profileOrders.length} of one profile each`;
    return withoutDrafts(await countsOf(rehearsal, { of, orders, stateDir }));
  } finally {
    await rehearsal.stop();
  }
};

/** Texts are drafted once a product, not once an order: a few orders of the whole assortment would pay for all of it. */
const withoutDrafts = (counts: UsageCounts): UsageCounts => ({
  ...counts,
  of: `${counts.of}; without the model's tokens for texts of products, which are drafted once a product`,
  uses: counts.uses.map((use) => ({
    ...use,
    units: Object.fromEntries(
      Object.entries(use.units).filter(([unit]) => !unit.startsWith('model')),
    ),
  })),
});

const assertSound = ({ denials, executions }: Rehearsal): void => {
  const [denial] = denials;
  if (denial !== undefined)
    throw new Error(`${denial.principal} may not ${denial.action} on ${denial.resource}`);
  const failed = executions.find(({ status }) => status !== 'SUCCEEDED');
  if (failed !== undefined) throw new Error(`execution ${failed.name} ${failed.status}`);
};
