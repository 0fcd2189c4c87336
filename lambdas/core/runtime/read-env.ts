import type * as z from 'zod';
import type { FunctionContract } from '../contracts/function-contract.ts';

/**
 * Reads and validates the environment. Call it once, at module scope, so that a bad
 * deployment fails in the init phase and no event is lost to it.
 *
 * @throws if a variable is missing or malformed, naming every such variable.
 */
export const readEnv = <Env extends z.ZodObject>(
  { name, env }: FunctionContract<Env>,
  source: NodeJS.ProcessEnv = process.env,
): z.output<Env> => {
  const parsed = env.safeParse(source);
  if (parsed.success) return parsed.data;

  const bad = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`${name}: set valid values for ${bad}`, { cause: parsed.error });
};
