import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoAffinity } from '#core/adapters/dynamo-affinity.ts';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoOfferCounts } from '#core/adapters/dynamo-offer-counts.ts';
import { dynamoOfferHistories } from '#core/adapters/dynamo-offer-histories.ts';
import { dynamoOffers } from '#core/adapters/dynamo-offers.ts';
import { dynamoPurchases } from '#core/adapters/dynamo-purchases.ts';
import { dynamoSessions } from '#core/adapters/dynamo-sessions.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { eventBridgeToldEvents } from '#core/adapters/eventbridge-told-events.ts';
import { joseOrderTokens } from '#core/adapters/jose-order-tokens.ts';
import { joseSessionTokens } from '#core/adapters/jose-session-tokens.ts';
import { secretsManagerLinkKeys } from '#core/adapters/secrets-manager-link-keys.ts';
import { secretsManagerShopTokenKeys } from '#core/adapters/secrets-manager-shop-token-keys.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import { guarded } from '#core/http/guarded.ts';
import { publicLimit } from '#core/runtime/public-limit.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { experiments, shops } from '#core/runtime/shops.ts';
import { openSessionContract } from './contract.ts';
import { openSession } from './open-session.ts';

const { name: serviceName } = openSessionContract;
const env = readEnv(openSessionContract);
const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace: names.namespace, serviceName });
const dynamo = new DynamoDBClient();
const secrets = new SecretsManagerClient();
const bus = new EventBridgeClient();
const now = () => new Date();

const open = openSession({
  shops,
  experiments,
  sessions: dynamoSessions(dynamo, env.SESSIONS_TABLE_NAME),
  offers: dynamoOffers(dynamo, env.OFFERS_TABLE_NAME),
  counts: dynamoOfferCounts(dynamo, env.OFFER_COUNTS_TABLE_NAME),
  histories: dynamoOfferHistories(dynamo, env.OFFER_HISTORIES_TABLE_NAME),
  catalogue: dynamoCatalogue(dynamo, env.CATALOGUE_TABLE_NAME),
  customers: dynamoCustomers(dynamo, env.CUSTOMERS_TABLE_NAME),
  purchases: dynamoPurchases(dynamo, env.PURCHASES_TABLE_NAME),
  affinity: dynamoAffinity(dynamo, env.AFFINITY_TABLE_NAME),
  orderTokens: joseOrderTokens(
    secretsManagerShopTokenKeys(secrets, env.SHOP_TOKEN_KEYS_SECRET_ARN, now),
  ),
  sessionTokens: joseSessionTokens(secretsManagerLinkKeys(secrets, env.LINK_KEYS_SECRET_ARN, now)),
  told: eventBridgeToldEvents(bus, env.EVENT_BUS_NAME),
  publisher: eventBridgePublisher(bus, env.EVENT_BUS_NAME),
  digest: sha256Digest,
  now,
});

/** Called by the HTTP API when a confirmation page is opened, and by pages that wait for an answer. */
export const handler = guarded({
  realm: 'session',
  limit: publicLimit(),
  answer: async (request) => {
    const answer = await open(request);
    logger.info('session asked for', { status: answer.status });
    if (answer.status === 201) {
      metrics.addMetric(names.sessionsOpened, MetricUnit.Count, 1);
      metrics.publishStoredMetrics();
    }
    return answer;
  },
  report: (error) =>
    logger.error('a session could not be opened', {
      errorName: error instanceof Error ? error.name : 'unknown',
      error: error instanceof Error ? error.message : String(error),
    }),
});
