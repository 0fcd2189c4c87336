import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoPurchases } from '#core/adapters/dynamo-purchases.ts';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { fileMessageTemplates } from '#core/adapters/file-message-templates.ts';
import { joseLinkSigner } from '#core/adapters/jose-link-signer.ts';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { mimeOf } from '#core/adapters/mime-message.ts';
import { secretsManagerLinkKeys } from '#core/adapters/secrets-manager-link-keys.ts';
import { sesMailer } from '#core/adapters/ses-mailer.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import { touchRef } from '#core/contracts/touch-ref.ts';
import { type Delivered, deliverTouch } from '#core/delivery/deliver-touch.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { handleEach } from '#core/runtime/sqs-batch.ts';
import { touches } from '#touches/registry.ts';
import { composeEmail } from './compose-email.ts';
import { deliverEmailContract } from './contract.ts';
import { deliverEmail } from './deliver-email.ts';

const env = readEnv(deliverEmailContract);
const logger = new Logger({ serviceName: deliverEmailContract.name });
const metrics = new Metrics({ namespace: names.namespace, serviceName: deliverEmailContract.name });
const dynamo = new DynamoDBClient();
const now = () => new Date();

const { sign } = joseLinkSigner(
  secretsManagerLinkKeys(new SecretsManagerClient(), env.LINK_KEYS_SECRET_ARN, now),
);

const deliver = deliverTouch({
  channel: 'email',
  touches,
  shops,
  orders: dynamoOrderLogs(dynamo, env.ORDERS_TABLE_NAME),
  customers: dynamoCustomers(dynamo, env.CUSTOMERS_TABLE_NAME),
  purchases: dynamoPurchases(dynamo, env.PURCHASES_TABLE_NAME),
  catalogue: dynamoCatalogue(dynamo, env.CATALOGUE_TABLE_NAME),
  records: dynamoTouchRecords(dynamo, env.TOUCHES_TABLE_NAME),
  send: deliverEmail({
    compose: composeEmail({
      templates: fileMessageTemplates(new URL('./messages/', import.meta.url)),
      render: liquidMessageRenderer(),
      signLink: sign,
      digest: sha256Digest,
      shops,
    }),
    mimeOf,
    send: sesMailer(new SESClient(), env.CONFIGURATION_SET_NAME),
  }),
  publisher: eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME),
  now,
});

const metricOf: Partial<Record<Delivered, string>> = {
  sent: names.messagesSent,
  refused: names.messagesRefused,
  'in-doubt': names.messagesInDoubt,
};

/** Called with batches of the e-mail queue. */
export const handler = handleEach(logger, async ({ body }) => {
  const ref = touchRef.parse(JSON.parse(body));
  const result = await deliver(ref);
  logger.info('touch delivered', { ...ref, result });
  const metric = metricOf[result];
  if (metric === undefined) return;
  metrics.addMetric(metric, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
});
