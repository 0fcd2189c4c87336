import { once } from 'node:events';
import { Server } from 'node:http';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { type TableDefinition, tables } from '#core/contracts/tables.ts';

const keysOf = ({ partitionKey, sortKey }: TableDefinition) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  ...(sortKey === undefined ? [] : [{ AttributeName: sortKey, KeyType: 'RANGE' as const }]),
];

const create = (table: TableDefinition): CreateTableCommand =>
  new CreateTableCommand({
    TableName: table.name,
    KeySchema: keysOf(table),
    AttributeDefinitions: keysOf(table).map(({ AttributeName }) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    BillingMode: 'PAY_PER_REQUEST',
  });

/** A client of a DynamoDB of its own that has every table of the contracts, empty. */
export const inMemoryDynamoDb = async (): Promise<DynamoDBClient> => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  if (!(server instanceof Server)) throw new Error('dynalite gave no HTTP server');
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('dynalite has no port');
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  for (const table of Object.values(tables)) await client.send(create(table));
  for (const table of Object.values(tables)) await untilActive(client, table);
  return client;
};

/** A table is there a moment after it was asked for. */
const untilActive = async (client: DynamoDBClient, table: TableDefinition): Promise<void> => {
  const command = new DescribeTableCommand({ TableName: table.name });
  const { Table } = await client.send(command);
  if (Table?.TableStatus !== 'ACTIVE') await untilActive(client, table);
};
