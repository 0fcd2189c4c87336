import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { fileMessageTemplates } from '#core/adapters/file-message-templates.ts';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { touchRef } from '#core/contracts/touch-ref.ts';
import { deliverTouch } from '#core/delivery/deliver-touch.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { handleEach } from '#core/runtime/sqs-batch.ts';
import { touches } from '#touches/registry.ts';
import { deliverInsertContract } from './contract.ts';
import { deliverInsert } from './deliver-insert.ts';

const env = readEnv(deliverInsertContract);
const logger = new Logger({ serviceName: deliverInsertContract.name });
const dynamo = new DynamoDBClient();
const publisher = eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME);

/** What goes into a parcel is judged by its order alone. */
const noOtherOrders = {
  of: () => Promise.reject(new Error('a card may not depend on other orders of the customer')),
};

const deliver = deliverTouch({
  channel: 'insert',
  touches,
  shops,
  orders: dynamoOrderLogs(dynamo, env.ORDERS_TABLE_NAME),
  customers: dynamoCustomers(dynamo, env.CUSTOMERS_TABLE_NAME),
  purchases: noOtherOrders,
  catalogue: dynamoCatalogue(dynamo, env.CATALOGUE_TABLE_NAME),
  records: dynamoTouchRecords(dynamo, env.TOUCHES_TABLE_NAME),
  send: deliverInsert({
    templates: fileMessageTemplates(new URL('./messages/', import.meta.url)),
    render: liquidMessageRenderer(),
    shops,
    publisher,
  }),
  publisher,
  now: () => new Date(),
});

/** Called with batches of the queue of packaging inserts. */
export const handler = handleEach(logger, async ({ body }) => {
  const ref = touchRef.parse(JSON.parse(body));
  const result = await deliver(ref);
  logger.info('insert delivered', { ...ref, result });
});
