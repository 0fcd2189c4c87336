import {
  type Column,
  type FactName,
  factNames,
  facts,
  LAKE_PARTITION,
} from '#core/contracts/facts.ts';

/** The page docs/facts.md, made of the declarations. */
export const factsPage = (): string =>
  `${[introduction, ...factNames.flatMap(factDocs)].join('\n\n')}\n`;

const introduction = `# The facts

What is kept of everything that happened after an order: tables of the lake, Parquet in a folder a day, declared once in
\`lambdas/core/contracts/facts.ts\`. From there come Glue's tables, Firehose's streams, what \`record-facts\` checks before it
writes, and this page. Metrics are views of them: docs/metrics.md.

- Rows come a few minutes late, may come twice, and then have the same \`fact_id\`; the views count each once.
- \`${LAKE_PARTITION}\` is the day on which a row came, in UTC, not the day on which it happened: leave some days between.
- Customers have pseudonyms, names drawn at random. Which is whose stands in one DynamoDB table and nowhere else; of somebody
  who was erased it is gone, and their rows are nobody's. No row has an address, a name or what somebody wrote.
- Amounts are whole numbers of the currency's minor unit.`;

const factDocs = (name: FactName): readonly string[] => {
  const columns: Readonly<Record<string, Column>> = facts[name].columns;
  return [
    `## ${name}`,
    `One row: ${facts[name].grain}.`,
    [
      '| column | type | what it is |',
      '|---|---|---|',
      ...Object.entries(columns).map(
        ([column, { type, doc, optional }]) =>
          `| ${column} | ${type}${optional === true ? ', may be absent' : ''} | ${doc} |`,
      ),
    ].join('\n'),
  ];
};
