import { SCHEMA_VERSION, sourceOf } from '#core/contracts/incoming-events.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import { WITHOUT_LEARNING } from '../assembly/assembly.ts';
import { Rehearsal } from '../rehearsal.ts';
import { constructOf, timeSpent, type TimeSpent } from './where-time-goes.ts';

export interface OrderFigures {
  readonly orders: number;
  /** Of one order each. */
  readonly transitions: number;
  readonly invocations: number;
  readonly invocationsByFunction: Readonly<Record<string, number>>;
  readonly reads: number;
  readonly writes: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly messages: number;
  /** By `<service>:<operation>`. */
  readonly requests: Readonly<Record<string, number>>;
  /** Of the whole run. */
  readonly seconds: number;
  /** Shares of the run: functions themselves, services that they called; the rest is engine and bus. */
  readonly functionsShare: number;
  readonly servicesShare: number;
  /** Of the whole rehearsal, its first orders included. */
  readonly timeSpent: TimeSpent;
  readonly ordersPerSecond: number;
  readonly peakRssMb: number;
  /** Real milliseconds from PutEvents to the confirmation at the provider, median. */
  readonly eventToMailMs: number;
  /** Real milliseconds that decide-touch took with its calls to the rehearsed services. */
  readonly decideMs: { readonly median: number; readonly p99: number; readonly count: number };
}

const START_MS = Date.UTC(2026, 2, 2, 8);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The orders of two weeks, until the last of them was asked to come back. */
export const WATCHED_DAYS = 120;

/** The events of a plain order: two lines, one parcel, no exception. */
export const eventsOf = (index: number, placedMs: number): readonly TimedEvent[] => {
  const orderId = `plain-${index}`;
  const event = (
    detailType: string,
    afterMs: number,
    says: Readonly<Record<string, unknown>>,
  ): TimedEvent => ({
    atMs: placedMs + afterMs,
    source: sourceOf('hearth'),
    detailType,
    detail: {
      eventId: `${orderId}/${detailType}`,
      occurredAt: new Date(placedMs + afterMs).toISOString(),
      schemaVersion: SCHEMA_VERSION,
      shop: 'hearth',
      orderId,
      ...says,
    },
  });
  return [
    event('OrderPlaced', 0, placed(index)),
    event('ShipmentDispatched', 26 * HOUR_MS, { parcelId: 'P1', carrier: 'Parcel Express' }),
    event('ShipmentUpdated', 50 * HOUR_MS, { parcelId: 'P1', status: 'out_for_delivery' }),
    event('ShipmentDelivered', 53 * HOUR_MS, { parcelId: 'P1' }),
  ];
};

const placed = (index: number) => ({
  contact: {
    customerId: `c-${index}`,
    email: `customer-${index}@customers.example`,
    name: 'Ada Example',
    locale: 'en-GB',
  },
  lines: [
    line('1', 'Stoneware mug', { quantity: 2, amountMinor: 1990 }),
    line('2', 'Coffee filters', { quantity: 1, amountMinor: 650 }),
  ],
  total: { amountMinor: 4630, currency: 'EUR' },
});

const line = (
  lineId: string,
  name: string,
  { quantity, amountMinor }: { readonly quantity: number; readonly amountMinor: number },
) => ({
  lineId,
  sku: `sku-${lineId}`,
  name,
  quantity,
  category: 'Kitchen',
  kind: 'physical',
  imageUrl: 'https://static.hearth.example/item.png',
  unitPrice: { amountMinor, currency: 'EUR' },
});

