import type { Faults } from '../faults.ts';

const DAY_MS = 86_400_000;

/** An operator comes by every day, and what is tried again then takes hours. */
const QUIET_DAYS = 3;

/** The faults, but none of functions and services at the end: whatever they cut off can end before it is looked at. */
export const withQuietEnd = (faults: Faults, untilMs: number): Faults => ({
  ...faults,
  quietFromMs: untilMs - QUIET_DAYS * DAY_MS,
});
