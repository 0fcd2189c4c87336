import type { Spent, TimeSpent } from '#rehearsal/bench/where-time-goes.ts';
import { timeSpent } from '#rehearsal/bench/where-time-goes.ts';
import { DAY_MS } from '#rehearsal/input/duration.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import type { Row } from './bench-insight.ts';
import { progressOf } from './progress.ts';
import { readInput } from './rehearsal-input.ts';

interface Imported {
  readonly file: string | undefined;
  readonly limit: string;
  readonly assemblyDir: string;
  readonly stateDir: string;
}

const DAYS = 180;

/** The functions and operations that are told of. */
const MOST_TOLD = 8;

/** Rehearses orders of a file as `npm run rehearse` does, and tells where its time goes. */
export const importedRows = async ({
  file,
  limit,
  assemblyDir,
  stateDir,
}: Imported): Promise<readonly Row[]> => {
  if (file === undefined)
    throw new Error('--only imported: got no --sales FILE, expected a file of orders, as of UCI');
  const input = await readInput(
    {
      orders: file,
      limit,
      until: String(DAYS),
      emails: 'customers-and-guests',
      consent: '1',
      duplicate: '0',
      shuffle: '0s',
      seed: '1',
    },
    stateDir,
  );
  const { events, fromMs, untilMs } = input;
  const rehearsal = await Rehearsal.boot({
    assemblyDir,
    stateDir,
    startMs: fromMs,
    seed: '1',
    hiccups: 0.01,
  });
  try {
    rehearsal.schedule(events);
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    const progress = progressOf(
      () => `${day(rehearsal.clock.now())}  ${rehearsal.outbox.length} e-mails`,
    );
    const startMs = performance.now();
    await rehearsal.run(untilMs, (nowMs) => progress((nowMs - fromMs) / (untilMs - fromMs)));
    const seconds = (performance.now() - startMs) / 1000;
    return rowsOf(rehearsal, {
      orders: events.filter(({ detailType }) => detailType === 'OrderPlaced').length,
      days: (untilMs - fromMs) / DAY_MS,
      seconds,
    });
  } finally {
    await rehearsal.stop();
  }
};

interface Ran {
  readonly orders: number;
  readonly days: number;
  /** Real ones. */
  readonly seconds: number;
}

const rowsOf = (rehearsal: Rehearsal, { orders, days, seconds }: Ran): readonly Row[] => {
  const spent = timeSpent(rehearsal);
  const lakeMs = rehearsal.lake.busyMs;
  const restMs = seconds * 1000 - spent.functionsMs - lakeMs;
  const mails = rehearsal.outbox.length;
  return [
    {
      figure: 'imported orders',
      value: `${(orders / seconds).toFixed(1)} a second (${orders} over ${days} days in ${seconds.toFixed(0)} s, ${mails} e-mails)`,
      target: '≥ 15',
    },
    {
      figure: 'peak memory',
      value: `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
      target: '≤ 4,096 MB',
    },
    ...timeRows(spent, orders),
    {
      figure: 'questions to the lake',
      value: `${(lakeMs / orders).toFixed(1)} ms an order, by state machines`,
    },
    { figure: 'engine, bus and clock', value: `${(restMs / orders).toFixed(1)} ms an order` },
  ];
};

/** Functions with their calls, and of their time what the services took. */
export const timeRows = ({ functions, services }: TimeSpent, orders: number): readonly Row[] => {
  const row =
    (prefix: string) =>
    ({ by, calls, ms }: Spent): Row => ({
      figure: `${prefix} ${by}`,
      value: `${(ms / orders).toFixed(1)} ms an order: ${(calls / orders).toFixed(1)} × ${(ms / calls).toFixed(2)} ms`,
    });
  return [
    ...functions.slice(0, MOST_TOLD).map(row('time of')),
    ...services.slice(0, MOST_TOLD).map(row('… of it,')),
  ];
};
