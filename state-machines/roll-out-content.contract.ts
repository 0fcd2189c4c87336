import * as z from 'zod';
import type { StateMachineContract } from './state-machine-contract.ts';

/**
 * Started by hand, with `{}` or with what narrows it (docs/content.md): plan-content refuses what it does not know.
 */
export const rollOutContent = {
  name: 'roll-out-content',
  substitutions: [
    'DatabaseName',
    'WorkGroupName',
    'SalesSql',
    'OrdersSql',
    'PlanContentArn',
    'BatchRoleArn',
    'CollectDraftsArn',
    'DraftContentArn',
    'ReportContentArn',
  ],
  input: z.looseObject({}),
} as const satisfies StateMachineContract;

/** The part of a child's execution ARN that names the map (see `Label` in the definition). */
export const DRAFTS_LABEL = 'DraftProducts';
