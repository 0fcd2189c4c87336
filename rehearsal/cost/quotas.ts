import * as z from 'zod';
import type { UsageCounts } from './counts.ts';
import { UnusableCosts } from './price-list.ts';

const quotaShape = z.strictObject({
  service: z.string(),
  what: z.string(),
  /** Names of measures (`measuresOf`), which are added up. */
  measure: z.array(z.string()).min(1),
  /** How many of the quota one of the measure takes. */
  times: z.number().positive().default(1),
  /** What in the counts says at which hours of the day it happens. @default the measure, if it is a request */
  hours: z.string().optional(),
  /**
   * `rate`: so many in a time; `level`: so many at once; `most`: of one thing, whatever the volume.
   */
  kind: z.enum(['rate', 'level', 'most']),
  /** The time of a rate. */
  seconds: z.number().positive().default(1),
  default: z.number().positive(),
  /** Where it is another. */
  regions: z.record(z.string(), z.number().positive()).default({}),
  unit: z.string(),
  /** Whether AWS raises it on request: a soft quota. */
  adjustable: z.boolean(),
  source: z.string().min(1),
  /** How the design stays under it, and what happens over it. */
  how: z.string().min(1),
});

/** `quotas.json` */
export const quotaList = z.object({ asOf: z.string(), quotas: z.array(quotaShape) });

type Quota = z.output<typeof quotaShape>;
export type QuotaList = z.output<typeof quotaList>;

export interface DemandOptions {
  readonly ordersPerMonth: number;
  readonly lambdaFactor: number;
  /** How much busier the busiest hour is than the average one of the month. */
  readonly peak: number;
  /** How long a peak lasts, for what stays for longer than an hour. */
  readonly peakHours: number;
  readonly region: string;
}

export interface QuotaLine {
  readonly service: string;
  readonly what: string;
  readonly unit: string;
  readonly average: number;
  readonly peak: number;
  readonly quota: number;
  readonly adjustable: boolean;
  /** The quota over the peak; absent where the counts have nothing of it. */
  readonly headroom?: number | undefined;
  /** - `raise`: the peak takes more than `COMFORTABLE` of it; `unused`: nothing was counted */
  readonly state: 'under' | 'raise' | 'unused';
  /** How the design stays under it, or what to do first. */
  readonly advice: string;
  readonly source: string;
}

/** 365.25 days of 24 hours, a twelfth of them. */
const MONTH_SECONDS = (365.25 * 24 * 3_600) / 12;

/** A quota of which a peak takes more is to be raised before. */
export const COMFORTABLE = 0.8;

/** What is asked of AWS leaves half as much again. */
const SPARE = 1.5;

/** What one order comes to, and for how many seconds one of it stays. */
interface Measure {
  readonly perOrder: number;
  readonly stays?: number | undefined;
}

/**
 * What quotas may ask about, an order. A level is in seconds an order: times orders a second it is how many there are
 * at once (Little's law). Stages stay open for different times, so each is a measure of its own.
 */
const measuresOf = (
  counts: UsageCounts,
  lambdaFactor: number,
): ReadonlyMap<string, readonly Measure[]> => {
  const { orders, uses, requests, tallies, executions } = counts;
  const units = new Map<string, number>();
  for (const use of uses)
    for (const [unit, amount] of Object.entries(use.units))
      units.set(unit, (units.get(unit) ?? 0) + amount);
  const stages = Object.values(executions);
  const { scheduleSeconds = 0, functionSeconds = 0, hottestKeyWrites = 0 } = tallies;
  const named = (kind: string, amounts: Iterable<readonly [string, number]>) =>
    [...amounts].map(
      ([name, amount]) => [`${kind} ${name}`, [{ perOrder: amount / orders }]] as const,
    );
  const fired = Math.max(1, units.get('schedulesFired') ?? 0);
  return new Map<string, readonly Measure[]>([
    ...named('unit', units),
    ...named('request', Object.entries(requests)),
    ...named('tally', Object.entries(tallies)),
    [
      'openExecutions',
      stages.map(({ seconds, count }) => ({ perOrder: seconds / orders, stays: seconds / count })),
    ],
    ['openSchedules', [{ perOrder: scheduleSeconds / orders, stays: scheduleSeconds / fired }]],
    ['runningFunctions', [{ perOrder: (functionSeconds * lambdaFactor) / orders }]],
    ['hottestKeyWrites', [{ perOrder: hottestKeyWrites / orders }]],
    ['longestHistory', [{ perOrder: Math.max(0, ...stages.map(({ events }) => events)) }]],
  ]);
};

