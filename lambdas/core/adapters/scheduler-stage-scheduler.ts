import {
  ConflictException,
  CreateScheduleCommand,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { StageScheduler } from '../ports/stage-scheduler.ts';
import { onceAt, type ScheduleTarget } from './schedule-target.ts';

export const schedulerStageScheduler =
  (client: SchedulerClient, target: ScheduleTarget): StageScheduler =>
  async (name, at, payload) => {
    try {
      await client.send(new CreateScheduleCommand(onceAt(target, name, at, payload)));
      return 'scheduled';
    } catch (error) {
      if (error instanceof ConflictException) return 'already-scheduled';
      throw error;
    }
  };
