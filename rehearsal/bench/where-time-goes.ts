import type { Rehearsal } from '../rehearsal.ts';

/** What took some of a run's time. */
export interface Spent {
  /** A function with its calls, by its construct; or one of the services' operations, `dynamodb:GetItem`. */
  readonly by: string;
  readonly calls: number;
  /** Real milliseconds of all of them. */
  readonly ms: number;
}

export interface TimeSpent {
  /** Longest first; what they called is in their time. */
  readonly functions: readonly Spent[];
  /** Longest first: the part of the functions' time that the rehearsed services took. */
  readonly services: readonly Spent[];
  readonly functionsMs: number;
  readonly servicesMs: number;
}

/** Where the real time of a rehearsal has gone so far; the rest of a run is the engine's, the bus's and the clock's. */
export const timeSpent = (rehearsal: Rehearsal): TimeSpent => {
  const functions = [...rehearsal.durations].map(([name, times]) => ({
    by: constructOf(name),
    calls: times.length,
    ms: sum(times),
  }));
  const services = [...rehearsal.servedMs].map(([by, ms]) => ({
    by,
    calls: rehearsal.requests.get(by) ?? 0,
    ms,
  }));
  return {
    functions: functions.toSorted(byTime),
    services: services.toSorted(byTime),
    functionsMs: rehearsal.busyMs,
    servicesMs: sum(services.map(({ ms }) => ms)),
  };
};

/** As the templates have it, without stack and hash. */
export const constructOf = (functionName: string): string =>
  functionName.split('-').at(-1)?.slice(0, -8) ?? functionName;

const byTime = (a: Spent, b: Spent): number => b.ms - a.ms;

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
