import * as z from 'zod';
import type { OnboardingInput } from '#core/domain/journeys/plan.ts';
import type { StateMachineContract } from './state-machine-contract.ts';

export const onboarding = {
  name: 'onboarding',
  substitutions: ['DecideTouchArn', 'AwaitMilestoneArn', 'EventBusName'],
  input: z.object({
    shop: z.string(),
    orderId: z.string(),
    careLines: z.array(z.string()).readonly(),
    useLines: z.array(z.string()).readonly(),
    nudgeAt: z.iso.datetime().nullable(),
    checkInLines: z.array(z.string()).readonly(),
    checkInAt: z.iso.datetime().nullable(),
  }) satisfies z.ZodType<OnboardingInput>,
} as const satisfies StateMachineContract;
