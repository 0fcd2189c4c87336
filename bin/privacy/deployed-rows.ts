import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import config from '#config';
import { dynamoPersonalRows } from '#core/adapters/dynamo-personal-rows.ts';
import type { PersonalRows, PersonalTable } from '#core/adapters/personal-rows.ts';
import { tables } from '#core/contracts/tables.ts';
import { deployedTable } from '../commands/deployed-table.ts';
import type { Deployment } from '../explain/deployed-source.ts';

/** The tables of a deployed stage, by the caller's own rights. @throws when there is no such stage */
export const deployedRows = async ({
  stage,
  profile,
  region,
}: Deployment): Promise<PersonalRows> => {
  const client = new DynamoDBClient({
    region: region ?? config.stages[stage]?.region ?? 'eu-central-1',
    ...(profile === undefined ? {} : { profile }),
  });
  const nameOf = (table: PersonalTable) => deployedTable(client, stage, tables[table].name);
  return dynamoPersonalRows(client, {
    orders: await nameOf('orders'),
    customers: await nameOf('customers'),
    purchases: await nameOf('purchases'),
    touches: await nameOf('touches'),
    identities: await nameOf('identities'),
    contacts: await nameOf('contacts'),
    inbox: await nameOf('inbox'),
    links: await nameOf('links'),
    attributions: await nameOf('attributions'),
    pseudonyms: await nameOf('pseudonyms'),
    scores: await nameOf('scores'),
    sessions: await nameOf('sessions'),
    offerHistories: await nameOf('offerHistories'),
  });
};
