import { finite, openShare, wholeNumber } from './input-checks.ts';
import type { Interval } from './interval.ts';
import { normalQuantile } from './normal.ts';

/** Customers who had the event at this time, and who were last seen then without it. */
export interface DurationCount {
  /** In any one unit, such as days since the first order; at least 0. */
  readonly time: number;
  readonly events: number;
  readonly censored: number;
}

export interface SurvivalStep {
  readonly time: number;
  /** Observed up to this time, and without the event before it. */
  readonly atRisk: number;
  readonly events: number;
  /** The share still without the event just after this time. */
  readonly survival: number;
  /** By Greenwood. */
  readonly standardError: number;
  /** By log-log; absent where survival is 1 or 0. */
  readonly interval?: Interval | undefined;
}

/**
 * The survival curve: one step for each time with an event, in order.
 *
 * E. L. Kaplan & P. Meier, JASA 53 (1958) 457–481; variance by M. Greenwood (1926); the interval for
 * ln(−ln S): J. D. Kalbfleisch & R. L. Prentice, The Statistical Analysis of Failure Time Data (2nd
 * edition 2002), section 1.4. Who is censored at a time was at risk at it.
 *
 * @param durations in any order; a time may occur more than once
 * @param alpha for each time on its own: .05
 * @throws {RangeError} for a count or time that is none
 */
export const kaplanMeier = (
  durations: readonly DurationCount[],
  alpha: number,
): readonly SurvivalStep[] => {
  const z = normalQuantile(1 - openShare('alpha', alpha) / 2);
  const ordered = durations.map(checked).toSorted((a, b) => a.time - b.time);
  let atRisk = ordered.reduce((sum, { events, censored }) => sum + events + censored, 0);
  let [survival, greenwood] = [1, 0];
  return timesOf(ordered).flatMap(({ time, events, censored }) => {
    const observed = atRisk;
    atRisk -= events + censored;
    if (events === 0) return [];
    survival *= 1 - events / observed;
    greenwood += events / (observed * (observed - events));
    const standardError = survival === 0 ? 0 : survival * Math.sqrt(greenwood);
    const interval = logLog(survival, greenwood, z);
    return [{ time, atRisk: observed, events, survival, standardError, interval }];
  });
};

const checked = (duration: DurationCount): DurationCount => {
  if (finite('time', duration.time) < 0)
    throw new RangeError(`time: got ${duration.time}, expected at least 0`);
  wholeNumber(`events at ${duration.time}`, duration.events);
  wholeNumber(`censored at ${duration.time}`, duration.censored);
  return duration;
};

/** Counts of the same time together. */
const timesOf = (ordered: readonly DurationCount[]): readonly DurationCount[] =>
  [...Map.groupBy(ordered, ({ time }) => time)].map(([time, counts]) => ({
    time,
    events: counts.reduce((sum, { events }) => sum + events, 0),
    censored: counts.reduce((sum, { censored }) => sum + censored, 0),
  }));

const logLog = (survival: number, greenwood: number, z: number): Interval | undefined => {
  if (survival <= 0 || survival >= 1) return undefined;
  const reach = (z * Math.sqrt(greenwood)) / Math.log(survival);
  return { lower: survival ** Math.exp(-reach), upper: survival ** Math.exp(reach) };
};

/** The last step up to a time; undefined before the first event, while survival is 1. */
export const stepAt = (curve: readonly SurvivalStep[], time: number): SurvivalStep | undefined =>
  curve.findLast((step) => step.time <= time);
