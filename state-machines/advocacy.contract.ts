import * as z from 'zod';
import type { AdvocacyInput } from '#core/domain/journeys/plan.ts';
import type { StateMachineContract } from './state-machine-contract.ts';

export const advocacy = {
  name: 'advocacy',
  substitutions: ['DecideTouchArn', 'AwaitMilestoneArn', 'EventBusName'],
  input: z.object({
    shop: z.string(),
    orderId: z.string(),
    answerWithinSeconds: z.int().positive(),
    reviewLines: z.array(z.string()).readonly(),
    reviewWithinSeconds: z.int().positive(),
    mayRefer: z.boolean(),
  }) satisfies z.ZodType<AdvocacyInput>,
} as const satisfies StateMachineContract;
