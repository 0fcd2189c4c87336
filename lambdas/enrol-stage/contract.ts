import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';
import { visitTouches } from '#core/domain/journeys/visits.ts';

const arn = z.string().min(1);

export const enrolStageContract = {
  name: 'enrol-stage',
  env: z.object({
    ORDERS_TABLE_NAME: z.string().min(1),
    CUSTOMERS_TABLE_NAME: z.string().min(1),
    PURCHASES_TABLE_NAME: z.string().min(1),
    CATALOGUE_TABLE_NAME: z.string().min(1),
    PSEUDONYMS_TABLE_NAME: z.string().min(1),
    SCORES_TABLE_NAME: z.string().min(1),
    AFFINITY_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    FULFILMENT_STATE_MACHINE_ARN: arn,
    ONBOARDING_STATE_MACHINE_ARN: arn,
    ADVOCACY_STATE_MACHINE_ARN: arn,
    REPURCHASE_STATE_MACHINE_ARN: arn,
    NOTICE_STATE_MACHINE_ARN: arn,
    SUPPORT_STATE_MACHINE_ARN: arn,
    SCHEDULE_GROUP_NAME: z.string().min(1),
    SCHEDULER_ROLE_ARN: arn,
    NOT_ENROLLED_QUEUE_ARN: arn,
  }),
} as const satisfies FunctionContract;

const ofOrder = { shop: z.string().min(1), orderId: z.string().min(1) };

/** What a schedule sends when a stage is due, or a visit of the repurchase stage. */
export const stageDue = z.discriminatedUnion('stage', [
  z.object({ ...ofOrder, stage: z.literal('onboarding') }),
  z.object({ ...ofOrder, stage: z.literal('advocacy') }),
  z.object({
    ...ofOrder,
    stage: z.literal('repurchase'),
    /** What was to come when this was planned; what comes is decided when it is due. */
    planned: z.enum(visitTouches),
    /** Earlier visits, as `visitId` names them. */
    done: z.array(z.string()),
    /** Counts how often the order was looked at. */
    turn: z.int().positive(),
  }),
]);

export type StageDue = z.output<typeof stageDue>;
