import { describe, expect, test } from 'vitest';
import {
  HANDOVER,
  passing,
  request,
  role,
  stage,
  target,
  TARGET_ROLE,
  targetOf,
  template,
} from './scheduler-stage.ts';
import { ACCOUNT, arnOf, awsErrorOf, getAtt } from './stage.ts';

describe('who plans', () => {
  test.each(['CreateSchedule', 'DeleteSchedule', 'GetSchedule'])(
    'needs the grant for %s, for that schedule',
    async (operation) => {
      const { call, authorizer } = stage();
      const principal = { arn: `arn:aws:iam::${ACCOUNT}:role/App-HandoverRole` };

      await awsErrorOf(() => call(operation, request, principal));

      expect(authorizer.denials).toMatchObject([
        {
          principal: 'App-HandoverRole',
          action: `scheduler:${operation}`,
          resource: arnOf('scheduler', 'schedule/touches/touch-1'),
        },
      ]);
    },
  );

  test('has to be allowed to hand the target’s role to Scheduler, and not to another', async () => {
    const { create, authorizer } = stage({
      ...template,
      PlannerPasses: passing('lambda.amazonaws.com'),
    });

    await awsErrorOf(() => create());

    expect(authorizer.denials).toMatchObject([
      { principal: 'App-PlannerRole', action: 'iam:PassRole', resource: TARGET_ROLE },
    ]);
  });
});

describe('the role of a target', () => {
  const distrust =
    'ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role.';

  test.each([
    ['trusts nobody', { Type: 'AWS::IAM::Role', Properties: {} }],
    ['trusts Lambda', role({ Principal: { Service: 'lambda.amazonaws.com' } })],
    [
      'trusts Scheduler for one schedule, where its group is asked for',
      role({
        Condition: {
          ArnLike: { 'aws:SourceArn': arnOf('scheduler', 'schedule/touches/touch-1') },
        },
      }),
    ],
  ])('that %s is refused in words of Scheduler, and is no denial', async (_, TargetRole) => {
    const { create, authorizer } = stage({ ...template, TargetRole });

    expect(await awsErrorOf(() => create())).toBe(distrust);
    expect(authorizer.denials).toEqual([]);
  });

  test('may trust Scheduler for a group of the account only', async () => {
    const Condition = {
      StringEquals: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': getAtt('Touches') },
    };
    const { create } = stage({ ...template, TargetRole: role({ Condition }) });

    expect(await awsErrorOf(() => create())).toBe('no error');
    expect(await awsErrorOf(() => create({ GroupName: 'default' }))).toBe(distrust);
  });

  test('needs the grant to invoke when the schedule fires', async () => {
    const { create, clock, authorizer, lambdas } = stage({ ...template, ...targetOf([]) });

    await create();
    await clock.runUntil();

    expect(lambdas.invocations.size).toBe(0);
    expect(authorizer.denials).toMatchObject([
      { principal: 'App-TargetRole', action: 'lambda:InvokeFunction', resource: HANDOVER },
    ]);
  });

  test('needs the grant to send to the dead-letter queue, though nothing has failed', async () => {
    const { create, clock, authorizer } = stage({
      ...template,
      ...targetOf([['lambda:InvokeFunction', getAtt('Handover')]]),
    });

    await create({
      Target: { ...target, DeadLetterConfig: { Arn: arnOf('sqs', 'App-NotInvoked') } },
    });
    await clock.runUntil();

    expect(authorizer.denials).toMatchObject([
      { principal: 'App-TargetRole', action: 'sqs:SendMessage' },
    ]);
  });
});

describe('a function that a schedule invokes', () => {
  test('and that fails is Lambda’s to retry, and then its destination’s', async () => {
    const { create, clock, firedAfter, queues } = stage();

    await create({
      Target: {
        ...target,
        Input: '{"fail":true}',
        RetryPolicy: { MaximumRetryAttempts: 0 },
        DeadLetterConfig: { Arn: arnOf('sqs', 'App-NotInvoked') },
      },
    });
    await clock.runUntil();

    expect(firedAfter()).toEqual([60, 61, 63]);
    const waiting = queues.waiting().map(({ queue, messages }) => [queue.name, messages.length]);
    expect(waiting).toEqual([
      ['App-Failed', 1],
      ['App-NotInvoked', 0],
    ]);
  });
});
