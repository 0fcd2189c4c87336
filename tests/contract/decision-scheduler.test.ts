import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { describe, expect, test } from 'vitest';
import { schedulerDecisionScheduler } from '#core/adapters/scheduler-decision-scheduler.ts';
import { awsError, fakeAws } from '#tests/fakes/fake-aws.ts';
import { inMemoryDecisionScheduler } from '#tests/fakes/in-memory-decision-scheduler.ts';

const due = { shop: 'hearth', orderId: 'A-1', touchId: 'cross-sell:SKU+1', turn: 2 };
const until = '2026-11-23T07:00:00.250Z';

const target = {
  groupName: 'Decisions',
  functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:decide-touch',
  roleArn: 'arn:aws:iam::111122223333:role/Scheduler',
  deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111122223333:NotDecided',
};

interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A deletion has no body; for the stand-in it names its operation as a creation does. */
const withBody = (request: WireRequest): WireRequest =>
  request.method === 'DELETE'
    ? { ...request, headers: { 'content-type': 'application/json' }, body: '{}' }
    : request;

/** A Scheduler that knows its schedules by method and path, as the service does. */
const standIn = () => {
  const known = new Set<string>();
  const { calls, config } = fakeAws(({ operation }) => {
    const [method, path = ''] = operation.split(' ');
    if (method === 'DELETE' && !known.delete(path)) return awsError('ResourceNotFoundException');
    if (method === 'POST' && known.has(path)) return awsError('ConflictException');
    if (method === 'POST') known.add(path);
    return { body: '{}' };
  });
  const { requestHandler } = config;
  const client = new SchedulerClient({
    ...config,
    requestHandler: {
      ...requestHandler,
      handle: (request: WireRequest) => requestHandler.handle(withBody(request)),
    },
  });
  return { calls, known, scheduler: schedulerDecisionScheduler(client, target) };
};

describe('a decision on a held touch in Scheduler', () => {
  test('is asked for once, at the second that follows, of the touch and its turn', async () => {
    const { calls, scheduler } = standIn();

    await scheduler.at(until, due);

    expect(calls[0]?.input).toMatchObject({
      GroupName: 'Decisions',
      ScheduleExpression: 'at(2026-11-23T07:00:01)',
      ScheduleExpressionTimezone: 'UTC',
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: target.functionArn,
        RoleArn: target.roleArn,
        Input: JSON.stringify(due),
        DeadLetterConfig: { Arn: target.deadLetterQueueArn },
      },
    });
  });

  test('has a name that Scheduler takes, the same for the same turn, another for the next', async () => {
    const { calls, known, scheduler } = standIn();

    await scheduler.at(until, due);
    await scheduler.at('2026-11-24T07:00:00.000Z', due);
    await scheduler.at(until, { ...due, turn: 3 });
    await scheduler.at(until, { ...due, touchId: 'x'.repeat(300) });

    expect(known.size).toBe(3);
    const names = calls.map(({ operation }) => operation.split('/').at(-1) ?? '');
    expect(names[1]).toBe(names[0]);
    // CreateSchedule, Name: up to 64 of these characters.
    for (const name of names) expect(name).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
  });

  test('is taken back, or was over before', async () => {
    const { known, scheduler } = standIn();
    await scheduler.at(until, due);

    await scheduler.cancel(due);
    await scheduler.cancel(due);

    expect(known.size).toBe(0);
  });

  test('fails where Scheduler does: nothing is swallowed', async () => {
    const { config } = fakeAws(() => awsError('ValidationException', 'no such role'));
    const scheduler = schedulerDecisionScheduler(new SchedulerClient(config), target);

    await expect(scheduler.at(until, due)).rejects.toThrow('no such role');
    await expect(scheduler.cancel(due)).rejects.toThrow('no such role');
  });
});

test('the decision scheduler in memory calls once, in order, what was not taken back', async () => {
  const scheduler = inMemoryDecisionScheduler();
  await scheduler.at(until, due);
  await scheduler.at('2026-11-24T07:00:00.000Z', due);
  await scheduler.at('2026-11-22T07:00:00.000Z', { ...due, turn: 3 });
  await scheduler.at(until, { ...due, turn: 4 });
  await scheduler.cancel({ ...due, turn: 4 });

  expect(scheduler.fire('2026-11-21T07:00:00.000Z')).toBeUndefined();
  expect(scheduler.fire(until)).toMatchObject({ turn: 3 });
  expect(scheduler.fire(until)).toMatchObject({ turn: 2 });
  expect(scheduler.fire('2026-12-01T07:00:00.000Z')).toBeUndefined();
});