/**
 * What a volume of orders takes of each quota, on average and at a peak.
 *
 * A rate peaks as the orders do, or as the hours of the day do in which it happens, whichever is more: what waits for
 * the morning comes at once. A level of what stays for days has hardly more of it for one busy day: it peaks by the
 * share of its stay that the peak lasts.
 */
export const quotaLines = (
  counts: UsageCounts,
  { quotas }: QuotaList,
  options: DemandOptions,
): readonly QuotaLine[] => {
  const measures = measuresOf(counts, options.lambdaFactor);
  return quotas.map((quota) => lineOf(quota, counts, measures, options));
};

const lineOf = (
  quota: Quota,
  counts: UsageCounts,
  measures: ReadonlyMap<string, readonly Measure[]>,
  options: DemandOptions,
): QuotaLine => {
  const found = quota.measure.flatMap((name) => measures.get(name) ?? unknown(name));
  const volume = quota.kind === 'most' ? 1 : options.ordersPerMonth / MONTH_SECONDS;
  const parts = found.map(({ perOrder, stays }) => {
    const average = volume * perOrder * quota.times * quota.seconds;
    return { average, peak: average * peakFactor(quota, stays, counts, options) };
  });
  const average = parts.reduce((sum, part) => sum + part.average, 0);
  const peak = parts.reduce((sum, part) => sum + part.peak, 0);
  const limit = quota.regions[options.region] ?? quota.default;
  const state = stateOf(peak, limit);
  return {
    service: quota.service,
    what: quota.what,
    unit: quota.unit,
    average,
    peak,
    quota: limit,
    adjustable: quota.adjustable,
    headroom: peak === 0 ? undefined : limit / peak,
    state,
    advice: state === 'raise' ? raising(quota, peak) : quota.how,
    source: quota.source,
  };
};

const KINDS = /^(unit|request|tally) \S/;

/** Nothing was counted of it, unless it is no name of a measure at all. */
const unknown = (name: string): readonly Measure[] => {
  if (KINDS.test(name)) return [];
  throw new UnusableCosts(
    `quotas.json asks for the measure "${name}", which there is not: expected "unit …", "request <service>:<operation>", "tally …", or openExecutions, openSchedules, runningFunctions, hottestKeyWrites, longestHistory`,
  );
};

const peakFactor = (
  quota: Quota,
  stays: number | undefined,
  { hours }: UsageCounts,
  { peak, peakHours }: DemandOptions,
): number => {
  if (quota.kind === 'most') return 1;
  if (quota.kind === 'level' && stays !== undefined && stays > 3_600)
    return 1 + (peak - 1) * Math.min(1, (peakHours * 3_600) / stays);
  const [first = ''] = quota.measure;
  const at = hours[quota.hours ?? first.replace(/^\w+ /, '')];
  return quota.seconds > 3_600 ? peak : Math.max(peak, busiestHour(at));
};

/** How much busier than the mean one. */
const busiestHour = (hours: readonly number[] | undefined): number => {
  const all = (hours ?? []).reduce((sum, each) => sum + each, 0);
  return all === 0 ? 1 : (Math.max(...(hours ?? [])) * 24) / all;
};

const stateOf = (peak: number, limit: number): QuotaLine['state'] => {
  if (peak === 0) return 'unused';
  return peak > limit * COMFORTABLE ? 'raise' : 'under';
};

const raising = ({ adjustable, unit, how }: Quota, peak: number): string =>
  adjustable
    ? `Raise it before, to ${rounded(peak * SPARE)} ${unit}. ${how}`
    : `AWS does not raise it: spread the load over keys, queues or accounts first. ${how}`;

/** Up to two digits that count: 137 is 140. */
const rounded = (amount: number): string => {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(amount)) - 1);
  return (Math.ceil(amount / step) * step).toLocaleString('en');
};
