import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { stepFunctionsWaker } from '#core/adapters/step-functions-journeys.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { awaitMilestone } from './await-milestone.ts';
import { awaitMilestoneContract, awaitMilestoneInput } from './contract.ts';

const env = readEnv(awaitMilestoneContract);
const logger = new Logger({ serviceName: awaitMilestoneContract.name });

const wait = awaitMilestone({
  orders: dynamoOrderLogs(new DynamoDBClient(), env.ORDERS_TABLE_NAME),
  wake: stepFunctionsWaker(new SFNClient()),
  now: () => new Date(),
});

/** Called by the journeys' waits, with the token that ends them. */
export const handler = async (event: unknown): Promise<void> => {
  const input = awaitMilestoneInput.parse(event);
  const result = await wait(input);
  logger.info('wait registered', { shop: input.shop, orderId: input.orderId, result });
};
