import { tables } from '#core/contracts/tables.ts';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { DAY_MS } from '../input/duration.ts';
import { wallMs } from '../input/local-time.ts';
import { recordsOf } from '../invariants/evidence.ts';
import { catalogueEvents } from '../input/sample-catalogue.ts';
import { WITHOUT_LEARNING } from '../assembly/assembly.ts';
import { Rehearsal } from '../rehearsal.ts';
import { byTime } from '../input/timed-event.ts';
import { type ProfileOrder, profileOrders } from './profile-orders.ts';

/** What one customer receives for one order, day by day. */
export interface ProfileCalendar extends Pick<ProfileOrder, 'profile' | 'about'> {
  readonly entries: readonly CalendarEntry[];
  /** Of all state machines, for this order alone. */
  readonly transitions: number;
}

export interface CalendarEntry {
  /** Days since the day of the order, by the shop's calendar. */
  readonly day: number;
  readonly touch: string;
  readonly channel: string;
}

const WATCHED_DAYS = 180;

export interface RunProfilesOptions {
  readonly assemblyDir: string;
  readonly stateDir: string;
  readonly onProgress?: (share: number) => void;
}

/**
 * Rehearses one order of every profile, all at once, for half a year.
 *
 * @throws when a call was denied or an execution failed
 */
export const runProfiles = async ({
  assemblyDir,
  stateDir,
  onProgress = () => undefined,
}: RunProfilesOptions): Promise<readonly ProfileCalendar[]> => {
  const orderEvents = profileOrders.flatMap(({ events }) => events);
  const firstMs = Math.min(...orderEvents.map(({ atMs }) => atMs)) - DAY_MS;
  const untilMs =
    Math.max(...profileOrders.map(({ placedMs }) => placedMs)) + WATCHED_DAYS * DAY_MS;
  const rehearsal = await Rehearsal.boot({
    ...WITHOUT_LEARNING,
    assemblyDir,
    stateDir,
    startMs: firstMs,
    seed: '1',
  });
  try {
    rehearsal.schedule([...catalogueEvents(firstMs), ...orderEvents].toSorted(byTime));
    await rehearsal.run(untilMs, (nowMs) => onProgress((nowMs - firstMs) / (untilMs - firstMs)));
    assertSound(rehearsal);
    const touches = recordsOf(rehearsal, tables.touches.name, toTouchRecord);
    return profileOrders.map((order) => calendarOf(order, touches, rehearsal));
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

const dayOf = (ms: number, timeZone: string): number => Math.floor(wallMs(ms, timeZone) / DAY_MS);

const calendarOf = (
  { profile, about, shop, timeZone, orderId, placedMs }: ProfileOrder,
  touches: readonly TouchRecord[],
  { executions }: Rehearsal,
): ProfileCalendar => ({
  profile,
  about,
  entries: touches
    .filter((touch) => touch.shop === shop && touch.orderId === orderId)
    .flatMap(({ touch, decision, outcome }) => {
      if (outcome?.state !== 'sent' || !('channel' in decision)) return [];
      const day = dayOf(Date.parse(outcome.at), timeZone) - dayOf(placedMs, timeZone);
      return [{ day, touch, channel: decision.channel, at: outcome.at }];
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ day, touch, channel }) => ({ day, touch, channel })),
  transitions: executions
    .filter(({ name }) => name.startsWith(`${shop}_${orderId}_`))
    .reduce((total, { stateTransitions }) => total + stateTransitions, 0),
});
