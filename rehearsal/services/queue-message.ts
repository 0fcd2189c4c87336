import { hash } from 'node:crypto';

export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  /** Names and text values. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly sentAtMs: number;
  receives: number;
}

/** Every receive of a message has a handle of its own. */
export const receiptOf = ({ messageId, receives }: QueueMessage): string =>
  `${messageId}/${receives}`;

interface Receiving {
  /** Of the queue. */
  readonly arn: string;
  readonly region: string;
  readonly nowMs: number;
}

/** A message as Lambda hands it to a function. */
export const recordOf = (message: QueueMessage, { arn, region, nowMs }: Receiving) => ({
  messageId: message.messageId,
  receiptHandle: receiptOf(message),
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sentAtMs),
    SenderId: 'rehearsal',
    ApproximateFirstReceiveTimestamp: String(nowMs),
  },
  messageAttributes: Object.fromEntries(
    Object.entries(message.attributes).map(([name, stringValue]) => [
      name,
      { stringValue, dataType: 'String' },
    ]),
  ),
  md5OfBody: md5(message.body),
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: region,
});

export const md5 = (text: string): string => hash('md5', text);

/** The messages to deliver again; a response of another form fails the whole batch, as on AWS. */
export const failuresOf = (payload: unknown): ReadonlySet<string> | undefined => {
  const failures: unknown = Object(payload).batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return undefined;
  return new Set(failures.map((failure: unknown) => String(Object(failure).itemIdentifier)));
};
