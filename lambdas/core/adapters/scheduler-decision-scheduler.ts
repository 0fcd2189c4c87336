import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { DecisionDue, DecisionScheduler } from '../ports/decision-scheduler.ts';
import { onceAt, type ScheduleTarget } from './schedule-target.ts';
import { sha256Digest } from './sha256-digest.ts';

/** One-time schedules, named for touch and turn: the same is never made twice. */
export const schedulerDecisionScheduler = (
  client: SchedulerClient,
  target: ScheduleTarget,
): DecisionScheduler => ({
  at: async (until, due) => {
    try {
      await client.send(new CreateScheduleCommand(onceAt(target, nameOf(due), until, due)));
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
    }
  },

  cancel: async (due) => {
    try {
      const { groupName: GroupName } = target;
      await client.send(new DeleteScheduleCommand({ Name: nameOf(due), GroupName }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  },
});

/** 64 characters at most: `hold-`, 40, and the turn. */
const nameOf = ({ shop, orderId, touchId, turn }: DecisionDue): string =>
  `hold-${sha256Digest(JSON.stringify([shop, orderId, touchId]))}-${turn}`;
