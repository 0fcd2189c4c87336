import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import config from '#config';
import { metricsInput } from '#analytics/metrics-input.ts';
import { viewsOf } from '#analytics/views.ts';
import { chaptersOf } from '../report/chapters.ts';
import { lakeSourceOf } from '../report/lake-source.ts';
import { reportPage } from '../report/page.ts';
import { reportOf } from '../report/report.ts';
import type { Scope } from '../report/scope.ts';

const help = `Writes what was earned and caused to one HTML file, from the metrics (docs/metrics.md).

  npm run report -- [--state DIR] [--out FILE] [--shop SHOP] [--from MONTH] [--to MONTH]
  npm run report -- --stage STAGE [--profile PROFILE] [--region REGION] [--out FILE]

  --state    where the rehearsal left its state (default .rehearsal)
  --stage    ask the deployed views of this stage in Athena instead, with your credentials
  --out      the file (default report.html in the state's folder; of a stage report-STAGE.html here)
  --shop     of this shop alone; experiments are of all shops
  --from, --to   of these months, such as 2026-03, where a number has a month

Exit code 0: written; 2: wrong arguments, or no finished rehearsal. How to read it: docs/report.md`;

const options = {
  state: { type: 'string', default: '.rehearsal' },
  stage: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  out: { type: 'string' },
  shop: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** The command `report`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  const { state, stage, out, shop, from, to } = values;
  const scope = { shop, from, to };
  const problem = problemOf(scope);
  if (values.help || problem !== undefined) {
    if (problem === undefined) console.log(help);
    else console.error(`report: ${problem}`);
    return problem === undefined ? 0 : 2;
  }
  const source = await lakeSourceOf(values);
  try {
    const report = await reportOf({
      source,
      scope,
      chapters: chaptersOf(config.experiments),
      views: viewsOf(metricsInput(config)),
      from: stage === undefined ? `the rehearsal in ${state}` : `stage ${stage}`,
    });
    const file = resolve(
      out ?? (stage === undefined ? join(state, 'report.html') : `report-${stage}.html`),
    );
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, reportPage(report));
    for (const { title, reading } of report.sections) console.log(`${title}: ${reading}`);
    console.log(file);
    return 0;
  } finally {
    source.close();
  }
};

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

const problemOf = ({ shop, from, to }: Scope): string | undefined => {
  const shops = Object.keys(config.shops);
  if (shop !== undefined && !shops.includes(shop))
    return `--shop: got "${shop}", expected one of ${shops.join(', ')}`;
  for (const [name, month] of Object.entries({ from, to }))
    if (month !== undefined && !MONTH.test(month))
      return `--${name}: got "${month}", expected a month such as 2026-03`;
  if (from !== undefined && to !== undefined && from > to)
    return `--from: got ${from}, expected no later month than --to ${to}`;
  return undefined;
};
