import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import config from '#config';
import { dynamoAffinity } from '#core/adapters/dynamo-affinity.ts';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { dynamoContactLog } from '#core/adapters/dynamo-contact-log.ts';
import { dynamoCustomers } from '#core/adapters/dynamo-customers.ts';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoKnownPseudonyms } from '#core/adapters/dynamo-pseudonyms.ts';
import { dynamoPurchases } from '#core/adapters/dynamo-purchases.ts';
import { dynamoScores } from '#core/adapters/dynamo-scores.ts';
import { dynamoSessions } from '#core/adapters/dynamo-sessions.ts';
import { dynamoSmsSpend } from '#core/adapters/dynamo-sms-spend.ts';
import { dynamoSuppressions } from '#core/adapters/dynamo-suppressions.ts';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import { tables } from '#core/contracts/tables.ts';
import { deployedTable } from '../commands/deployed-table.ts';
import type { Source } from './source.ts';

export interface Deployment {
  readonly stage: string;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * The tables of a deployed stage; they are read, never written.
 *
 * @throws when the account and region have no such stage
 */
export const deployed = async ({ stage, profile, region }: Deployment): Promise<Source> => {
  const client = new DynamoDBClient({
    region: region ?? config.stages[stage]?.region ?? 'eu-central-1',
    ...(profile === undefined ? {} : { profile }),
  });
  const nameOf = (table: { readonly name: string }) => deployedTable(client, stage, table.name);
  const records = dynamoTouchRecords(client, await nameOf(tables.touches));
  return {
    orders: dynamoOrderLogs(client, await nameOf(tables.orders)),
    customers: dynamoCustomers(client, await nameOf(tables.customers)),
    purchases: dynamoPurchases(client, await nameOf(tables.purchases)),
    affinity: dynamoAffinity(client, await nameOf(tables.affinity)),
    catalogue: dynamoCatalogue(client, await nameOf(tables.catalogue)),
    suppressions: dynamoSuppressions(client, await nameOf(tables.suppressions)),
    contacts: dynamoContactLog(client, await nameOf(tables.contacts)),
    smsSpend: dynamoSmsSpend(client, await nameOf(tables.counters)),
    sessions: dynamoSessions(client, await nameOf(tables.sessions)),
    scores: dynamoScores(
      client,
      await nameOf(tables.scores),
      dynamoKnownPseudonyms(client, await nameOf(tables.pseudonyms)),
    ),
    touches: (shop, orderId) => records.ofOrder(shop, orderId),
    now: async () => new Date().toISOString(),
  };
};
