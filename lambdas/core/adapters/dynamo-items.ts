import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/**
 * A document is stored as its key, a version and its JSON: it is always read and written whole,
 * and JSON takes half the capacity units of nested attributes.
 */
export interface StoredDocument {
  readonly key: Readonly<Record<string, string>>;
  /** The version that was read; the write makes the next one. */
  readonly version: number;
  readonly document: object;
}

export const VERSION = 'version';
export const DOCUMENT = 'document';

export const keyItem = (key: Readonly<Record<string, string>>): Item =>
  Object.fromEntries(Object.entries(key).map(([name, value]) => [name, { S: value }]));

export const documentItem = ({ key, version, document }: StoredDocument): Item => ({
  ...keyItem(key),
  [VERSION]: { N: String(version) },
  [DOCUMENT]: { S: JSON.stringify(document) },
});

/** The document's JSON, and the version it has. */
export const readDocument = (item: Item): { version: number; json: string } => ({
  version: Number(item[VERSION]?.N ?? 0),
  json: item[DOCUMENT]?.S ?? 'null',
});

/** Writes the next version if the stored one is still the one that was read. */
export const putNextVersion = (
  client: DynamoDBClient,
  TableName: string,
  { key, version, document }: StoredDocument,
): Promise<boolean> => {
  const [partitionKey = ''] = Object.keys(key);
  const isNew = version === 0;
  return holds(
    client.send(
      new PutItemCommand({
        TableName,
        Item: documentItem({ key, version: version + 1, document }),
        ConditionExpression: isNew ? 'attribute_not_exists(#key)' : '#version = :read',
        ExpressionAttributeNames: isNew ? { '#key': partitionKey } : { '#version': VERSION },
        ...(isNew ? {} : { ExpressionAttributeValues: { ':read': { N: String(version) } } }),
      }),
    ),
  );
};

/** Whether a conditional write's condition held. */
export const holds = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
