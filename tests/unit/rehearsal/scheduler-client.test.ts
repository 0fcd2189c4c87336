import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  ResourceNotFoundException,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openGateway } from '#rehearsal/services/gateway.ts';
import { request, stage, target } from './scheduler-stage.ts';
import { ACCOUNT, arnOf, REGION, START_MS } from './stage.ts';

describe('the SDK’s client', () => {
  const opened = async () => {
    const { scheduler } = stage();
    const gateway = await openGateway();
    onTestFinished(gateway.close);
    gateway.serve(
      { scheduler: scheduler.service },
      (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
    );
    const clientOf = (accessKeyId: string) => {
      const client = new SchedulerClient({
        endpoint: gateway.endpoint,
        region: REGION,
        credentials: { accessKeyId, secretAccessKey: 'rehearsal' },
      });
      onTestFinished(() => client.destroy());
      return client;
    };
    return { client: clientOf('App-PlannerRole'), clientOf, gateway };
  };
  const touch = { Name: 'touch-1', GroupName: 'touches' };

  test('creates, reads and deletes schedules', async () => {
    const { client, gateway } = await opened();

    const created = await client.send(new CreateScheduleCommand(request));
    const read = await client.send(new GetScheduleCommand(touch));
    await client.send(new DeleteScheduleCommand(touch));

    const arn = arnOf('scheduler', 'schedule/touches/touch-1');
    expect(created.ScheduleArn).toBe(arn);
    expect(read).toMatchObject({
      ...request,
      Arn: arn,
      State: 'ENABLED',
      ScheduleExpressionTimezone: 'UTC',
      CreationDate: new Date(START_MS),
      Target: {
        ...target,
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    });
    expect([...gateway.requests.keys()]).toEqual([
      'scheduler:CreateSchedule',
      'scheduler:GetSchedule',
      'scheduler:DeleteSchedule',
    ]);
  });

  test('sees errors as it sees those of AWS', async () => {
    const { client, clientOf } = await opened();
    await client.send(new CreateScheduleCommand(request));

    const again = () => client.send(new CreateScheduleCommand(request));
    const unknown = () => client.send(new GetScheduleCommand({ ...touch, Name: 'touch-2' }));
    const stranger = () => clientOf('Stranger').send(new GetScheduleCommand(touch));
    const notModelled = () => client.send(new ListSchedulesCommand());

    await expect(again()).rejects.toThrow(ConflictException);
    await expect(again()).rejects.toMatchObject({
      message: 'Schedule touch-1 already exists.',
      $metadata: { httpStatusCode: 409 },
    });
    await expect(unknown()).rejects.toThrow(ResourceNotFoundException);
    await expect(stranger()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(notModelled()).rejects.toThrow('Scheduler GET /schedules is not modelled');
  });
});
