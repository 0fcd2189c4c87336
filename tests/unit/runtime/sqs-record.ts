import type { SQSRecord } from 'aws-lambda';

/** A message as Lambda hands it over; its body is its id. */
export const sqsRecord = (messageId: string, receives = 1): SQSRecord => ({
  messageId,
  receiptHandle: `handle of ${messageId}`,
  body: messageId,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: '0',
    SenderId: 'bus',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:queue',
  awsRegion: 'eu-central-1',
});
