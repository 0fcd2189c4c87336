import {
  ExecutionAlreadyExists,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { News } from '../domain/orders/milestones.ts';
import type { JourneyStarter, JourneyWaker } from '../ports/journeys.ts';

export const stepFunctionsStarter =
  (client: SFNClient, stateMachineArn: string): JourneyStarter =>
  async (name, input) => {
    try {
      await client.send(
        new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
      );
      return 'started';
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return 'already-started';
      throw error;
    }
  };

export const stepFunctionsWaker =
  (client: SFNClient): JourneyWaker =>
  async (taskToken, news: News) => {
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(news) }));
      return 'resumed';
    } catch (error) {
      if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist) return 'gone';
      throw error;
    }
  };
