import { type TableDefinition, tables } from '#core/contracts/tables.ts';
import type { Item } from '../services/dynamodb.ts';
import { linesIn } from './lines-by-time.ts';

/** Attributes that only additions change. All else that two parts have is the catalogue's or was made of it. */
const summed: ReadonlyMap<string, readonly string[]> = new Map([
  // What SMS cost in a month, what drafts cost in a budget.
  [tables.counters.name, ['usd', 'tokens']],
  // How often an offer was shown and accepted, what was spent of its budget.
  [tables.offerCounts.name, ['shown', 'accepted', 'spent']],
]);

/**
 * The items of a table that several files have, as lines of JSON: of those with one key the first, with what counters
 * the others have added to its own.
 *
 * @param file `<table>.jsonl`
 * @throws for a table that is not among the contracts'
 */
export async function* mergedItems(files: readonly string[], file: string): AsyncGenerator<string> {
  const definition = definitionOf(file.replace(/\.jsonl$/, ''));
  const counters = summed.get(definition.name);
  if (counters === undefined) yield* firstsOf(files, definition);
  else yield* sumsOf(files, definition, counters);
}

const definitionOf = (name: string): TableDefinition => {
  const known: readonly TableDefinition[] = Object.values(tables);
  const found = known.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `the parts of a rehearsal left a table ${name}: expected one of ${known.map((each) => each.name).join(', ')}, whose keys are known`,
  );
};

async function* firstsOf(
  files: readonly string[],
  definition: TableDefinition,
): AsyncGenerator<string> {
  const seen = new Set<string>();
  const keyIn = keyReader(definition);
  for (const file of files)
    for await (const line of linesIn(file)) {
      const key = keyIn(line);
      if (seen.has(key)) continue;
      seen.add(key);
      yield line;
    }
}

/** Counters are few: they are of offers, budgets and months. */
async function* sumsOf(
  files: readonly string[],
  definition: TableDefinition,
  counters: readonly string[],
): AsyncGenerator<string> {
  const found = new Map<string, Item>();
  for (const file of files)
    for await (const line of linesIn(file)) {
      const item: Item = JSON.parse(line);
      const key = keyOf(item, definition);
      const known = found.get(key);
      found.set(key, known === undefined ? item : added(known, item, counters));
    }
  for (const item of found.values()) yield JSON.stringify(item);
}

/** Most items begin with their keys, which need no escapes: the thousands of characters after them are not read. */
const keyReader = (definition: TableDefinition): ((line: string) => string) => {
  const { partitionKey, sortKey } = definition;
  const keys = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
  const start = new RegExp(
    `^\\{${keys.map((name) => `"${RegExp.escape(name)}":\\{"S":("[^"\\\\]*")\\}`).join(',')}[,}]`,
  );
  return (line) => {
    const [, partition, sort = '""'] = start.exec(line) ?? [];
    return partition === undefined ? keyOf(JSON.parse(line), definition) : `[${partition},${sort}]`;
  };
};

const keyOf = (item: Item, { partitionKey, sortKey }: TableDefinition): string =>
  JSON.stringify([item[partitionKey]?.S, sortKey === undefined ? '' : item[sortKey]?.S]);

/** As DynamoDB keeps them, and no more: sums of binary fractions have digits that nobody added. */
const DECIMALS = 10;

const added = (known: Item, other: Item, counters: readonly string[]): Item => ({
  ...known,
  ...Object.fromEntries(
    counters.flatMap((name) => {
      const more = other[name]?.N;
      if (more === undefined) return [];
      const total = Number(known[name]?.N ?? 0) + Number(more);
      return [[name, { N: String(Number(total.toFixed(DECIMALS))) }] as const];
    }),
  ),
});
