import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoAttributions } from '#core/adapters/dynamo-attributions.ts';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoShortLinks } from '#core/adapters/dynamo-short-links.ts';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import { eventBridgePublisher } from '#core/adapters/eventbridge-publisher.ts';
import { eventBridgeToldEvents } from '#core/adapters/eventbridge-told-events.ts';
import { joseLinkSigner } from '#core/adapters/jose-link-signer.ts';
import { secretsManagerLinkKeys } from '#core/adapters/secrets-manager-link-keys.ts';
import { sha256Base64, sha256Digest } from '#core/adapters/sha256-digest.ts';
import { ledger } from '#core/runtime/ledger.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { policy, shops } from '#core/runtime/shops.ts';
import { httpEvent, servePagesContract } from './contract.ts';
import { type PageAnswer, requestOf } from './page-request.ts';
import { servePages } from './serve-pages.ts';
import type { ServePagesDeps } from './serve-pages-deps.ts';
import { refusal } from './visit.ts';

const env = readEnv(servePagesContract);
const logger = new Logger({ serviceName: servePagesContract.name });
const dynamo = new DynamoDBClient();
const bus = new EventBridgeClient();
const now = () => new Date();
const keys = secretsManagerLinkKeys(new SecretsManagerClient(), env.LINK_KEYS_SECRET_ARN, now);

const logged = (what: string, error: unknown): void =>
  logger.error(what, {
    errorName: error instanceof Error ? error.name : 'unknown',
    error: error instanceof Error ? error.message : String(error),
  });

const deps: ServePagesDeps = {
  shops,
  policy,
  links: joseLinkSigner(keys),
  shortLinks: dynamoShortLinks(dynamo, env.LINKS_TABLE_NAME, keys),
  orders: dynamoOrderLogs(dynamo, env.ORDERS_TABLE_NAME),
  customers: dynamoCustomers(dynamo, env.CUSTOMERS_TABLE_NAME),
  records: dynamoTouchRecords(dynamo, env.TOUCHES_TABLE_NAME),
  attributions: dynamoAttributions(dynamo, env.ATTRIBUTIONS_TABLE_NAME),
  clickDays: ledger.attribution.clickDays,
  publisher: eventBridgePublisher(bus, env.EVENT_BUS_NAME),
  told: eventBridgeToldEvents(bus, env.EVENT_BUS_NAME),
  digest: sha256Digest,
  styleHash: sha256Base64,
  now,
  report: logged,
};

const serve = servePages(deps);

/** Called by the HTTP API of the Pages stack. A visitor is told of a failure in words; the alarm counts its 500. */
export const handler = async (event: unknown): Promise<PageAnswer> => {
  const request = requestOf(httpEvent.parse(event));
  try {
    return await serve(request);
  } catch (error) {
    logged('a page could not be served', error);
    return refusal(deps, request, 'failed');
  }
};
