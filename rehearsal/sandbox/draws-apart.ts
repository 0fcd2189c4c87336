import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const KEY = 'rehearsal: functions draw apart from';

/**
 * Has the functions that this thread and those it starts run from now on draw other numbers than those of another
 * thread, so that names which they draw, as of a customer in the lake, are not drawn in both.
 *
 * @param part names the thread; without one it draws as every other does
 */
export const drawApart = (part: string | undefined): void => setEnvironmentData(KEY, part);

/** The seed as this thread has it: unchanged unless it draws apart. */
export const drawnApart = (seed: string): string => {
  const part = getEnvironmentData(KEY);
  return typeof part === 'string' ? `${seed}/${part}` : seed;
};
