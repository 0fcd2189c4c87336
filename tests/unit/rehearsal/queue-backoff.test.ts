import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { linesOf, sender, stage, WORK, worker, workedQueue, workOff } from './queue-stage.ts';
import { sendingStage } from './sending-stage.ts';
import {
  awsErrorOf,
  functionOf,
  getAtt,
  type Grants,
  MINUTE_MS,
  minutesOf,
  ref,
  type Resources,
  roleOf,
  START_MS,
} from './stage.ts';

describe('a worker that backs off', () => {
  const HANDLE = '00000000-0000-4000-9000-000000000001/1';
  const backing: Resources = {
    ...workedQueue([...workOff, ['sqs:ChangeMessageVisibility', getAtt('Work')]]),
    ...roleOf('Sender', [
      ['sqs:SendMessage', getAtt('Work')],
      ['sqs:ChangeMessageVisibility', getAtt('Work')],
    ]),
  };
  /** Fails every message; says of the first receive of each that it may come after ten minutes. */
  const backsOff = `export const handler = async ({ Records }) => {
    const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key, QUEUE: QueueUrl } = process.env;
    for (const { body, receiptHandle: ReceiptHandle, attributes } of Records) {
      console.log(new Date().toISOString(), body);
      if (attributes.ApproximateReceiveCount !== '1') continue;
      await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'AmazonSQS.ChangeMessageVisibility',
          authorization: 'Credential=' + key + '/d/r/sqs/aws4_request',
        },
        body: JSON.stringify({ QueueUrl, ReceiptHandle, VisibilityTimeout: 600 }),
      });
    }
    return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };`;
  const change = (services: ReturnType<typeof stage>, more: object = {}) =>
    services.queues.service({
      principal: sender,
      operation: 'ChangeMessageVisibility',
      input: {
        QueueUrl: services.cloud.byArn(WORK).ref,
        ReceiptHandle: HANDLE,
        VisibilityTimeout: 300,
        ...more,
      },
    });

  test('gets the message again after the time that it says, and not before', async () => {
    const granted: Grants = [...workOff, ['sqs:ChangeMessageVisibility', getAtt('Work')]];
    const resources: Resources = {
      ...workedQueue(),
      ...functionOf('Worker', granted, { QUEUE: ref('Work') }),
    };
    const { sqs, cloud, clock, printed, authorizer } = await sendingStage(
      { ...resources, ...roleOf('Sender', [['sqs:SendMessage', getAtt('Work')]]) },
      {},
      { Worker: backsOff },
    );

    await sqs.send(new SendMessageCommand({ QueueUrl: cloud.byArn(WORK).ref, MessageBody: 'one' }));
    await clock.runUntil();

    expect(authorizer.denials).toEqual([]);
    expect(minutesOf(linesOf(printed('Worker')).map(([at = '']) => at))).toEqual([0, 10, 11]);
  });

  test('may say it after it has failed, too', async () => {
    const services = stage(worker, backing);
    await services.send('bad');
    await services.clock.runUntil(START_MS + MINUTE_MS / 2);

    await change(services);
    await services.clock.runUntil();

    const seen = linesOf(services.printed('Worker')).map(([at = '']) => at);
    expect(minutesOf(seen)).toEqual([0, 5.5, 6.5]);
  });

  test('cannot say it of a message that is gone', async () => {
    const services = stage(worker, backing);
    await services.send('good');
    await services.clock.runUntil();

    expect(await awsErrorOf(() => change(services))).toContain('MessageNotInflight');
  });

  test.each([{ VisibilityTimeout: 43_201 }, { VisibilityTimeout: -1 }, { ReceiptHandle: 'x' }])(
    'is refused what SQS does not take: %j',
    async (more) => {
      expect(await awsErrorOf(() => change(stage(worker, backing), more))).toContain(
        'InvalidParameterValue',
      );
    },
  );

  test('needs sqs:ChangeMessageVisibility', async () => {
    const services = stage();

    await awsErrorOf(() => change(services));

    expect(services.authorizer.denials).toMatchObject([
      { principal: 'App-SenderRole', action: 'sqs:ChangeMessageVisibility', resource: WORK },
    ]);
  });

  test('has as many tries as the queue says, sixty too', async () => {
    const resources = workedQueue();
    const RedrivePolicy = { deadLetterTargetArn: getAtt('Dead'), maxReceiveCount: 60 };
    Object.assign(resources['Work']?.Properties ?? {}, { RedrivePolicy });
    const { send, clock, printed, lying } = stage(worker, resources);

    await send('bad');
    await clock.runUntil();

    expect(printed('Worker')).toHaveLength(60);
    expect(lying()).toEqual(['Dead: bad']);
  });
});

describe('a message with a delay', () => {
  test('comes when it is over, that of the message before that of its queue', async () => {
    const resources = workedQueue();
    Object.assign(resources['Work']?.Properties ?? {}, { DelaySeconds: 60 });
    const { send, clock, printed } = stage(worker, resources);

    await send('message', { DelaySeconds: 900 });
    await send('queue');
    await send('none', { DelaySeconds: 0 });
    await clock.runUntil();

    const seen = linesOf(printed('Worker'));
    expect(seen.map(([, body]) => body)).toEqual(['none', 'queue', 'message']);
    expect(minutesOf(seen.map(([at = '']) => at))).toEqual([0, 1, 15]);
  });

  test.each([{ DelaySeconds: 901 }, { MessageGroupId: 'a' }])(
    'is refused where SQS or the rehearsal does not take it: %j',
    async (more) => {
      expect(await awsErrorOf(() => stage().send('one', more))).toContain('InvalidParameterValue');
    },
  );
});
