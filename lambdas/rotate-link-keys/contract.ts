import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const rotateLinkKeysContract = {
  name: 'rotate-link-keys',
  env: z.object({ LINK_KEYS_SECRET_ARN: z.string().min(1) }),
} as const satisfies FunctionContract;

/** What Secrets Manager calls a rotation function with, once for each step, in this order. */
export const rotationEvent = z.object({
  Step: z.enum(['createSecret', 'setSecret', 'testSecret', 'finishSecret']),
  SecretId: z.string().min(1),
  /** The new version's id. */
  ClientRequestToken: z.string().min(1),
});

export type RotationEvent = z.output<typeof rotationEvent>;
