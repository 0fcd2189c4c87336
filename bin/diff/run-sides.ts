import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '#rehearsal/diff/run-record.ts';
import { type Side, SideFailed } from './rehearse-side.ts';

export interface SidesOptions {
  /** @param shares how far each side is, in their order, 0 to 1 */
  readonly onProgress: (shares: readonly number[]) => void;
  readonly signal: AbortSignal;
}

/**
 * Rehearses sides at the same time, each in a process of its own; when one fails the others are ended.
 *
 * @throws {SideFailed} with what the process complained about
 */
export const runSides = async (
  sides: readonly Side[],
  { onProgress, signal }: SidesOptions,
): Promise<readonly RunRecord[]> => {
  const shares = sides.map(() => 0);
  const failing = new AbortController();
  const either = AbortSignal.any([signal, failing.signal]);
  const runs = sides.map(async (side, at) => {
    try {
      return await runSide(side, either, (share) => {
        shares[at] = share;
        onProgress(shares);
      });
    } catch (error) {
      failing.abort(error);
      throw error;
    }
  });
  const ended = await Promise.allSettled(runs);
  either.throwIfAborted();
  return ended.flatMap((run) => (run.status === 'fulfilled' ? [run.value] : []));
};

const PROCESS = fileURLToPath(new URL('side.ts', import.meta.url));

const runSide = async (
  side: Side,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<RunRecord> => {
  await mkdir(side.stateDir, { recursive: true });
  const [sideFile, recordFile] = [
    join(side.stateDir, 'side.json'),
    join(side.stateDir, 'run.json'),
  ];
  await writeFile(sideFile, JSON.stringify(side));
  const child = fork(PROCESS, [sideFile, recordFile], {
    signal,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const complaints: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk.toString('utf8')));
  child.on('message', (share) => onProgress(Number(share)));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new SideFailed(complaintOf(side, complaints.join('')));
  const record: RunRecord = JSON.parse(await readFile(recordFile, 'utf8'));
  return record;
};

const MOST_COMPLAINT = 2_000;

/** Of an error the sentence, where it is one of ours; else all of the end. */
const complaintOf = ({ name }: Side, said: string): string => {
  const [, sentence] = /SideFailed: (.*)/.exec(said) ?? [];
  return sentence ?? `${name} cannot be rehearsed: ${said.trim().slice(-MOST_COMPLAINT)}`;
};
