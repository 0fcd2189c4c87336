import { type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';

/**
 * The physical name of a table of a stage: CloudFormation made it up from stack and construct.
 *
 * @throws when the account and region have no such table
 */
export const deployedTable = async (
  client: DynamoDBClient,
  stage: string,
  table: string,
): Promise<string> => {
  const prefix = `Afterglow-${stage}-Data-${table}`;
  let from: string | undefined;
  do {
    const page = await client.send(
      new ListTablesCommand(from === undefined ? {} : { ExclusiveStartTableName: from }),
    );
    const found = page.TableNames?.find((name) => name.startsWith(prefix));
    if (found !== undefined) return found;
    from = page.LastEvaluatedTableName;
  } while (from !== undefined);
  throw new Error(
    `no table ${prefix}… in this account and region: deploy stage "${stage}", or name another by --stage, --profile and --region`,
  );
};
