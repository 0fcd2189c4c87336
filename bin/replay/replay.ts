import { join } from 'node:path';
import type { RunRecord } from '#rehearsal/diff/run-record.ts';
import type { Archived } from '#rehearsal/replay/read-archive.ts';
import { progressOf } from '../commands/progress.ts';
import { synthesize } from '../commands/synthesize.ts';
import { rehearseSide } from '../diff/rehearse-side.ts';

export interface ReplayRun {
  readonly archived: Archived;
  readonly untilMs: number;
  /** @default synthesized from the files here */
  readonly assembly?: string | undefined;
  readonly stage?: string | undefined;
  readonly seed: string;
  readonly isLearning: boolean;
  /** For logs and the assembly. */
  readonly folder: string;
}

/**
 * Runs archived events again, each when it came, through the stacks as they are now. Nobody reacts: what customers did
 * is among the events.
 *
 * @throws {SideFailed} when a call is denied
 */
export const replay = async (run: ReplayRun): Promise<RunRecord> => {
  const { archived, untilMs, assembly, stage, seed, isLearning, folder } = run;
  const { events } = archived;
  const fromMs = events[0]?.atMs ?? untilMs;
  const progress = progressOf((share) => `${Math.floor(100 * share)} % replayed`);
  return rehearseSide(
    {
      name: 'the replay',
      assemblyDir: assembly ?? (await synthesize(folder, stage)),
      stateDir: join(folder, 'replay'),
      events,
      fromMs,
      untilMs,
      seed,
      audience: 'nobody',
      isLearning,
    },
    progress,
  );
};
