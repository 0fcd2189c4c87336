import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ParkedEvents } from '../ports/parked-events.ts';

/** Parks in the ingress queue's dead-letter queue, the reason as message attributes. */
export const sqsParkedEvents = (client: SQSClient, QueueUrl: string): ParkedEvents => ({
  park: async (MessageBody, { reason, problem }) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody,
        MessageAttributes: {
          reason: { DataType: 'String', StringValue: reason },
          problem: { DataType: 'String', StringValue: problem.slice(0, 2000) },
        },
      }),
    );
  },
});
