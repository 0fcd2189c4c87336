import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clearState } from '#rehearsal/clear-state.ts';
import type { RehearsalOptions } from '#rehearsal/rehearsal-options.ts';
import { type RehearsalInput, UnusableInput } from '../commands/rehearsal-input.ts';

const JOURNAL = 'invocations.jsonl';

export interface Resumed {
  readonly resume: boolean;
  readonly bedrock: string;
  readonly books: boolean;
}

/**
 * Empties the state folder, but for what was begun in it and is to go on.
 *
 * @throws {UnusableInput} for a run that cannot go on
 */
export const clearOrKeep = async (
  { resume, bedrock, books }: Resumed,
  stateDir: string,
): Promise<void> => {
  if (!resume) return clearState(stateDir);
  if (books || bedrock === 'real')
    throw new UnusableInput('--resume: a run with --books or --bedrock real cannot be resumed');
  if (!existsSync(join(stateDir, JOURNAL)))
    console.error(`--resume: ${stateDir} has nothing to resume, so it begins from the start`);
  return clearState(stateDir, [JOURNAL, 'logs']);
};

/** Where it is kept what functions did, and what of. */
export const invocationsOf = (
  stateDir: string,
  { events, untilMs }: RehearsalInput,
): RehearsalOptions['invocations'] => {
  const inputs = createHash('sha256');
  for (const event of events) inputs.update(JSON.stringify(event));
  return { file: join(stateDir, JOURNAL), inputs: `${inputs.digest('base64')} ${untilMs}` };
};
