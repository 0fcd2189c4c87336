import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoOfferCounts } from '#core/adapters/dynamo-offer-counts.ts';
import { dynamoOffers } from '#core/adapters/dynamo-offers.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { fitOfferPriorsContract } from './contract.ts';
import { fitOfferPriors } from './fit-offer-priors.ts';

const env = readEnv(fitOfferPriorsContract);
const logger = new Logger({ serviceName: fitOfferPriorsContract.name });
const dynamo = new DynamoDBClient();

const fit = fitOfferPriors({
  shops,
  offers: dynamoOffers(dynamo, env.OFFERS_TABLE_NAME),
  counts: dynamoOfferCounts(dynamo, env.OFFER_COUNTS_TABLE_NAME),
  now: () => new Date(),
});

/** Called by a schedule, again and again. */
export const handler = async (): Promise<void> => {
  for (const fitted of await fit()) logger.info('priors fitted', { ...fitted });
};
