import type { StackChoice } from '#rehearsal/assembly/assembly.ts';
import type { Faults } from '#rehearsal/faults.ts';
import type { LocalSite } from '#rehearsal/local-site.ts';
import type { RehearsalOptions } from '#rehearsal/rehearsal-options.ts';
import type { Summary } from '#rehearsal/report/summary.ts';
import type { RehearsalInput } from '../commands/rehearsal-input.ts';

/** A rehearsal as `npm run rehearse` was asked for one. */
export interface Run {
  readonly input: RehearsalInput;
  readonly assemblyDir: string;
  /** Which stacks of it. @default all */
  readonly stacks?: StackChoice | undefined;
  readonly stateDir: string;
  readonly seed: string;
  readonly hiccups: number;
  readonly faults: Faults | undefined;
  readonly bedrock: 'stand-in' | 'real';
  readonly invocations: RehearsalOptions['invocations'];
  readonly report: (summary: Summary) => Promise<void>;
  /** Where its HTTP API is served afterwards. @default nowhere */
  readonly site?: LocalSite | undefined;
}
