import { createWriteStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import config from '#config';
import { tables } from '#core/contracts/tables.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import {
  checkedMap,
  type ImportMap,
  InvalidImportMap,
  parseImportMap,
} from '#rehearsal/input/order-import/import-map.ts';
import {
  booksReport,
  booksReportInWords,
  differencesAsCsv,
} from '#rehearsal/reconcile/books-report.ts';
import { compareBooks } from '#rehearsal/reconcile/compare-books.ts';
import { ledgerBooks } from '#rehearsal/reconcile/ledger-books.ts';
import { deployedTransactions, storedTransactions } from '../reconcile/ledger-source.ts';
import { type OmsBooks, readOms } from '#rehearsal/reconcile/oms-document.ts';
import { deployedTable } from './deployed-table.ts';

const help = `Holds what the order system says of money against the ledger, document by document.

  npm run reconcile -- FILE [--map MAP] [--shop SHOP] [--state DIR]
  npm run reconcile -- FILE [--map MAP] [--shop SHOP] --stage STAGE [--profile PROFILE] [--region REGION]

FILE is CSV with a header or JSON lines, either also .gz: order lines as for an import, or a row an
order with its total, such as --map order=Id,total=Total,refunded=Refunded,currency=Currency.

  --map      which column is what: a JSON file or inline (see docs/order-import.md)
  --shop     the shop that both are of (default: the first of afterglow.config.ts)
  --state    where a rehearsal left its ledger (default .rehearsal)
  --stage    read the deployed ledger of this stage instead
  --json     print the report as JSON
  --csv OUT  write every difference to this file too

Exit code 0: equal, but for less than the smallest unit a document; 1: there are differences, or rows
that cannot be read; 2: wrong arguments, map or file.`;

const options = {
  map: { type: 'string' },
  shop: { type: 'string' },
  state: { type: 'string', default: '.rehearsal' },
  stage: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  json: { type: 'boolean', default: false },
  csv: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** What is the caller's to correct is said in a line, not in a stack trace. */
const mistakes: ReadonlySet<string> = new Set([
  'UsageError',
  'InvalidImportMap',
  'UnreadableFile',
  'NoRehearsal',
]);

class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command `reconcile`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file] = positionals;
  if (values.help || file === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  try {
    return await reconcile(file, values);
  } catch (error) {
    if (!(error instanceof Error) || !mistakes.has(error.name)) throw error;
    console.error(`reconcile: ${error.message}`);
    return 2;
  }
};

interface Values {
  readonly map?: string | undefined;
  readonly shop?: string | undefined;
  readonly state: string;
  readonly stage?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly json: boolean;
  readonly csv?: string | undefined;
}

const reconcile = async (file: string, values: Values): Promise<number> => {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  const shop = shopOf(values.shop);
  const map = values.map === undefined ? undefined : await mapOf(values.map);
  const oms = await readOms(file, { shop, map });
  const ledger = await ledgerBooks(await transactionsOf(values, shop.id), (id) =>
    isDocument(oms, id),
  );
  const report = booksReport(compareBooks(oms, ledger), { oms, ledger });
  if (values.csv !== undefined)
    await pipeline(Readable.from(differencesAsCsv(report)), createWriteStream(values.csv));
  if (values.json) console.log(JSON.stringify(report, undefined, 2));
  else for (const line of booksReportInWords(report)) console.log(line);
  return report.isEqual ? 0 : 1;
};

const isDocument = ({ documents }: OmsBooks, id: string): boolean => documents.has(id);

const transactionsOf = async (
  { state, stage, profile, region: wanted }: Values,
  shop: string,
): Promise<AsyncIterable<Transaction>> => {
  if (stage === undefined) return storedTransactions(resolve(state), shop);
  const region = wanted ?? config.stages[stage]?.region;
  if (region === undefined)
    throw new UsageError(
      `--stage: got "${stage}", expected one of ${Object.keys(config.stages).join(', ')}, or --region beside it`,
    );
  const client = new DynamoDBClient({ region, ...(profile === undefined ? {} : { profile }) });
  const table = await deployedTable(client, stage, tables.ledger.name);
  return deployedTransactions(client, table, shop);
};

const shopOf = (wanted: string | undefined) => {
  const id = wanted ?? Object.keys(config.shops)[0] ?? '';
  const found = config.shops[id];
  if (found === undefined)
    throw new UsageError(
      `--shop: got "${id}", expected one of ${Object.keys(config.shops).join(', ')}`,
    );
  return { id, currency: found.currency, timeZone: found.timeZone };
};

/** An existing file is read; any other text is the map itself. */
const mapOf = async (map: string): Promise<ImportMap> => {
  if (!existsSync(map)) return parseImportMap(map, 'totals');
  try {
    return checkedMap(JSON.parse(await readFile(map, 'utf8')), 'totals');
  } catch (cause) {
    const why = cause instanceof InvalidImportMap ? cause.message : 'the file is not JSON';
    throw new UsageError(`${map}: ${why}`, { cause });
  }
};
