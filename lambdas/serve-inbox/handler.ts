import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoInbox } from '#core/adapters/dynamo-inbox.ts';
import { joseShopTokens } from '#core/adapters/jose-shop-tokens.ts';
import { secretsManagerShopTokenKeys } from '#core/adapters/secrets-manager-shop-token-keys.ts';
import { toHttp } from '#core/http/answer.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { inboxRequest, serveInboxContract } from './contract.ts';
import { serveInbox } from './serve-inbox.ts';

const env = readEnv(serveInboxContract);
const logger = new Logger({ serviceName: serveInboxContract.name });
const dynamo = new DynamoDBClient();
const now = () => new Date();

const serve = serveInbox({
  customers: dynamoCustomers(dynamo, env.CUSTOMERS_TABLE_NAME),
  inbox: dynamoInbox(dynamo, env.INBOX_TABLE_NAME),
  checkToken: joseShopTokens(
    secretsManagerShopTokenKeys(new SecretsManagerClient(), env.SHOP_TOKEN_KEYS_SECRET_ARN, now),
  ),
  now,
});

/** Called by the HTTP API for `GET /inbox`. */
export const handler = async (event: unknown) => {
  const answer = await serve(inboxRequest.parse(event));
  logger.info('inbox asked for', { status: answer.status });
  return toHttp(answer, 'inbox');
};
