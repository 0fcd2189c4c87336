import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import config from '#config';
import { toCatalogItem } from '#core/adapters/dynamo-catalogue.ts';
import { tables } from '#core/contracts/tables.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import { catalogueEventsOf } from '#rehearsal/input/catalogue-import/catalogue-events.ts';
import {
  catalogueMembers,
  factNames,
  readCatalogueMap,
} from '#rehearsal/input/catalogue-import/catalogue-map.ts';
import type { CatalogueShop } from '#rehearsal/input/catalogue-import/catalogue-product.ts';
import {
  type CatalogueFile,
  readCatalogueFile,
} from '#rehearsal/input/catalogue-import/read-catalogue.ts';
import { putEventsEntry } from '#rehearsal/input/put-events-entry.ts';
import { allItems } from '#rehearsal/report/state-files.ts';
import { catalogueDiff, diffAsMarkdown, diffInWords } from '../catalogue/catalogue-diff.ts';
import { checkCatalogue } from '../catalogue/check-catalogue.ts';
import { checkInWords, countsInWords } from '../catalogue/check-in-words.ts';
import type { StatedItem } from '../catalogue/content-gaps.ts';
import { sendCatalogue } from '../catalogue/send-catalogue.ts';
import { visible } from '../catalogue/visible-text.ts';

const memberList = Object.entries(catalogueMembers)
  .map(([member, meaning]) => `  ${member.padEnd(10)} ${meaning}`)
  .join('\n');

const help = `What is known of products: checks it, imports it, compares it.

  npm run catalogue -- check [FILE]       what is missing, by shop and category
  npm run catalogue -- import FILE        as CatalogItemUpdated events: --out FILE, or --send --stage STAGE
  npm run catalogue -- diff OLD NEW       what NEW says otherwise

FILE is JSON lines (.jsonl, .ndjson), a JSON document, a YAML list or CSV with a header, each also
as .gz: items as CatalogItemUpdated has them, records by a map, or products of Shopify (the webhook
products/update, or the Product of the GraphQL Admin API). check without FILE: the sample shops.

  --shop SHOP      whose products they are, where the file does not say it
  --map MAP        a JSON file that says which column is what
  --state DIR      check: what a rehearsal was told of products, instead of a file
  --json           check, diff: as JSON
  --markdown       diff: as Markdown
  --out FILE       import: JSON lines, each an entry of PutEvents without EventBusName, which
                   npm run rehearse -- --events takes (default: they are only counted)
  --at INSTANT     import: when it is said (default: now)
  --send           import: put on the bus of --stage what it does not know yet
  --stage STAGE    with --dry-run: only say what would be sent
  --profile, --region     of AWS; the region is the stage's unless it is given

A map: { "columns": { … }, "attributes": [ { "id", "type", "from", "language", "html" } ],
"currency", "decimalMark", "listSeparator", "delimiter", "encoding" }. Columns:
${memberList}
  facts.*    ${factNames.join(', ')}
Without a map, columns have these names; those of attributes are attribute.<type>.<id>.<language>.

Exit code 0: fine, whatever is missing; 1: records were refused; 2: wrong arguments, map or file.`;

