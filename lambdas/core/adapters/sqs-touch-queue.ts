import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { TouchQueue } from '../ports/touch-queue.ts';

export const sqsTouchQueue =
  (client: SQSClient, QueueUrl: string): TouchQueue =>
  async ({ shop, orderId, touchId }) => {
    const MessageBody = JSON.stringify({ shop, orderId, touchId });
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  };
