import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const enrolStageContract = {
  name: 'enrol-stage',
  env: z.object({ FULFILMENT_STATE_MACHINE_ARN: z.string().min(1) }),
} as const satisfies FunctionContract;
