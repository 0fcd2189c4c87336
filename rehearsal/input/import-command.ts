import { once } from 'node:events';
import { createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import config from '#config';
import { count, inWords, newCounts } from './order-import/import-counts.ts';
import {
  checkedMap,
  type ImportMap,
  importFields,
  InvalidImportMap,
  parseImportMap,
} from './order-import/import-map.ts';
import { importItems, type ImportOptions } from './order-import/import-orders.ts';
import type { MadeUpEmails } from './order-import/order-contact.ts';
import { presets } from './order-import/presets.ts';
import { UnreadableFile } from './order-import/read-rows.ts';
import { rejectedRowsFile } from './order-import/rejected-rows-file.ts';
import { putEventsEntry } from './put-events-entry.ts';
import { placing } from './sample-order.ts';

const fieldList = Object.entries(importFields)
  .map(([field, meaning]) => `  ${field.padEnd(16)} ${meaning}`)
  .join('\n');

const help = `Turns a file of orders into OrderPlaced events, to rehearse with or to backfill.

  npm run import -- --orders FILE --shop SHOP [options]

FILE is CSV with a header, or JSON lines (.jsonl, .ndjson); either may end in .gz. Columns are
recognised for: ${presets.map(({ name }) => name).join(', ')}.
JSON lines without a map are details of OrderPlaced.

Options
  --orders FILE      the orders
  --shop SHOP        a shop of afterglow.config.ts; its currency and time zone hold where the file
                     does not say
  --map MAP          which column is what: a JSON file, or inline order=InvoiceNo,sku=StockCode,...
  --limit N          stop after the first N usable orders
  --out FILE         events as JSON lines, each an entry of PutEvents without EventBusName
                     (default: they are only counted)
  --rejected FILE    rows that were not imported, with the reason: .csv, or else JSON lines
  --emails WHO       who gets an address of customers.example where the file has none: customers
                     (customer-<id>@), customers-and-guests (guest-<order>@ as well) or none
                     (default: customers)
  --help

Fields of a map: order, at, quantity, unitPrice and sku (or name) are needed.
${fieldList}
and beside the columns: defaultCurrency, timeZone, dateFormats, decimalMark, delimiter, encoding,
cancellationPrefix, adjustmentPrefix, shippingSkus, notProducts, skuFallback, freeLines, lines.

Rows that are no goods sold (cancellations, postage, zero prices) are left out and their order
stands. A row that cannot be read takes its order with it: half an order would be a wrong one. An
order of more than 500 lines is rejected, not split.

Exit code 0: the file was read to its end or to the limit. 2: bad usage, map or file.`;

/** The caller's mistake: reported, never a stack trace. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

const flags = {
  orders: { type: 'string' },
  shop: { type: 'string' },
  map: { type: 'string' },
  limit: { type: 'string' },
  out: { type: 'string' },
  rejected: { type: 'string' },
  emails: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const parseUsage = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: flags }).values;
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
};

type Flags = ReturnType<typeof parseUsage>;

/** The command `import`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  try {
    const values = parseUsage(args);
    if (values.help === true) console.log(help);
    else await runImport(values);
    return 0;
  } catch (thrown) {
    if (!isExpected(thrown)) throw thrown;
    console.error(`import: ${thrown.message}`);
    return 2;
  }
};

const isExpected = (thrown: unknown): thrown is Error =>
  thrown instanceof UsageError ||
  thrown instanceof InvalidImportMap ||
  thrown instanceof UnreadableFile;

const PROGRESS_EVERY_ROWS = 100_000;

const runImport = async (values: Flags): Promise<void> => {
  const file = values.orders;
  if (file === undefined) throw new UsageError('needs --orders FILE; see --help');
  const options = await optionsOf(values);
  const counts = newCounts();
  const out = values.out === undefined ? undefined : createWriteStream(values.out);
  const rejectedRows =
    values.rejected === undefined ? undefined : rejectedRowsFile(values.rejected);
  let nextProgress = PROGRESS_EVERY_ROWS;
  for await (const item of importItems(file, options)) {
    count(counts, item);
    if (item.kind === 'order') await writeLine(out, putEventsEntry(placing(item.order)));
    await rejectedRows?.write(item.kind === 'order' ? item.leftOut : item.rows);
    if (counts.rows >= nextProgress) {
      nextProgress += PROGRESS_EVERY_ROWS;
      console.error(`import: ${counts.rows} rows, ${counts.orders} orders …`);
    }
  }
  await close(out);
  await rejectedRows?.close();
  console.log(inWords(counts).join('\n'));
};

const writeLine = async (out: WriteStream | undefined, value: object): Promise<void> => {
  if (out?.write(`${JSON.stringify(value)}\n`) === false) await once(out, 'drain');
};

const close = async (out: WriteStream | undefined): Promise<void> => {
  if (out === undefined) return;
  out.end();
  await finished(out);
};

const optionsOf = async (values: Flags): Promise<ImportOptions> => ({
  shop: shopOf(values.shop),
  map: values.map === undefined ? undefined : await mapOf(values.map),
  limit: limitOf(values.limit),
  emails: emailsOf(values.emails),
});

const shopOf = (id: string | undefined): ImportOptions['shop'] => {
  const shop = id === undefined ? undefined : config.shops[id];
  if (id !== undefined && shop !== undefined)
    return { id, currency: shop.currency, timeZone: shop.timeZone };
  const shops = Object.keys(config.shops).join(', ');
  throw new UsageError(`--shop: got ${id ?? 'nothing'}, expected one of ${shops}`);
};

/** An existing file is read; any other text is the map itself. */
const mapOf = async (map: string): Promise<ImportMap> => {
  if (!existsSync(map)) return parseImportMap(map);
  try {
    return checkedMap(JSON.parse(await readFile(map, 'utf8')));
  } catch (thrown) {
    if (thrown instanceof InvalidImportMap)
      throw new UsageError(`${map}: ${thrown.message}`, { cause: thrown });
    throw new UsageError(`${map}: the file is not JSON`, { cause: thrown });
  }
};

const limitOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new UsageError(`--limit: got ${JSON.stringify(text)}, expected a whole number above zero`);
};

const emailsOf = (text: string | undefined): MadeUpEmails | undefined => {
  switch (text) {
    case undefined:
    case 'customers':
    case 'customers-and-guests':
    case 'none':
      return text;
    default:
      throw new UsageError(
        `--emails: got ${JSON.stringify(text)}, expected customers, customers-and-guests or none`,
      );
  }
};
