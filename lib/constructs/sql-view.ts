import { Stack } from 'aws-cdk-lib';
import { type CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import type { ViewColumn } from '#analytics/view-doc.ts';

export interface SqlViewProps {
  readonly database: CfnDatabase;
  /** One SELECT in Trino's SQL. */
  readonly sql: string;
  readonly description: string;
  /** In the order of the SELECT. */
  readonly columns: readonly ViewColumn[];
}

/** Glue API reference, Column and TableInput. */
const MOST_COMMENT = 255;
const MOST_DESCRIPTION = 2048;

/** Trino's names of types; Hive's are ours. */
const trinoType: Readonly<Record<ViewColumn['type'], string>> = {
  string: 'varchar',
  int: 'integer',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp(3)',
};

/**
 * A view as Athena itself stores one: a table of Glue whose text is Presto's description of the view, in base64
 * (as `CREATE VIEW` makes them; AWS has no page on the format).
 */
export class SqlView extends CfnTable {
  constructor(scope: Construct, name: string, props: SqlViewProps) {
    const { database, sql, description, columns } = props;
    const presto = {
      originalSql: sql,
      catalog: 'awsdatacatalog',
      schema: databaseNameOf(database),
      columns: columns.map(({ name: column, type }) => ({ name: column, type: trinoType[type] })),
    };
    const encoded = Buffer.from(JSON.stringify(presto)).toString('base64');
    super(
      scope,
      `${name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}View`,
      {
        catalogId: Stack.of(scope).account,
        databaseName: database.ref,
        tableInput: {
          name,
          description: description.slice(0, MOST_DESCRIPTION),
          tableType: 'VIRTUAL_VIEW',
          parameters: { presto_view: 'true', comment: 'Presto View' },
          viewOriginalText: `/* Presto View: ${encoded} */`,
          viewExpandedText: '/* Presto View */',
          partitionKeys: [],
          storageDescriptor: {
            location: '',
            columns: columns.map(({ name: column, type, doc }) => ({
              name: column,
              type,
              comment: doc.slice(0, MOST_COMMENT),
            })),
            serdeInfo: {},
          },
        },
      },
    );
  }
}

/** What base64 hides from CloudFormation cannot be a reference. */
const databaseNameOf = ({ databaseInput }: CfnDatabase): string => {
  const { name } = Object(databaseInput);
  if (typeof name !== 'string')
    throw new Error('a view needs a database that is named in the stack');
  return name;
};
