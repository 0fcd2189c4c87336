import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import config from '#config';
import { shopKey } from '#core/adapters/shop-key.ts';
import { billOf } from '#rehearsal/cost/bill.ts';
import type { UsageCounts } from '#rehearsal/cost/counts.ts';
import { readCounts } from '#rehearsal/cost/counts-file.ts';
import { withModels } from '#rehearsal/cost/model-prices.ts';
import { readJsonAs, readPrices, UnusableCosts } from '#rehearsal/cost/price-list.ts';
import { quotaLines, quotaList } from '#rehearsal/cost/quotas.ts';
import { type CostReport, sectionsOf } from '#rehearsal/cost/report.ts';
import { countRepresentativeOrders } from '#rehearsal/cost/representative-orders.ts';
import { inMarkdown, inWords } from '../sections/print-sections.ts';
import { progressOf } from './progress.ts';
import { synthesize } from './synthesize.ts';

const help = `Computes what a month of orders costs at list prices, and which quotas it meets.

  npm run cost -- --orders-per-month 5000000

  --orders-per-month N  (default 100000)
  --state DIR           take the counts of a finished npm run rehearse from here; without it, one order of
                        each profile and some plain ones are rehearsed, half a minute
  --assembly DIR        rehearse this cloud assembly instead of synthesizing
  --plain N             plain orders beside those of the profiles (default 60)
  --peak FACTOR         the busiest hour in average hours of the month (default 8: a Cyber Monday on which
                        three times as much is ordered, with an evening hour of two and a half; an assumption)
  --peak-hours HOURS    how long such a peak lasts, for what stays open for days (default 24)
  --lambda-factor F     how much longer functions run on AWS than here (default 3.5: at 512 MB a function has
                        512 of the 1,769 MB that come with a whole vCPU)
  --region REGION       whose quotas (default: the first stage's of afterglow.config.ts)
  --prices FILE         (default prices.json)
  --quotas FILE         (default quotas.json)
  --json                print all of it as JSON
  --write               into docs/cost.md

Exit code 0: computed, whatever the quotas; 2: wrong arguments, or something counted has no price.`;

/** Lambda developer guide, "Configure Lambda function memory": at 1,769 MB a function has one vCPU. 1769 / 512 = 3.455. */
const LAMBDA_FACTOR = '3.5';

const options = {
  'orders-per-month': { type: 'string', default: '100000' },
  state: { type: 'string' },
  assembly: { type: 'string' },
  plain: { type: 'string', default: '60' },
  peak: { type: 'string', default: '8' },
  'peak-hours': { type: 'string', default: '24' },
  'lambda-factor': { type: 'string', default: LAMBDA_FACTOR },
  region: { type: 'string' },
  prices: { type: 'string', default: 'prices.json' },
  quotas: { type: 'string', default: 'quotas.json' },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  try {
    const report = await reportOf(values, ['npm run cost', ...args.filter(isOfTheNumbers)]);
    if (values.json) console.log(JSON.stringify(report, undefined, 2));
    else if (values.write) await writePage(report);
    else console.log(sectionsOf(report).map(inWords).join('\n\n'));
    return 0;
  } catch (error) {
    if (!(error instanceof UnusableCosts)) throw error;
    console.error(`cost: ${error.message}`);
    return 2;
  }
};

const isOfTheNumbers = (arg: string): boolean => arg !== '--json' && arg !== '--write';

type Values = Readonly<
  Record<'orders-per-month' | 'plain' | 'peak' | 'peak-hours' | 'lambda-factor', string>
> & {
  readonly state?: string | undefined;
  readonly assembly?: string | undefined;
  readonly region?: string | undefined;
  readonly prices: string;
  readonly quotas: string;
};

const reportOf = async (values: Values, command: readonly string[]): Promise<CostReport> => {
  const number = (name: keyof Values, least: number) => numberOf(name, values[name], least);
  const ordersPerMonth = number('orders-per-month', 1);
  const lambdaFactor = number('lambda-factor', 0);
  const [peak, peakHours] = [number('peak', 1), number('peak-hours', 1)];
  const plainOrders = number('plain', 0);
  if (!Number.isInteger(plainOrders))
    throw new UnusableCosts(`--plain: got "${values.plain}", expected a whole number of orders`);
  const region = values.region ?? regionOfStage();
  const prices = withModels(await readPrices(values.prices), config.content);
  const quotas = await readJsonAs(values.quotas, quotaList);
  const counts = await (values.state === undefined
    ? rehearsedCounts(plainOrders, values.assembly)
    : readCounts(resolve(values.state)));
  const volume = { ordersPerMonth, lambdaFactor };
  return {
    command: inShell(command),
    of: counts.of,
    ordersRehearsed: counts.orders,
    ordersPerMonth,
    prices: { asOf: prices.asOf, region: prices.region, currency: prices.currency },
    lambda: { factor: lambdaFactor, functions: counts.functions },
    bill: billOf(counts, prices, volume),
    peak: { factor: peak, hours: peakHours },
    quotas: {
      asOf: quotas.asOf,
      region,
      lines: quotaLines(counts, quotas, { ...volume, peak, peakHours, region }),
    },
  };
};

const inShell = ([program = '', ...args]: readonly string[]): string =>
  args.length === 0 ? program : `${program} -- ${args.join(' ')}`;

const numberOf = (name: string, text: string | undefined, least: number): number => {
  const value = Number(text);
  if (text !== undefined && text.trim() !== '' && Number.isFinite(value) && value >= least)
    return value;
  throw new UnusableCosts(`--${name}: got "${text}", expected a number of ${least} or more`);
};

const regionOfStage = (): string => {
  const [first] = Object.values(config.stages);
  if (first === undefined)
    throw new UnusableCosts('afterglow.config.ts has no stage: say --region');
  return first.region;
};

const rehearsedCounts = async (
  plainOrders: number,
  assembly: string | undefined,
): Promise<UsageCounts> => {
  const stateDir = await mkdtemp(join(tmpdir(), 'afterglow-cost-'));
  try {
    const assemblyDir = assembly ?? (await synthesize(stateDir, undefined));
    const onProgress = progressOf(() => `${plainOrders} plain orders and one of each profile`);
    return await countRepresentativeOrders({
      keyOf: shopKey,
      assemblyDir,
      stateDir,
      plainOrders,
      onProgress,
    });
  } finally {
    await rm(stateDir, { recursive: true, force: true });
  }
};

const PAGE = 'docs/cost.md';

const writePage = async (report: CostReport): Promise<void> => {
  const head = `# Cost and quotas\n\nGenerated by \`${report.command} --write\`; do not edit. Prices are in \`prices.json\`, quotas in \`quotas.json\`, both with their date.`;
  await writeFile(PAGE, `${[head, ...sectionsOf(report).map(inMarkdown)].join('\n\n')}\n`);
  console.log(`Written: ${PAGE}`);
};
