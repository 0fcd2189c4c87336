import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import config from '#config';
import { dynamoLedger } from '#core/adapters/dynamo-ledger.ts';
import { tables } from '#core/contracts/tables.ts';
import { deployedTable } from '../commands/deployed-table.ts';
import type { Deployment } from '../explain/deployed-source.ts';
import type { BooksSource } from './books-source.ts';

/**
 * The books of a deployed stage.
 *
 * @throws when the account and region have no such stage
 */
export const deployedBooks = async ({
  stage,
  profile,
  region,
}: Deployment): Promise<BooksSource> => {
  const client = new DynamoDBClient({
    region: region ?? config.stages[stage]?.region ?? 'eu-central-1',
    ...(profile === undefined ? {} : { profile }),
  });
  return dynamoLedger(client, await deployedTable(client, stage, tables.ledger.name));
};
