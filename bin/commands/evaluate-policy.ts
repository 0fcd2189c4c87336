import { parseArgs } from 'node:util';
import { openShare, positive } from '#core/domain/statistics/input-checks.ts';
import { UnreadableFile } from '#rehearsal/input/order-import/read-rows.ts';
import { doubtsOf } from '../evaluate-policy/doubts.ts';
import { evaluate, logged } from '../evaluate-policy/evaluation.ts';
import { fileLog } from '../evaluate-policy/file-log.ts';
import { lakeLog, type LakeReward, lakeRewards } from '../evaluate-policy/lake-log.ts';
import { type Log, UnusableLog } from '../evaluate-policy/logged-row.ts';
import {
  type Candidates,
  candidatesIn,
  greedy,
  type Policy,
  tabled,
  uniform,
} from '../evaluate-policy/policies.ts';
import { targetOfFile, targetOfLog } from '../evaluate-policy/target-table.ts';
import { findingsInWords } from '../evaluate-policy/words.ts';
import { lakeSourceOf } from '../report/lake-source.ts';

const help = `What another policy would have earned, from a log of what was shown with its propensity: by inverse propensity
scoring (IPS), self-normalised (SNIPS) and doubly robust (DR).

  npm run evaluate-policy -- [--state DIR | --stage STAGE] [--reward accepted|clicked|value] [policies] [options]
  npm run evaluate-policy -- --log FILE [columns] [policies] [options]

Impressions of the lake:
  --state        where the rehearsal left its state (default .rehearsal)
  --stage        ask the deployed lake of this stage in Athena instead, with your credentials; --profile, --region
  --reward       accepted (default), clicked, or value: of what was accepted, in minor units
  --shop         of this shop alone
  --since, --until   shown on these days, such as 2026-03-01

A log of your own:
  --log          a CSV file with a header, one row a decision; it may end in .gz
  --action, --propensity, --reward   its columns (default: of these names)
  --slot, --context, --cluster       its columns, if it has any (default: of these names if there); rows of a cluster,
                 such as a session, depend on each other
  --delimiter    between columns, in all files (default ,)

Policies:
  --policy       uniform or greedy; repeat it for both (default both, unless a target is named)
  --target       a CSV file of a policy: action (of the lake offer_id), slot and context if it tells them apart, named as
                 in the log, and probability
  --target-log   a log of that policy instead: how often it shows what

  --max-weight   weights above it count as it: less noise for some bias (default: none is cut)
  --alpha        how often the truth may be missed (default .05)
  --json

Exit code 0: evaluated; 1: evaluated, with a warning that the log says too little; 2: wrong arguments, file or lake.
How to read it: docs/evaluate-policy.md`;

const options = {
  log: { type: 'string' },
  action: { type: 'string' },
  propensity: { type: 'string' },
  reward: { type: 'string' },
  slot: { type: 'string' },
  context: { type: 'string' },
  cluster: { type: 'string' },
  delimiter: { type: 'string', default: ',' },
  state: { type: 'string', default: '.rehearsal' },
  stage: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  shop: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  policy: { type: 'string', multiple: true },
  target: { type: 'string' },
  'target-log': { type: 'string' },
  'max-weight': { type: 'string' },
  alpha: { type: 'string', default: '.05' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parsed>;

const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options }).values;

