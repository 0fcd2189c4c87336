import { describe, expect, test } from 'vitest';
import { linesOf, sender, stage, WORK, worker, workedQueue, workOff } from './queue-stage.ts';
import {
  arnOf,
  awsErrorOf,
  getAtt,
  MINUTE_MS,
  minutesOf,
  ref,
  type Resources,
  START_MS,
} from './stage.ts';

describe('a message', () => {
  test('is handed to the function that works its queue off, once', async () => {
    const { send, clock, printed, lying } = stage();

    await send('one');
    await clock.runUntil();

    expect(printed('Worker')).toEqual([`${new Date(START_MS).toISOString()} one 1`]);
    expect(lying()).toEqual([]);
  });

  test('comes with others in a batch of the size of the mapping', async () => {
    const { send, clock, lambdas, printed } = stage();

    for (const body of ['1', '2', '3', '4', '5']) await send(body);
    await clock.runUntil();

    expect(linesOf(printed('Worker')).map(([, body]) => body)).toEqual(['1', '2', '3', '4', '5']);
    expect(lambdas.invocations.get('App-Worker')).toBe(3);
  });

  test('carries its attributes to the worker', async () => {
    const { send, clock, printed } = stage(
      `export const handler = ({ Records: [{ messageAttributes, eventSourceARN }] }) =>
        console.log(JSON.stringify(messageAttributes), eventSourceARN);`,
    );

    await send('one', {
      MessageAttributes: { reason: { DataType: 'String', StringValue: 'invalid' } },
    });
    await clock.runUntil();

    expect(printed('Worker')).toEqual([
      `{"reason":{"stringValue":"invalid","dataType":"String"}} ${WORK}`,
    ]);
  });

  test('of more than a mebibyte is refused', async () => {
    const { send } = stage();

    expect(await awsErrorOf(() => send('x'.repeat(1024 * 1024 + 1)))).toContain(
      'InvalidParameterValue',
    );
  });

  test('to a queue that does not exist is refused', async () => {
    const { queues } = stage();
    const input = { QueueUrl: 'http://127.0.0.1:9/111122223333/Nowhere', MessageBody: 'one' };

    expect(
      await awsErrorOf(() =>
        queues.service({ principal: sender, operation: 'SendMessage', input }),
      ),
    ).toContain('AWS.SimpleQueueService.NonExistentQueue');
  });

  test('of a role without the grant is denied', async () => {
    const { queues, cloud, authorizer } = stage();
    const principal = { arn: 'arn:aws:iam::111122223333:role/App-WorkerRole' };
    const input = { QueueUrl: cloud.byArn(WORK).ref, MessageBody: 'one' };

    const error = await awsErrorOf(() =>
      queues.service({ principal, operation: 'SendMessage', input }),
    );

    expect(error).toContain('AccessDeniedException');
    expect(authorizer.denials).toMatchObject([
      { principal: 'App-WorkerRole', action: 'sqs:SendMessage', resource: WORK },
    ]);
  });
});

describe('a message that fails', () => {
  test('comes again when its visibility timeout is over, the others of its batch do not', async () => {
    const { send, clock, printed } = stage();

    await send('good');
    await send('bad');
    await clock.runUntil(START_MS + 1.5 * MINUTE_MS);

    const seen = linesOf(printed('Worker'));
    expect(seen.map(([, body, receives]) => [body, receives])).toEqual([
      ['good', '1'],
      ['bad', '1'],
      ['bad', '2'],
    ]);
    expect(minutesOf(seen.map(([at = '']) => at))).toEqual([0, 0, 1]);
  });

  test('lies in none while it waits for its next try: it is underway', async () => {
    const { send, clock, lying, queues } = stage();

    await send('bad');
    await clock.runUntil(START_MS + 0.5 * MINUTE_MS);
    await send('new');

    expect(lying()).toEqual([]);
    expect(queues.underway().map(({ message }) => message.body)).toEqual(['new', 'bad']);
  });

  test('lies in the dead-letter queue after as many tries as its queue says', async () => {
    const { send, clock, lying, printed } = stage();

    await send('bad');
    await clock.runUntil();

    expect(minutesOf(linesOf(printed('Worker')).map(([at = '']) => at))).toEqual([0, 1, 2]);
    expect(lying()).toEqual(['Dead: bad']);
  });

  test('fails with its whole batch when the function itself fails', async () => {
    const { send, clock, lying } = stage(
      "export const handler = () => { throw new Error('down'); };",
    );

    await send('one');
    await send('two');
    await clock.runUntil();

    expect(lying()).toEqual(['Dead: one', 'Dead: two']);
  });

  test('fails with its whole batch when the answer has no such form', async () => {
    const { send, clock, lying } = stage(
      "export const handler = () => ({ batchItemFailures: 'all' });",
    );

    await send('one');
    await clock.runUntil();

    expect(lying()).toEqual(['Dead: one']);
  });

  test('comes again after a redrive', async () => {
    const { send, clock, queues, printed } = stage();
    await send('bad');
    await clock.runUntil();

    const moved = queues.redrive(arnOf('sqs', 'App-Dead'), WORK);
    await clock.runUntil();

    expect(moved).toBe(1);
    expect(printed('Worker')).toHaveLength(6);
  });
});

test('a redrive of one message leaves the others where they are', async () => {
  const { send, clock, queues, lying } = stage();
  await send('bad');
  await send('bad');
  await clock.runUntil();
  const dead = queues.waiting().flatMap(({ messages }) => messages.map((each) => each.messageId));

  const moved = queues.redrive(
    arnOf('sqs', 'App-Dead'),
    WORK,
    ({ messageId }) => messageId === dead[0],
  );

  expect(dead).toHaveLength(2);
  expect(moved).toBe(1);
  expect(lying().filter((each) => each.startsWith('Dead'))).toEqual(['Dead: bad']);
});

describe('working a queue off', () => {
  test.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])(
    'needs %s',
    async (action) => {
      const others = workOff.filter(([granted]) => granted !== action);
      const { send, clock, authorizer } = stage(worker, workedQueue(others));

      await send('one');
      await clock.runUntil();

      expect(authorizer.denials).toMatchObject([
        { principal: 'App-WorkerRole', action, resource: WORK },
      ]);
    },
  );

  test('without answers for single messages is refused', () => {
    const resources = workedQueue();
    delete resources['Mapping']?.Properties['FunctionResponseTypes'];

    expect(() => stage(worker, resources)).toThrow(
      'Mapping: only mappings that report batch item failures are modelled',
    );
  });
});

describe('an event from a rule', () => {
  const RULE = arnOf('events', 'rule/App-Bus/App-Rule');
  const letting = (rule: string): Resources => ({
    ...workedQueue(),
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [ref('Work')],
        PolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: getAtt('Work'),
            Condition: { ArnEquals: { 'aws:SourceArn': rule } },
          },
        },
      },
    },
  });

  test('is taken when the queue’s policy names the rule', async () => {
    const { queues, clock, printed } = stage(worker, letting(RULE));

    queues.sendFromRule(WORK, RULE, 'event');
    await clock.runUntil();

    expect(linesOf(printed('Worker')).map(([, body]) => body)).toEqual(['event']);
  });

  test('is denied when the policy names another, or there is none', async () => {
    for (const resources of [letting(`${RULE}2`), workedQueue()]) {
      const { queues, lying } = stage(worker, resources);

      const error = await awsErrorOf(() => queues.sendFromRule(WORK, RULE, 'event'));

      expect(error).toContain('events.amazonaws.com is not authorized to perform: sqs:SendMessage');
      expect(lying()).toEqual([]);
    }
  });
});
