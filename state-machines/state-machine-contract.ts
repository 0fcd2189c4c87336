import type * as z from 'zod';

/** What a state machine needs from its stack, and what starts it. */
export interface StateMachineContract {
  /** The file `state-machines/<name>.asl.json`; for a journey also its stage. */
  readonly name: string;
  /** Every `${Placeholder}` in the definition, and the only ones. */
  readonly substitutions: readonly string[];
  readonly input: z.ZodType;
}