/** The command `evaluate-policy`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const values = parsed(args);
  if (values.help) {
    console.log(help);
    return 0;
  }
  try {
    return await evaluatePolicies(values);
  } catch (error) {
    if (!(error instanceof UnusableLog || error instanceof UnreadableFile)) throw error;
    console.error(`evaluate-policy: ${error.message}`);
    return 2;
  }
};

const evaluatePolicies = async (values: Values): Promise<number> => {
  refuseStrays(values);
  const alpha = option('alpha', values.alpha, openShare);
  const cut = values['max-weight'];
  const maxWeight = cut === undefined ? undefined : option('max-weight', cut, positive);
  const log =
    values.log === undefined ? await logOfLake(values) : await logOfFile(values, values.log);
  const meant = { alpha, maxWeight };
  const mean = logged(log, meant);
  const policies = await policiesOf(values, candidatesIn(log.rows));
  const evaluations = evaluate(log.rows, policies, meant);
  const findings = { log, logged: mean, evaluations, confidence: 1 - alpha };
  if (values.json) console.log(JSON.stringify(asJson(findings), undefined, 2));
  else console.log(findingsInWords(findings).join('\n'));
  return evaluations.some((evaluation) => doubtsOf(evaluation).length > 0) ? 1 : 0;
};

const ofFiles = ['action', 'propensity', 'slot', 'context', 'cluster'] as const;
const ofLakes = ['stage', 'profile', 'region', 'shop', 'since', 'until'] as const;

/** Options of the one kind of log say nothing of the other. */
const refuseStrays = (values: Values): void => {
  const strays = values.log === undefined ? ofFiles : ofLakes;
  const stray = strays.find((name) => values[name] !== undefined);
  if (stray !== undefined)
    throw new UnusableLog(
      values.log === undefined
        ? `--${stray}: got a column, which the lake's impressions have by themselves; expected it with --log FILE`
        : `--${stray}: got it with --log, whose file it says nothing of; expected the one or the other`,
    );
};

const option = (
  name: string,
  text: string,
  check: (name: string, value: number) => number,
): number => {
  try {
    return check(`--${name}`, text.trim() === '' ? NaN : Number(text));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UnusableLog(cause.message, { cause });
  }
};

const logOfFile = (values: Values, file: string): Promise<Log> => {
  const { action = 'action', propensity = 'propensity', reward = 'reward' } = values;
  const { slot, context, cluster, delimiter } = values;
  const columns = { action, propensity, reward, slot, context, cluster };
  return fileLog({ file, delimiter }, columns);
};

const logOfLake = async (values: Values): Promise<Log> => {
  const { state, stage, shop, since, until } = values;
  const reward = lakeReward(values.reward ?? 'accepted');
  for (const [name, day] of Object.entries({ since, until }))
    if (day !== undefined && !DAY.test(day))
      throw new UnusableLog(`--${name}: got "${day}", expected a day such as 2026-03-01`);
  const source = await lakeSourceOf(values);
  const schema = stage === undefined ? 'main' : `afterglow_${stage}`;
  const from = stage === undefined ? `the rehearsal in ${state}` : `stage ${stage}`;
  try {
    return await lakeLog(source, { reward, schema, from, shop, since, until });
  } finally {
    source.close();
  }
};

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const lakeReward = (text: string): LakeReward => {
  const reward = lakeRewards.find((name) => name === text);
  if (reward !== undefined) return reward;
  throw new UnusableLog(
    `--reward: got "${text}", expected ${lakeRewards.join(', ')}; of a log of your own, name it by --log`,
  );
};

const policiesOf = async (values: Values, candidates: Candidates): Promise<readonly Policy[]> => {
  const { target, 'target-log': targetLog, log, delimiter, slot, context } = values;
  const columns = {
    action: values.action ?? (log === undefined ? 'offer_id' : 'action'),
    slot,
    context,
  };
  const tables = [
    ...(target === undefined ? [] : [await targetOfFile({ file: target, delimiter }, columns)]),
    ...(targetLog === undefined
      ? []
      : [await targetOfLog({ file: targetLog, delimiter }, columns)]),
  ];
  const names = values.policy ?? (tables.length === 0 ? Object.keys(named) : []);
  return [
    ...names.map((name) => policyNamed(name)(candidates)),
    ...tables.map((table) => tabled(table, candidates)),
  ];
};

const named: Readonly<Record<string, (candidates: Candidates) => Policy>> = { uniform, greedy };

const policyNamed = (name: string): ((candidates: Candidates) => Policy) => {
  const policy = Object.hasOwn(named, name) ? named[name] : undefined;
  if (policy !== undefined) return policy;
  throw new UnusableLog(
    `--policy: got "${name}", expected ${Object.keys(named).join(' or ')}; another one is a file, named by --target`,
  );
};

const asJson = ({ log, logged: mean, evaluations }: Parameters<typeof findingsInWords>[0]) => ({
  log: log.from,
  rows: log.rows.length,
  notes: log.notes,
  logged: mean,
  policies: evaluations.map((evaluation) => ({ ...evaluation, warnings: doubtsOf(evaluation) })),
});