/** Rehearses plain orders through all stages and counts what one costs. */
export const measureOrders = async (
  orders: number,
  { assemblyDir, stateDir }: { readonly assemblyDir: string; readonly stateDir: string },
  onProgress: (share: number) => void,
): Promise<OrderFigures> => {
  const rehearsal = await Rehearsal.boot({
    ...WITHOUT_LEARNING,
    assemblyDir,
    stateDir,
    startMs: START_MS,
    seed: '1',
  });
  try {
    const eventToMailMs = await confirmationTime(rehearsal);
    const before = figuresOf(rehearsal);
    const spacingMs = (14 * DAY_MS) / orders;
    const fromMs = rehearsal.clock.now() + HOUR_MS;
    for (let index = 0; index < orders; index += 1)
      rehearsal.schedule(eventsOf(index, Math.round(fromMs + index * spacingMs)));
    const startMs = performance.now();
    const untilMs = fromMs + WATCHED_DAYS * DAY_MS;
    await rehearsal.run(untilMs, (nowMs) => onProgress((nowMs - fromMs) / (untilMs - fromMs)));
    const seconds = (performance.now() - startMs) / 1000;
    const after = figuresOf(rehearsal);
    const each = (
      key:
        | 'transitions'
        | 'invocations'
        | 'reads'
        | 'writes'
        | 'readUnits'
        | 'writeUnits'
        | 'messages',
    ) => (after[key] - before[key]) / orders;
    return {
      orders,
      transitions: each('transitions'),
      invocations: each('invocations'),
      invocationsByFunction: byFunction(rehearsal, orders + WARM_UP),
      reads: each('reads'),
      writes: each('writes'),
      readUnits: each('readUnits'),
      writeUnits: each('writeUnits'),
      messages: each('messages'),
      requests: perOrder(rehearsal.requests, orders + WARM_UP),
      seconds,
      functionsShare: (after.functionsMs - before.functionsMs) / 1000 / seconds,
      servicesShare: (after.servicesMs - before.servicesMs) / 1000 / seconds,
      timeSpent: timeSpent(rehearsal),
      ordersPerSecond: orders / seconds,
      peakRssMb: process.resourceUsage().maxRSS / 1024,
      eventToMailMs,
      decideMs: quantiles(durationsOf(rehearsal, 'DecideTouch')),
    };
  } finally {
    await rehearsal.stop();
  }
};

const durationsOf = (rehearsal: Rehearsal, construct: string): readonly number[] =>
  [...rehearsal.durations].find(([name]) => name.includes(`-${construct}`))?.[1] ?? [];

const quantiles = (times: readonly number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), p99: at(0.99), count: sorted.length };
};

const figuresOf = (rehearsal: Rehearsal) => ({
  ...rehearsal.tables.meter,
  transitions: rehearsal.executions.reduce((total, each) => total + each.stateTransitions, 0),
  invocations: [...rehearsal.invocations.values()].reduce((total, each) => total + each, 0),
  messages: rehearsal.outbox.length,
  ...timesOf(rehearsal),
});

const timesOf = (rehearsal: Rehearsal) => {
  const { functionsMs, servicesMs } = timeSpent(rehearsal);
  return { functionsMs: functionsMs - servicesMs, servicesMs };
};

const perOrder = (
  counts: ReadonlyMap<string, number>,
  orders: number,
): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].map(([name, count]) => [name, count / orders]));

/** Names of functions as the templates have them, without stack and hash. */
const byFunction = (rehearsal: Rehearsal, orders: number): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...rehearsal.invocations].map(([name, count]) => [constructOf(name), count / orders]),
  );

/** Orders whose confirmation is timed one by one; the first ones pay for cold code. */
const WARM_UP = 15;

const confirmationTime = async (rehearsal: Rehearsal): Promise<number> => {
  const times: number[] = [];
  for (let index = 0; index < WARM_UP; index += 1) {
    const atMs = rehearsal.clock.now();
    const [first, ...rest] = eventsOf(-1 - index, atMs);
    const before = rehearsal.outbox.length;
    if (first !== undefined) rehearsal.schedule([first]);
    const startMs = performance.now();
    await rehearsal.clock.runUntil(atMs + 1000);
    times.push(performance.now() - startMs);
    if (rehearsal.outbox.length !== before + 1) throw new Error('a plain order was not confirmed');
    rehearsal.schedule(rest);
  }
  await rehearsal.clock.runUntil(rehearsal.clock.now() + WATCHED_DAYS * DAY_MS);
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
};
