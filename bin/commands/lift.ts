import { parseArgs } from 'node:util';
import { readOut } from '#core/domain/experiments/read-out.ts';
import type { ReadOut } from '#core/domain/experiments/read-out-types.ts';
import { readOutInWords, splitInWords } from '#core/domain/experiments/read-out-words.ts';
import { openShare, positive, sharesOfOne } from '#core/domain/statistics/input-checks.ts';
import { sampleRatio } from '#core/domain/statistics/sample-ratio-mismatch.ts';
import { UnreadableFile } from '#rehearsal/input/order-import/read-rows.ts';
import { armSummaries, outcomesOf } from '../lift/arm-summaries.ts';
import { readCustomers, UnusableTable } from '../lift/customer-table.ts';

const help = `Reads out an experiment from a table with one row a customer: the split, the effect with its intervals,
and what to do.

  npm run lift -- --csv FILE --arm COLUMN --control VALUE [--outcome COLUMN]... [options]

  --csv         a CSV file with a header; it may end in .gz
  --arm         the column that says which arm a customer was assigned to, treated or not
  --control     the arm to compare with
  --treatment   the arm to compare (default: every other one, each by itself)
  --outcome     a column of numbers, zeros included; repeat it for more, the first decides. Where all are
                0 or 1 it is a proportion, else an amount. Without it only the split is checked
  --less-is-better   an outcome of which less is better, such as returns
  --pre         a column with a value from before the experiment, to adjust for (CUPED); it then decides
  --shares      what was planned: a=0.5,b=0.5 (default: all arms alike)
  --alpha       how often the truth may be missed (default .05)
  --n-star      customers in both arms at which the any-time interval is tightest (default 5000)
  --cap         amounts above it count as it: below 1 a share of the values other than zero, all arms
                together; from 1 on the amount itself (default .95)
  --delimiter   between columns (default ,)
  --json

Exit code 0: read out. 1: the split is broken. 2: wrong arguments or file.
How to read it: docs/experiments-statistics.md`;

const options = {
  csv: { type: 'string' },
  arm: { type: 'string' },
  control: { type: 'string' },
  treatment: { type: 'string' },
  outcome: { type: 'string', multiple: true },
  'less-is-better': { type: 'string', multiple: true },
  pre: { type: 'string' },
  shares: { type: 'string' },
  alpha: { type: 'string', default: '.05' },
  'n-star': { type: 'string', default: '5000' },
  cap: { type: 'string', default: '.95' },
  delimiter: { type: 'string', default: ',' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parsed>;

const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options }).values;

/** The command `lift`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const values = parsed(args);
  const { csv, arm, control } = values;
  if (values.help || csv === undefined || arm === undefined || control === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  try {
    return await lift(values, { csv, arm, control });
  } catch (error) {
    if (!(error instanceof UnusableTable || error instanceof UnreadableFile)) throw error;
    console.error(`lift: ${error.message}`);
    return 2;
  }
};

interface Needed {
  readonly csv: string;
  readonly arm: string;
  readonly control: string;
}

const lift = async (values: Values, { csv, arm, control }: Needed): Promise<number> => {
  const question = questionOf(values);
  const alpha = option('alpha', values.alpha, openShare);
  const nStar = option('n-star', values['n-star'], positive);
  const numbers = [...question.outcomes, ...(values.pre === undefined ? [] : [values.pre])];
  const { delimiter } = values;
  const table = await readCustomers(csv, { arm, numbers: [...new Set(numbers)], delimiter });
  const treatments = treatmentsOf(table.arms, control, values.treatment);
  const outcomes = outcomesOf(table, question);
  const arms = armSummaries(table, outcomes, question);
  if (outcomes.length === 0) return printSplit(arms, values.json);
  const readOuts = treatments.map((treatment) =>
    readOut({ arms, control, treatment, outcomes, alpha, nStar }),
  );
  if (values.json) console.log(JSON.stringify({ csv, readOuts }, undefined, 2));
  else console.log([...assumptions(values), ...inWords(readOuts)].join('\n'));
  return readOuts.some(({ split }) => split.isBroken) ? 1 : 0;
};

const questionOf = (values: Values) => {
  const lessIsBetter = values['less-is-better'] ?? [];
  const outcomes = [...new Set(values.outcome ?? [])];
  const stray = lessIsBetter.find((name) => !outcomes.includes(name));
  if (stray !== undefined)
    throw new UnusableTable(`--less-is-better: got "${stray}", expected one of the --outcome`);
  return {
    outcomes,
    lessIsBetter,
    before: values.pre,
    cap: option('cap', values.cap, positive),
    shares: values.shares === undefined ? undefined : sharesIn(values.shares),
  };
};

const option = (
  name: string,
  text: string,
  check: (name: string, value: number) => number,
): number => asUsage(() => check(`--${name}`, text.trim() === '' ? NaN : Number(text)));

const sharesIn = (text: string): ReadonlyMap<string, number> => {
  const shares = text.split(',').map((part): [string, number] => {
    const at = part.lastIndexOf('=');
    const share = part.slice(at + 1).trim();
    if (at < 1 || share === '')
      throw new UnusableTable(`--shares: got "${part}", expected ARM=SHARE, such as a=0.5,b=0.5`);
    return [part.slice(0, at).trim(), Number(share)];
  });
  asUsage(() =>
    sharesOfOne(
      '--shares',
      shares.map(([, share]) => share),
    ),
  );
  return new Map(shares);
};

/** The check's own words are for the caller of the command too. */
const asUsage = <Result>(check: () => Result): Result => {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UnusableTable(cause.message, { cause });
  }
};

const treatmentsOf = (
  arms: readonly string[],
  control: string,
  treatment: string | undefined,
): readonly string[] => {
  const unknown = [control, treatment].find((arm) => arm !== undefined && !arms.includes(arm));
  if (unknown !== undefined)
    throw new UnusableTable(`there is no arm "${unknown}"; there are: ${arms.join(', ')}`);
  if (treatment === control)
    throw new UnusableTable(
      `--treatment: got "${control}", which is control; expected another arm`,
    );
  const treatments = treatment === undefined ? arms.filter((arm) => arm !== control) : [treatment];
  if (treatments.length === 0)
    throw new UnusableTable(`all customers are in "${control}"; expected another arm beside it`);
  return treatments;
};

const printSplit = (arms: ReturnType<typeof armSummaries>, json: boolean): number => {
  const split = sampleRatio(
    arms.map(({ name, customers, plannedShare }) => ({
      arm: name,
      count: customers,
      share: plannedShare,
    })),
  );
  const next = 'No --outcome was asked for: only the split was checked.';
  if (json) console.log(JSON.stringify({ split }, undefined, 2));
  else console.log([...splitInWords({ arms, split }), next].join('\n'));
  return split.isBroken ? 1 : 0;
};

const assumptions = ({ shares }: Values): readonly string[] =>
  shares === undefined ? ['All arms are taken to be planned alike; else say --shares.', ''] : [];

const inWords = (readOuts: readonly ReadOut[]): readonly string[] =>
  readOuts.flatMap((one, at) => [...(at === 0 ? [] : ['', '']), ...readOutInWords(one)]);
