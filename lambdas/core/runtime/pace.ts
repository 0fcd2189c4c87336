import type { Pace } from '../ports/pace.ts';

export interface PaceSettings {
  /** Units a second: of this sandbox, which is one of as many as the queue's mapping runs at once. */
  readonly perSecond: number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Milliseconds; need not be those of a day. */
  readonly nowMs: () => number;
}

/**
 * Keeps a sandbox below its share of a provider's rate: what takes n units is followed by nothing for n times the
 * second's share of one. It holds over batches, as the sandbox is reused.
 */
export const paceOf = ({ perSecond, sleep, nowMs }: PaceSettings): Pace => {
  let lastMs = -Infinity;
  let takesMs = 0;
  return async (units) => {
    // A clock that was put back makes nobody wait for longer than the last send asks for.
    const waitMs = Math.min(lastMs + takesMs - nowMs(), takesMs);
    if (waitMs > 0) await sleep(Math.ceil(waitMs));
    lastMs = nowMs();
    takesMs = (units * 1000) / perSecond;
  };
};
