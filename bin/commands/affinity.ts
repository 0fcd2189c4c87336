import { parseArgs } from 'node:util';
import { affinityConfig } from '#core/contracts/affinity-config.ts';
import { tellEvidence } from '#core/domain/affinity/evidence.ts';
import { pairMeasures } from '#core/domain/affinity/pair-measures.ts';
import { type Candidate, rankCandidates } from '#core/domain/affinity/rank-candidates.ts';
import { relationOf } from '#core/domain/affinity/relation.ts';
import { InvalidImportMap } from '#rehearsal/input/order-import/import-map.ts';
import { UnreadableFile } from '#rehearsal/input/order-import/read-rows.ts';
import { type Learnt, learntFrom } from '../affinity/learnt-sales.ts';
import { mapOption, numbersOption } from '../affinity/options.ts';
import { dayAfter } from '../affinity/protocols.ts';
import { readSales, type Sale } from '../affinity/read-sales.ts';
import { progressOf } from './progress.ts';

const help = `Shows what goes with a product or a basket, by a file of orders, and why: the deployed statements on DuckDB, the deployed
ranking.

  npm run affinity -- --orders FILE --for SKU
  npm run affinity -- --orders FILE --basket SKU,SKU,...

  --orders FILE     as for npm run rehearse: CSV or JSON lines, also .gz
  --map MAP         which column is what, as for npm run import
  --top N           candidates to show (default 10)
  --set KEY=NUMBER  a number of the affinity configuration, such as --set halfLifeDays=90; several
  --json

"from" says where the score comes from: pairs of the products themselves, their categories, or the
best sellers. Exit code 0: shown. 2: bad usage or file, or nobody ordered the product.`;

const options = {
  orders: { type: 'string' },
  for: { type: 'string' },
  basket: { type: 'string' },
  map: { type: 'string' },
  top: { type: 'string', default: '10' },
  set: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The command `affinity`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  const asked = values.for ?? values.basket;
  if (values.help || values.orders === undefined || asked === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  try {
    return await show({ ...values, orders: values.orders, asked });
  } catch (error) {
    if (!(error instanceof InvalidImportMap || error instanceof UnreadableFile)) throw error;
    console.error(`affinity: ${error.message}`);
    return 2;
  }
};

interface Asked {
  readonly orders: string;
  readonly asked: string;
  readonly map?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly top: string;
  readonly json: boolean;
}

const show = async ({ orders, asked, map, set, top, json }: Asked): Promise<number> => {
  const config = affinityConfig.parse(numbersOption(set));
  const reading = progressOf((share) => `${Math.round(share * 1e6)} rows read`);
  const { sales } = await readSales([orders], {
    map: await mapOption(map),
    onRows: (rows) => reading(Math.min(0.99, rows / 1e6)),
  });
  const products = new Map(sales.map((sale) => [sale.sku, sale]));
  const basket = asked
    .split(',')
    .map((text) => text.trim())
    .map((sku) => (products.has(sku) ? sku : sku.toUpperCase()));
  const unknown = basket.filter((sku) => !products.has(sku));
  if (unknown.length > 0) {
    console.error(
      `affinity: nobody ordered ${unknown.join(', ')} in ${orders}, which sells ${products.size} products, such as ${[...products.keys()].slice(0, 3).join(', ')}`,
    );
    return 2;
  }
  const last = sales.reduce((latest, { day }) => (day > latest ? day : latest), '');
  const learning = progressOf((share) => `learning, ${Math.round(share * 100)} %`);
  const learnt = await learntFrom(sales, config, dayAfter(last, 1), learning);
  const items = basket.map((sku) => ({ sku, category: products.get(sku)?.category }));
  const ranked = rankCandidates(items, learnt.affinity);
  const shown = ranked.slice(0, Number(top)).map((each) => described(each, ranked, products));
  if (json) console.log(JSON.stringify({ basket, candidates: shown }, undefined, 2));
  else print(basket, shown, learnt, products);
  return 0;
};

interface Shown extends Candidate {
  readonly name: string;
  readonly relation: string;
  readonly because: string;
  /** Of a pair alone. */
  readonly confidence?: number | undefined;
  readonly lift?: number | undefined;
}

const described = (
  candidate: Candidate,
  ranked: readonly Candidate[],
  products: ReadonlyMap<string, Sale>,
): Shown => {
  const { level, together, ofOrders, candidateOrders, allOrders } = candidate.evidence;
  const isPair = level === 'pair' && allOrders !== undefined;
  const counts = { together, first: ofOrders, second: candidateOrders, all: allOrders ?? 0 };
  const { confidence, lift } = isPair ? pairMeasures(counts) : {};
  return {
    ...candidate,
    name: products.get(candidate.sku)?.name ?? '',
    relation: relationOf(candidate.sku, ranked),
    because: tellEvidence(candidate.evidence),
    confidence,
    lift,
  };
};

const print = (
  basket: readonly string[],
  shown: readonly Shown[],
  { affinity, lists, seconds }: Learnt,
  products: ReadonlyMap<string, Sale>,
): void => {
  console.log(`${lists} lists, learnt in ${seconds.toFixed(1)} s`);
  for (const sku of basket) {
    const list = affinity.skus.get(sku);
    const own =
      list === undefined
        ? 'too few orders with other products: all of it from wider lists'
        : `${list.orders} orders; ${percent(list.openShare)} left to wider lists`;
    console.log(`with ${sku} ${products.get(sku)?.name ?? ''}: ${own}`);
  }
  if (shown.length === 0) console.log('nothing goes with it');
  for (const [at, each] of shown.entries()) {
    console.log(`\n${at + 1}. ${each.sku} ${each.name} (${each.relation})`);
    console.log(`   score ${each.score.toPrecision(3)}, from ${sources(each)}`);
    console.log(`   ${each.because}${measures(each)}`);
  }
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const words = { pair: 'pairs', category: 'categories', 'best-seller': 'best sellers' } as const;

const sources = ({ shares }: Shown): string =>
  (['pair', 'category', 'best-seller'] as const)
    .filter((level) => shares[level] > 0)
    .map((level) => `${words[level]} ${percent(shares[level])}`)
    .join(', ');

const measures = ({ confidence, lift }: Shown): string =>
  confidence === undefined || lift === undefined
    ? ''
    : `; confidence ${percent(confidence)}, lift ${lift.toFixed(1)}`;
