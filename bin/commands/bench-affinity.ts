import { parseArgs } from 'node:util';
import { affinityConfig } from '#core/contracts/affinity-config.ts';
import { learntFrom } from '../affinity/learnt-sales.ts';
import { mapOption, numbersOption } from '../affinity/options.ts';
import { completion, followUp, type Protocol } from '../affinity/protocols.ts';
import {
  affinityRanker,
  conditional,
  cosine,
  hitRate,
  pairRankers,
  popularityRanker,
  type Ranker,
} from '../affinity/rankers.ts';
import { readSales, type Sale } from '../affinity/read-sales.ts';
import { progressOf } from './progress.ts';

const help = `Measures how often what affinity offers is what customers take: the deployed statements on DuckDB, the deployed
ranking, against popularity, cosine and conditional probability.

  npm run bench:affinity -- FILE [FILE2]

FILE is a file of orders as for npm run rehearse -- --orders, in CSV or JSON lines, also .gz. Completion is measured on
the first file, follow-up on all of them.

  --map MAP           which column is what, as for npm run import
  --skus REGEX        SKUs that count (default: of UCI Online Retail ^\\d{5}, else all)
  --cut DAY           completion: orders from then on are trials (default: 2011-10-01 if there are orders
                      on both sides, else the day that four fifths of the orders are before)
  --from DAY --until DAY   follow-up: days of the trials (default: 2011-07-01 to 2011-08-31, else two months
                      from the day that three fifths of the orders are before)
  --set KEY=NUMBER    a number of the affinity configuration, such as --set halfLifeDays=90; several
  --json`;

const options = {
  map: { type: 'string' },
  skus: { type: 'string' },
  cut: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  set: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The command `bench-affinity`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [first] = positionals;
  if (values.help || first === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const config = affinityConfig.parse(numbersOption(values.set));
  const map = await mapOption(values.map);
  const skus = values.skus === undefined ? undefined : new RegExp(values.skus);
  const onRows = progressOf((share) => `${Math.round(share * 1e6)} rows read`);
  const read = (files: readonly string[]) =>
    readSales(files, { map, skus, onRows: (rows) => onRows(Math.min(0.99, rows / 1e6)) });
  const one = await read([first]);
  const all = positionals.length > 1 ? await read(positionals) : one;
  const cut = values.cut ?? cutOf(one.sales, '2011-10-01', 0.8);
  const from = values.from ?? cutOf(all.sales, '2011-07-01', 0.6);
  const until = values.until ?? monthsAfter(from, 2);
  const timed = await learntFrom(one.sales, config, dayAfterLast(one.sales), months('all orders'));
  const figures = {
    completion: await measured(completion(one.sales, cut), config, one.sales),
    followUp: await measured(followUp(all.sales, from, until), config, all.sales),
  };
  const learning = { rows: one.rows, sales: one.sales.length, ...timed, affinity: undefined };
  if (values.json) console.log(JSON.stringify({ learning, ...figures }, undefined, 2));
  else print(learning, figures);
  return 0;
};

const months = (what: string) => progressOf((share) => `${what}, ${Math.round(share * 100)} %`);

interface Figures {
  readonly from: string;
  readonly trials: number;
  readonly skus: number;
  readonly hitRates: Readonly<Record<string, number>>;
}

const measured = async (
  protocol: Protocol,
  config: Parameters<typeof learntFrom>[1],
  sales: readonly Sale[],
): Promise<Figures> => {
  const { training, known, cut, trials } = protocol;
  const { affinity } = await learntFrom(training, config, cut, months(`orders before ${cut}`));
  const categories = new Map(sales.map(({ sku, category }) => [sku, category]));
  const rankers: Readonly<Record<string, Ranker>> = {
    popularity: popularityRanker(protocol),
    [`popularity of the last ${config.bestSellerDays} days`]: popularityRanker(
      protocol,
      config.bestSellerDays,
    ),
    ...pairRankers(protocol, { 'conditional probability': conditional, cosine }),
    affinity: affinityRanker(protocol, affinity, categories),
  };
  const hitRates = Object.fromEntries(
    Object.entries(rankers).map(([name, rank]) => [name, hitRate(trials, rank)]),
  );
  return { from: cut, trials: trials.length, skus: known.size, hitRates };
};

/** The usual day where there are orders before and after it; else that which a share of the lines is before. */
const cutOf = (sales: readonly Sale[], usual: string, share: number): string => {
  const days = sales.map(({ day }) => day).toSorted();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  return first < usual && usual <= last ? usual : (days[Math.floor(days.length * share)] ?? '');
};

const monthsAfter = (day: string, count: number): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + count);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
};

const dayAfterLast = (sales: readonly Sale[]): string => {
  const last = sales.reduce((latest, { day }) => (day > latest ? day : latest), '');
  return new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10);
};

const print = (
  { rows, sales, lists, seconds }: Readonly<Record<'rows' | 'sales' | 'lists' | 'seconds', number>>,
  { completion: completed, followUp: followed }: Readonly<Record<string, Figures>>,
): void => {
  console.log(
    `${rows} rows, ${sales} of them sales: ${lists} lists in ${seconds.toFixed(1)} s of SQL on DuckDB (target ≤ 20 s for 541,909)`,
  );
  for (const [title, figures] of [
    ['Completion: the hidden product of an order', completed],
    ['Follow-up: what the customer buys for the first time within 90 days', followed],
  ] as const) {
    if (figures === undefined) continue;
    console.log(`\n${title}: ${figures.trials} trials from ${figures.from}, ${figures.skus} SKUs`);
    for (const [name, rate] of Object.entries(figures.hitRates))
      console.log(`  HR@5 ${rate.toFixed(4)}  ${name}`);
  }
};
