/** Ten writers of one order within milliseconds are more than any shop has; then the queue retries. */
const MAX_TRIES = 10;

/**
 * Repeats a read–change–write until nobody interferes.
 *
 * @param attempt gives `undefined` when somebody else wrote between its read and its write
 * @throws after `maxTries` in vain
 */
export const retryOnConflict = async <Result>(
  attempt: () => Promise<Result | undefined>,
  maxTries: number = MAX_TRIES,
): Promise<Result> => {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const result = await attempt();
    if (result !== undefined) return result;
  }
  throw new Error(`gave up after ${maxTries} conflicting writes: too many writers at once`);
};
