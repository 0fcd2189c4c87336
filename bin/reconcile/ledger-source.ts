import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { toTransaction } from '#core/adapters/dynamo-ledger.ts';
import { tables } from '#core/contracts/tables.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { NoRehearsal } from '#rehearsal/report/state-files.ts';
import type { Item } from '#rehearsal/services/dynamodb.ts';

/**
 * A shop's transactions as a rehearsal left them, one at a time.
 *
 * @throws {NoRehearsal} when none has left its ledger here
 */
export async function* storedTransactions(
  stateDir: string,
  shop: string,
): AsyncGenerator<Transaction> {
  const file = join(stateDir, 'tables', `${tables.ledger.name}.jsonl`);
  if (!existsSync(file)) throw new NoRehearsal(stateDir);
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const item: Item = JSON.parse(line);
    const transaction = toTransaction(item);
    if (transaction.shop === shop) yield transaction;
  }
}

/**
 * A shop's transactions of a deployed table, by a scan of all its pages: a transaction that is added meanwhile may be
 * missed.
 */
export async function* deployedTransactions(
  client: DynamoDBClient,
  tableName: string,
  shop: string,
): AsyncGenerator<Transaction> {
  const { partitionKey } = tables.ledger;
  const pages = paginateScan(
    { client },
    {
      TableName: tableName,
      ConsistentRead: true,
      FilterExpression: 'begins_with(#order, :shop)',
      ExpressionAttributeNames: { '#order': partitionKey },
      ExpressionAttributeValues: { ':shop': { S: `${shop}#` } },
    },
  );
  for await (const { Items = [] } of pages) yield* Items.map(toTransaction);
}
