import { parseArgs } from 'node:util';
import config from '#config';
import { languageOf } from '#core/domain/messages/locales.ts';
import { readCatalogueMap } from '#rehearsal/input/catalogue-import/catalogue-map.ts';
import {
  type CatalogueFile,
  readCatalogueFile,
} from '#rehearsal/input/catalogue-import/read-catalogue.ts';
import { readFaults } from '#rehearsal/input/faults-file.ts';
import { benchContent, type BenchStep } from '../bench/content/bench-content.ts';
import { benchInWords } from '../bench/content/in-words.ts';
import { visible } from '../catalogue/visible-text.ts';
import { progressOf } from './progress.ts';

const help = `Measures what texts of products take: checks a second, drafts a minute, and their cost by each configured model.

  npm run bench:content -- [--catalogue FILE] [--shop SHOP] [--map MAP]

  --catalogue FILE   what npm run catalogue -- import reads (default samples/catalogue.jsonl)
  --shop, --map      as of npm run catalogue
  --faults FILE      how the model misbehaves: the part bedrock of samples/faults.yaml (default: it does not)
  --json

Bedrock's stand-in drafts: it composes from the facts, without a model's time, so that drafts a minute are what the code
can do and not what a model does. Its answers are shorter or longer than a model's. Tokens are counted by two rules,
characters/4 and bytes/3.2, over prompt, tool, message and answer; what a service adds of its own and a guardrail are not
in them.

Exit code 0: measured; 1: records were refused; 2: wrong arguments, map or file.`;

const options = {
  catalogue: { type: 'string', default: 'samples/catalogue.jsonl' },
  shop: { type: 'string' },
  map: { type: 'string' },
  faults: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options });

type Values = ReturnType<typeof parsed>['values'];

/** The caller's mistake: reported, never a stack trace. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

const mistakes: ReadonlySet<string> = new Set([
  'UsageError',
  'InvalidCatalogueMap',
  'UnreadableFile',
  'UnusableFaults',
]);

/** The command `bench:content`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parsed(args);
  if (values.help) {
    console.log(help);
    return 0;
  }
  try {
    return await measure(values);
  } catch (error) {
    if (!(error instanceof Error) || !mistakes.has(error.name)) throw error;
    console.error(`bench:content: ${error.message}`);
    return 2;
  }
};

const measure = async (values: Values): Promise<number> => {
  const { content, shops } = config;
  if (content === undefined)
    throw new UsageError(
      'afterglow.config.ts has no `content`: nothing says by which model to draft',
    );
  const faults = values.faults === undefined ? {} : await readFaults(values.faults, Date.now());
  const { products, refused } = await read(values);
  for (const { place, problem } of refused)
    console.error(visible(`${values.catalogue}, ${place}: ${problem}`));
  if (products.length === 0) throw new UsageError(`${values.catalogue}: no usable product`);
  const now = new Date();
  const figures = await benchContent({
    items: products.map((product) => ({ ...product, updatedAt: now.toISOString() })),
    config: content,
    shops,
    faults: faults.bedrock,
    now,
    onProgress: showing(products.length),
  });
  console.log(values.json ? JSON.stringify(figures, undefined, 2) : benchInWords(figures));
  return refused.length > 0 ? 1 : 0;
};

const read = async ({ catalogue, shop, map }: Values): Promise<CatalogueFile> => {
  const known = Object.keys(config.shops);
  if (shop !== undefined && !known.includes(shop))
    throw new UsageError(`--shop: got "${shop}", expected one of ${known.join(', ')}`);
  return readCatalogueFile(catalogue, {
    shops: Object.entries(config.shops).map(([id, { currency, locales }]) => ({
      id,
      currency,
      language: languageOf(locales[0] ?? ''),
    })),
    shop,
    map: map === undefined ? undefined : await readCatalogueMap(map),
  });
};

/** One bar a step. */
const showing = (products: number): ((step: BenchStep, share: number) => void) => {
  const bars: Readonly<Record<BenchStep, (share: number) => void>> = {
    drafts: progressOf((share) => `${Math.round(share * 100)} % of ${products} products drafted`),
    checks: progressOf((share) => `checks, ${Math.round(share * 100)} % of rounds`),
    'live texts': progressOf((share) => `live texts, ${Math.round(share * 100)} % of rounds`),
  };
  return (step, share) => bars[step](share);
};
