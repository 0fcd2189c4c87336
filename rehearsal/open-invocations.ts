import { createHash } from 'node:crypto';
import type { Assembly } from './assembly/assembly.ts';
import type { RehearsalOptions } from './rehearsal-options.ts';
import { InvocationJournal } from './sandbox/invocation-journal.ts';

/**
 * A rehearsal follows from its assembly, its options and what is done in it: where one differs, it is another.
 *
 * @throws {OtherRehearsal}
 */
export const openInvocations = (
  { invocations, seed, startMs, hiccups, faults, stacks }: RehearsalOptions,
  assembly: Assembly,
): InvocationJournal | undefined => {
  if (invocations === undefined) return undefined;
  const { file, inputs } = invocations;
  const templates = assembly.stacks.map(({ name, template }) => [name, template]);
  const of = JSON.stringify([templates, seed, startMs, hiccups, faults, stacks, inputs]);
  return new InvocationJournal(file, createHash('sha256').update(of).digest('base64'));
};
