import { eventsOf } from '../bench/plain-orders.ts';
import { DAY_MS } from '../input/duration.ts';
import { catalogueEvents } from '../input/sample-catalogue.ts';
import { byTime } from '../input/timed-event.ts';
import { profileOrders } from '../profiles/profile-orders.ts';
import { WITHOUT_SCORES } from '../assembly/assembly.ts';
import { Rehearsal } from '../rehearsal.ts';
import { countsOf, type UsageCounts } from './counts.ts';

export interface RepresentativeOptions {
  readonly assemblyDir: string;
  readonly stateDir: string;
  /** Beside the one order of each profile. */
  readonly plainOrders: number;
  readonly onProgress: (share: number) => void;
}

/** The last of what is planned for an order comes within half a year. */
const WATCHED_DAYS = 180;

/** Plain orders are spread over two weeks, around the clock. */
const PLACED_DAYS = 14;

const isOrder = ({ detailType }: { readonly detailType: string }): boolean =>
  detailType === 'OrderPlaced';

/**
 * Rehearses one order of every profile and some plain ones, for half a year, and counts what they use. Orders that
 * profiles' customers had placed before count as orders too.
 *
 * @throws when a call was denied or an execution failed
 */
export const countRepresentativeOrders = async (
  options: RepresentativeOptions,
): Promise<UsageCounts> => {
  const { assemblyDir, stateDir, plainOrders, onProgress } = options;
  const ofProfiles = profileOrders.flatMap(({ events }) => events);
  const fromMs = Math.min(...ofProfiles.map(({ atMs }) => atMs)) - DAY_MS;
  const placedMs = Math.max(...profileOrders.map((order) => order.placedMs));
  const spacingMs = (PLACED_DAYS * DAY_MS) / Math.max(1, plainOrders);
  const plain = Array.from({ length: plainOrders }, (_, index) =>
    eventsOf(index, Math.round(placedMs + index * spacingMs)),
  ).flat();
  const untilMs = placedMs + (PLACED_DAYS + WATCHED_DAYS) * DAY_MS;
  const events = [...catalogueEvents(fromMs), ...ofProfiles, ...plain].toSorted(byTime);
  const rehearsal = await Rehearsal.boot({
    ...WITHOUT_SCORES,
    assemblyDir,
    stateDir,
    startMs: fromMs,
    seed: '1',
  });
  try {
    rehearsal.schedule(events);
    await rehearsal.run(untilMs, (nowMs) => onProgress((nowMs - fromMs) / (untilMs - fromMs)));
    assertSound(rehearsal);
    const orders = events.filter(isOrder).length;
    const of = `${orders} orders, of which ${plainOrders} plain ones of two lines in one parcel and ${profileOrders.length} of one profile each`;
    return await countsOf(rehearsal, { of, orders, stateDir });
  } finally {
    await rehearsal.stop();
  }
};

const assertSound = ({ denials, executions }: Rehearsal): void => {
  const [denial] = denials;
  if (denial !== undefined)
    throw new Error(`${denial.principal} may not ${denial.action} on ${denial.resource}`);
  const failed = executions.find(({ status }) => status !== 'SUCCEEDED');
  if (failed !== undefined) throw new Error(`execution ${failed.name} ${failed.status}`);
};
