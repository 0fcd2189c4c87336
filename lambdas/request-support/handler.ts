import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { requestSupportContract, supportRequest } from './contract.ts';
import { requestSupport } from './request-support.ts';

const env = readEnv(requestSupportContract);
const logger = new Logger({ serviceName: requestSupportContract.name });
const dynamo = new DynamoDBClient();

const request = requestSupport({
  orders: dynamoOrderLogs(dynamo, env.ORDERS_TABLE_NAME),
  records: dynamoTouchRecords(dynamo, env.TOUCHES_TABLE_NAME),
  publisher: eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME),
});

/** Called by the advocacy journey after a bad answer. */
export const handler = async (event: unknown): Promise<void> => {
  const asked = supportRequest.parse(event);
  await request(asked);
  logger.info('support requested', { shop: asked.shop, orderId: asked.orderId });
};
