import { createHash } from 'node:crypto';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { schedulerStageScheduler } from '#core/adapters/scheduler-stage-scheduler.ts';
import { sqsParkedEvents } from '#core/adapters/sqs-parked-events.ts';
import { sqsTouchQueue } from '#core/adapters/sqs-touch-queue.ts';
import {
  stepFunctionsStarter,
  stepFunctionsWaker,
} from '#core/adapters/step-functions-journeys.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { awsAnswer, awsError, type AwsCall, fakeAws } from '#tests/fakes/fake-aws.ts';

const accepted = (orderId: string): OutgoingEvent => ({
  type: 'OrderAccepted',
  detail: {
    eventId: `order-accepted/${orderId}`,
    occurredAt: '2026-11-18T09:30:00.000Z',
    schemaVersion: 1,
    shop: 'hearth',
    orderId,
    placedAt: '2026-11-18T09:30:00.000Z',
  },
});

const entriesOf = ({ input }: AwsCall): readonly unknown[] =>
  Array.isArray(input['Entries']) ? input['Entries'] : [];

describe('facts on EventBridge', () => {
  test('say where they come from, what they are and when they happened', async () => {
    const { calls, config } = fakeAws(() => awsAnswer({ FailedEntryCount: 0, Entries: [{}] }));

    await eventBridgePublisher(new EventBridgeClient(config), 'bus').publish([accepted('1')]);

    expect(calls.flatMap(entriesOf)).toEqual([
      {
        EventBusName: 'bus',
        Source: 'afterglow',
        DetailType: 'OrderAccepted',
        Detail: JSON.stringify(accepted('1').detail),
        Time: Date.parse('2026-11-18T09:30:00.000Z') / 1000,
      },
    ]);
  });

  test('go ten a request, and none without a fact', async () => {
    const { calls, config } = fakeAws(() => awsAnswer({ FailedEntryCount: 0, Entries: [{}] }));
    const publisher = eventBridgePublisher(new EventBridgeClient(config), 'bus');
    const facts = Array.from({ length: 23 }, (_, index) => accepted(`${index}`));

    await publisher.publish([]);
    await publisher.publish(facts);

    expect(calls.map((call) => entriesOf(call).length)).toEqual([10, 10, 3]);
    expect(calls.flatMap(entriesOf)).toMatchObject(
      facts.map(({ detail }) => ({ Detail: JSON.stringify(detail) })),
    );
  });

  const refusing = (ErrorCode: string) => (call: AwsCall) => {
    const refused = { ErrorCode, ErrorMessage: 'not this one' };
    const Entries = entriesOf(call).map((_, at) => (at === 0 ? { EventId: '1' } : refused));
    return awsAnswer({ FailedEntryCount: Entries.length - 1, Entries });
  };

  test('that the bus did not take for now are put again, and no others', async () => {
    const { calls, config } = fakeAws(refusing('InternalFailure'));
    const facts = [accepted('1'), accepted('2'), accepted('3')];

    await eventBridgePublisher(new EventBridgeClient(config), 'bus').publish(facts);

    const put = calls.map((call) =>
      entriesOf(call).map((entry) => JSON.parse(Object(entry).Detail).orderId),
    );
    expect(put).toEqual([['1', '2', '3'], ['2', '3'], ['3']]);
  });

  test('that the bus does not take three times fail the publication', async () => {
    const refused = { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' };
    const { calls, config } = fakeAws(() => awsAnswer({ FailedEntryCount: 1, Entries: [refused] }));
    const publisher = eventBridgePublisher(new EventBridgeClient(config), 'bus');

    await expect(publisher.publish([accepted('1')])).rejects.toThrow(
      '1 of 1 events were not taken by the bus: ThrottlingException slow down',
    );
    expect(calls).toHaveLength(3);
  });

  test('that the bus will never take fail the publication at once', async () => {
    const { calls, config } = fakeAws(refusing('MalformedDetail'));
    const publisher = eventBridgePublisher(new EventBridgeClient(config), 'bus');

    await expect(publisher.publish([accepted('1'), accepted('2')])).rejects.toThrow(
      '1 of 2 events were not taken by the bus: MalformedDetail not this one',
    );
    expect(calls).toHaveLength(1);
  });
});

describe('a journey in Step Functions', () => {
  const start = (answer: () => ReturnType<typeof awsAnswer>) => {
    const { calls, config } = fakeAws(answer);
    return { calls, start: stepFunctionsStarter(new SFNClient(config), 'arn:fulfilment') };
  };

  test('starts under its name', async () => {
    const journey = start(() => awsAnswer({ executionArn: 'arn', startDate: 0 }));

    expect(await journey.start('hearth_1_fulfilment', { orderId: '1' })).toBe('started');
    expect(journey.calls).toMatchObject([
      {
        operation: 'StartExecution',
        input: {
          stateMachineArn: 'arn:fulfilment',
          name: 'hearth_1_fulfilment',
          input: '{"orderId":"1"}',
        },
      },
    ]);
  });

  test('that runs or ran under the name is left alone', async () => {
    const journey = start(() => awsError('ExecutionAlreadyExists'));

    expect(await journey.start('hearth_1_fulfilment', {})).toBe('already-started');
  });

  test('that cannot be started now is started later', async () => {
    const journey = start(() => awsError('StateMachineDoesNotExist'));

    await expect(journey.start('hearth_1_fulfilment', {})).rejects.toThrow(
      'StateMachineDoesNotExist',
    );
  });
});

describe('a wait in Step Functions', () => {
  const news = {
    kind: 'settled',
    subjects: ['order'],
    outstanding: false,
    underway: false,
    seen: [],
  } as const;
  const wake = (answer: () => ReturnType<typeof awsAnswer>) => {
    const { calls, config } = fakeAws(answer);
    return { calls, wake: stepFunctionsWaker(new SFNClient(config)) };
  };

  test('ends with the news', async () => {
    const wait = wake(() => awsAnswer({}));

    expect(await wait.wake('t-1', news)).toBe('resumed');
    expect(wait.calls).toMatchObject([
      { operation: 'SendTaskSuccess', input: { taskToken: 't-1', output: JSON.stringify(news) } },
    ]);
  });

  test.each(['TaskTimedOut', 'TaskDoesNotExist'])(
    'that has ended already (%s) is gone',
    async (type) => {
      expect(await wake(() => awsError(type)).wake('t-1', news)).toBe('gone');
    },
  );

  test('that cannot be ended now fails', async () => {
    await expect(wake(() => awsError('InvalidToken')).wake('t-1', news)).rejects.toThrow(
      'InvalidToken',
    );
  });
});

describe('a stage in Scheduler', () => {
  const target = {
    groupName: 'stages',
    functionArn: 'arn:enrol-stage',
    roleArn: 'arn:scheduler-role',
    deadLetterQueueArn: 'arn:not-enrolled',
  };
  const due = { shop: 'hearth', orderId: '1', stage: 'advocacy' };
  const schedule = (answer: () => ReturnType<typeof awsAnswer>) => {
    const { calls, config } = fakeAws(answer);
    const scheduler = schedulerStageScheduler(new SchedulerClient(config), target);
    return {
      calls,
      schedule: () => scheduler('hearth_1_advocacy', '2026-12-01T09:14:00.250Z', due),
    };
  };

  test('is called for once, at the first second that is not before it, and what cannot be called is kept', async () => {
    const stage = schedule(() => awsAnswer({ ScheduleArn: 'arn' }));

    expect(await stage.schedule()).toBe('scheduled');
    expect(stage.calls).toEqual([
      {
        operation: 'POST /schedules/hearth_1_advocacy',
        input: {
          ClientToken: expect.any(String),
          GroupName: 'stages',
          ScheduleExpression: 'at(2026-12-01T09:14:01)',
          ScheduleExpressionTimezone: 'UTC',
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: {
            Arn: 'arn:enrol-stage',
            RoleArn: 'arn:scheduler-role',
            Input: JSON.stringify(due),
            RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
            DeadLetterConfig: { Arn: 'arn:not-enrolled' },
          },
        },
      },
    ]);
  });

  test('that waits under the name is left alone', async () => {
    expect(await schedule(() => awsError('ConflictException')).schedule()).toBe(
      'already-scheduled',
    );
  });

  test('that cannot be scheduled now is scheduled later', async () => {
    const stage = schedule(() => awsError('ThrottlingException', 'slow down'));

    await expect(stage.schedule()).rejects.toThrow('slow down');
  });
});

describe('a message in SQS', () => {
  const queue = () =>
    fakeAws(({ input }) =>
      awsAnswer({
        MessageId: '1',
        MD5OfMessageBody: createHash('md5').update(String(input['MessageBody'])).digest('hex'),
      }),
    );
  const url = 'https://sqs.eu-central-1.amazonaws.com/123456789012/parked';

  test('of a parked event is the event as it came, with the reason beside it', async () => {
    const { calls, config } = queue();
    const problem = 'p'.repeat(5000);

    await sqsParkedEvents(new SQSClient(config), url).park('{"as":"it came"}', {
      reason: 'invalid',
      problem,
    });

    expect(calls).toMatchObject([
      {
        input: {
          QueueUrl: url,
          MessageBody: '{"as":"it came"}',
          MessageAttributes: {
            reason: { StringValue: 'invalid' },
            problem: { StringValue: 'p'.repeat(2000) },
          },
        },
      },
    ]);
  });

  test('of a touch names the touch, and nobody', async () => {
    const { calls, config } = queue();
    const ref = { shop: 'hearth', orderId: '1', touchId: 'dispatch-notice:P1' };

    const more = { ...ref, email: 'mia@mail.example' };
    await sqsTouchQueue(new SQSClient(config), url)(more);

    expect(calls).toMatchObject([{ input: { MessageBody: JSON.stringify(ref) } }]);
  });
});
