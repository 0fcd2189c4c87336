import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { dynamoAttributions } from '#core/adapters/dynamo-attributions.ts';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoIdentities } from '#core/adapters/dynamo-identities.ts';
import { dynamoLedger } from '#core/adapters/dynamo-ledger.ts';
import { dynamoOfferCounts } from '#core/adapters/dynamo-offer-counts.ts';
import { dynamoOfferHistories } from '#core/adapters/dynamo-offer-histories.ts';
import { dynamoOffers } from '#core/adapters/dynamo-offers.ts';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoProductContents } from '#core/adapters/dynamo-product-contents.ts';
import { dynamoPurchases } from '#core/adapters/dynamo-purchases.ts';
import { dynamoSessions } from '#core/adapters/dynamo-sessions.ts';
import { dynamoSuppressions } from '#core/adapters/dynamo-suppressions.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { hmacIdentityHash } from '#core/adapters/hmac-identity-hash.ts';
import { secretsManagerIdentityKey } from '#core/adapters/secrets-manager-identity-key.ts';
import { sha256Digest, sha256Hex } from '#core/adapters/sha256-digest.ts';
import { sqsParkedEvents } from '#core/adapters/sqs-parked-events.ts';
import { stepFunctionsWaker } from '#core/adapters/step-functions-journeys.ts';
import { writtenAddresses } from '#core/adapters/written-addresses.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import { ledger } from '#core/runtime/ledger.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { policy, shops } from '#core/runtime/shops.ts';
import { handleEach } from '#core/runtime/sqs-batch.ts';
import { settleOffers } from '#core/sessions/settle-offers.ts';
import { ingestEventContract } from './contract.ts';
import { ingestEvent } from './ingest-event.ts';

const env = readEnv(ingestEventContract);
const logger = new Logger({ serviceName: ingestEventContract.name });
const metrics = new Metrics({ namespace: names.namespace, serviceName: ingestEventContract.name });
const dynamo = new DynamoDBClient();

const ingest = ingestEvent({
  orders: dynamoOrderLogs(dynamo, env.ORDERS_TABLE_NAME),
  customers: dynamoCustomers(dynamo, env.CUSTOMERS_TABLE_NAME),
  identities: dynamoIdentities(dynamo, env.IDENTITIES_TABLE_NAME),
  suppressions: dynamoSuppressions(dynamo, env.SUPPRESSIONS_TABLE_NAME),
  addresses: writtenAddresses,
  hashAddress: hmacIdentityHash(
    secretsManagerIdentityKey(new SecretsManagerClient(), env.IDENTITY_KEY_SECRET_ARN),
  ),
  sha256: sha256Hex,
  purchases: dynamoPurchases(dynamo, env.PURCHASES_TABLE_NAME),
  ledger: dynamoLedger(dynamo, env.LEDGER_TABLE_NAME),
  attributions: dynamoAttributions(dynamo, env.ATTRIBUTIONS_TABLE_NAME),
  ledgerRules: ledger,
  digest: sha256Digest,
  catalogue: dynamoCatalogue(dynamo, env.CATALOGUE_TABLE_NAME),
  contents: dynamoProductContents(dynamo, env.CONTENT_TABLE_NAME),
  offers: dynamoOffers(dynamo, env.OFFERS_TABLE_NAME),
  settle: settleOffers({
    sessions: dynamoSessions(dynamo, env.SESSIONS_TABLE_NAME),
    counts: dynamoOfferCounts(dynamo, env.OFFER_COUNTS_TABLE_NAME),
    histories: dynamoOfferHistories(dynamo, env.OFFER_HISTORIES_TABLE_NAME),
    reportUnpaid: (unpaid) =>
      logger.warn('a partner’s budget did not bear a success', { ...unpaid }),
  }),
  publisher: eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME),
  parked: sqsParkedEvents(new SQSClient(), env.PARKED_EVENTS_QUEUE_URL),
  wake: stepFunctionsWaker(new SFNClient()),
  policy,
  shops,
});

/** Called with batches of the ingress queue. */
export const handler = handleEach(logger, async ({ body, messageId }: SQSRecord) => {
  const result = await ingest(body);
  if (result.kind === 'parked') {
    logger.warn('event parked', { messageId, reason: result.reason, problem: result.problem });
    metrics.addMetric(names.eventsParked, MetricUnit.Count, 1);
  } else {
    const { type, eventId, shop } = result.event;
    logger.info('event taken in', { type, eventId, shop, result: result.kind });
    metrics.addMetric(names.eventsTakenIn, MetricUnit.Count, 1);
  }
  metrics.publishStoredMetrics();
});