const options = {
  shop: { type: 'string' },
  map: { type: 'string' },
  state: { type: 'string' },
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
  out: { type: 'string' },
  at: { type: 'string' },
  send: { type: 'boolean', default: false },
  stage: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  profile: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const parsed = (args: readonly string[]) =>
  parseArgs({ args: [...args], options, allowPositionals: true });

type Values = ReturnType<typeof parsed>['values'];

/** The caller's mistake: reported, never a stack trace. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

const SAMPLE = 'samples/catalogue.jsonl';

/** The command `catalogue`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args);
  if (values.help || positionals.length === 0) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  try {
    return await runAction(positionals, values);
  } catch (thrown) {
    const expected = ['UsageError', 'InvalidCatalogueMap', 'UnreadableFile'];
    if (!(thrown instanceof Error) || !expected.includes(thrown.name)) throw thrown;
    console.error(`catalogue: ${thrown.message}`);
    return 2;
  }
};

const runAction = (
  [action = '', file, other, ...rest]: readonly string[],
  values: Values,
): Promise<number> => {
  if (rest.length > 0 || (other !== undefined && action !== 'diff'))
    throw new UsageError(`${action}: got more files than it takes; see --help`);
  switch (action) {
    case 'check':
      return check(file, values);
    case 'import':
      if (file === undefined) throw new UsageError('import needs a FILE; see --help');
      return importFile(file, values);
    case 'diff':
      if (file === undefined || other === undefined)
        throw new UsageError('diff needs two files, OLD and NEW; see --help');
      return diff(file, other, values);
    default:
      throw new UsageError(`got "${action}", expected check, import or diff`);
  }
};

const shops: readonly CatalogueShop[] = Object.entries(config.shops).map(
  ([id, { currency, locales }]) => ({ id, currency, language: languageOf(locales[0] ?? 'en') }),
);

const read = async (file: string, { shop, map }: Values): Promise<CatalogueFile> => {
  if (shop !== undefined && shops.every(({ id }) => id !== shop))
    throw new UsageError(
      `--shop: got "${shop}", expected one of ${shops.map(({ id }) => id).join(', ')}`,
    );
  return readCatalogueFile(file, {
    shops,
    shop,
    map: map === undefined ? undefined : await readCatalogueMap(map),
  });
};

const check = async (file: string | undefined, values: Values): Promise<number> => {
  if (file !== undefined && values.state !== undefined)
    throw new UsageError('check: got a FILE and --state, expected one of them');
  const { products, refused, unusedColumns } =
    values.state === undefined
      ? await read(file ?? SAMPLE, values)
      : { products: await itemsOf(values.state), refused: [], unusedColumns: [] };
  const found = checkCatalogue(products, refused, config);
  console.log(values.json ? JSON.stringify(found, undefined, 2) : checkInWords(found));
  if (!values.json) tellUnused(unusedColumns);
  return refused.length > 0 ? 1 : 0;
};

const itemsOf = async (stateDir: string): Promise<readonly StatedItem[]> => {
  try {
    return (await allItems(stateDir, tables.catalogue.name)).map(toCatalogItem);
  } catch (cause) {
    throw new UsageError(
      `--state: ${stateDir} has no rehearsal: run npm run rehearse, or name its folder`,
      { cause },
    );
  }
};

const tellUnused = (columns: readonly string[]): void => {
  if (columns.length > 0) console.log(`\nColumns that nothing reads: ${columns.join(', ')}`);
};

const importFile = async (file: string, values: Values): Promise<number> => {
  const now = instantOf(values.at);
  const stage = stageOf(values);
  const { products, refused, unusedColumns } = await read(file, values);
  if (values.out !== undefined) {
    const lines = catalogueEventsOf(products, now.getTime(), 0).map(putEventsEntry);
    await writeFile(values.out, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }
  if (stage !== undefined) await send(products, stage, values, now);
  for (const { place, sku = '', problem } of refused)
    console.error(
      visible([`${file}, ${place}:`, sku, problem].filter((part) => part !== '').join(' ')),
    );
  const counts = {
    read: products.length + refused.length,
    usable: products.length,
    refused: refused.length,
  };
  console.log(countsInWords({ counts }));
  tellUnused(unusedColumns);
  return refused.length > 0 ? 1 : 0;
};

const stageOf = ({ stage, send: isSent, 'dry-run': isTried }: Values): string | undefined => {
  if (stage === undefined && !isSent) return undefined;
  if (stage === undefined || !Object.hasOwn(config.stages, stage))
    throw new UsageError(
      `--stage: got ${stage ?? 'nothing'}, expected one of ${Object.keys(config.stages).join(', ')}`,
    );
  if (isSent || isTried) return stage;
  throw new UsageError('--stage: expected --send or --dry-run with it');
};

const send = async (
  products: CatalogueFile['products'],
  stage: string,
  { profile, region, 'dry-run': isTried }: Values,
  now: Date,
): Promise<void> => {
  const target = { stage, profile, region, isTried };
  const { fresh, changed, same } = await sendCatalogue(products, target, now);
  console.log(
    `${stage}: ${isTried ? 'would be told' : 'was told'} ${fresh.length} new and ${changed.length} changed products; it has ${same.length} as they are`,
  );
};

const instantOf = (text: string | undefined): Date => {
  const at = text === undefined ? new Date() : new Date(text);
  if (!Number.isNaN(at.getTime())) return at;
  throw new UsageError(`--at: got "${text}", expected an instant such as 2026-11-22T12:00:00Z`);
};

const diff = async (old: string, late: string, values: Values): Promise<number> => {
  const before = await read(old, values);
  const after = await read(late, values);
  const changes = catalogueDiff(before.products, after.products);
  if (values.json) console.log(JSON.stringify(changes, undefined, 2));
  else console.log(values.markdown ? diffAsMarkdown(changes) : diffInWords(changes));
  const refused = before.refused.length + after.refused.length;
  if (refused > 0)
    console.error(
      `catalogue: ${refused} records are in neither list: npm run catalogue -- check says why`,
    );
  return refused > 0 ? 1 : 0;
};
