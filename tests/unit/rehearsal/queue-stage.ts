import {
  arnOf,
  functionOf,
  getAtt,
  type Grants,
  ref,
  type Resources,
  roleOf,
  servicesOf,
} from './stage.ts';

export const WORK = arnOf('sqs', 'App-Work');
export const sender = { arn: 'arn:aws:iam::111122223333:role/App-SenderRole' };

export const workOff: Grants = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(
  (action) => [`sqs:${action}`, getAtt('Work')] as const,
);

/** A queue `Work`, worked off by `Worker`, with a dead-letter queue `Dead`; `Sender` may send to it. */
export const workedQueue = (workGrants: Grants = workOff): Resources => ({
  ...functionOf('Worker', workGrants),
  ...roleOf('Sender', [['sqs:SendMessage', getAtt('Work')]]),
  Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
  Work: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: getAtt('Dead'), maxReceiveCount: 3 },
    },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: getAtt('Work'),
      FunctionName: ref('Worker'),
      BatchSize: 2,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  },
});

/** Prints what it gets as `<instant> <body> <receives>` and fails the messages that say `bad`. */
export const worker = `export const handler = async ({ Records }) => {
  for (const { body, attributes } of Records)
    console.log(new Date().toISOString(), body, attributes.ApproximateReceiveCount);
  return { batchItemFailures: Records.filter(({ body }) => body.includes('bad'))
    .map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

export const stage = (module = worker, resources: Resources = workedQueue()) => {
  const services = servicesOf(resources, { Worker: module });
  const send = (MessageBody: string, more: object = {}) =>
    services.queues.service({
      principal: sender,
      operation: 'SendMessage',
      input: { QueueUrl: services.cloud.byArn(WORK).ref, MessageBody, ...more },
    });
  const lying = () =>
    services.queues
      .waiting()
      .flatMap(({ queue, messages }) => messages.map(({ body }) => `${queue.logicalId}: ${body}`));
  return { ...services, send, lying };
};

export const linesOf = (printed: readonly string[]) => printed.map((line) => line.split(' '));
