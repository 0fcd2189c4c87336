import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { FunctionContract } from '#core/contracts/function-contract.ts';
import { type FunctionName, functionNames } from '#lib/bundling/bundle-lambdas.ts';
import { awaitMilestoneContract } from '#lambdas/await-milestone/contract.ts';
import { collectDraftsContract } from '#lambdas/collect-drafts/contract.ts';
import { decideTouchContract } from '#lambdas/decide-touch/contract.ts';
import { deliverAudienceContract } from '#lambdas/deliver-audience/contract.ts';
import { deliverEmailContract } from '#lambdas/deliver-email/contract.ts';
import { deliverInboxContract } from '#lambdas/deliver-inbox/contract.ts';
import { deliverInsertContract } from '#lambdas/deliver-insert/contract.ts';
import { deliverPushContract } from '#lambdas/deliver-push/contract.ts';
import { deliverSmsContract } from '#lambdas/deliver-sms/contract.ts';
import { draftContentContract } from '#lambdas/draft-content/contract.ts';
import { enrolStageContract } from '#lambdas/enrol-stage/contract.ts';
import { ingestEventContract } from '#lambdas/ingest-event/contract.ts';
import { eraseCustomerContract } from '#lambdas/erase-customer/contract.ts';
import { openSessionContract } from '#lambdas/open-session/contract.ts';
import { recordInteractionContract } from '#lambdas/record-interaction/contract.ts';
import { expireAcceptanceContract } from '#lambdas/expire-acceptance/contract.ts';
import { fitOfferPriorsContract } from '#lambdas/fit-offer-priors/contract.ts';
import { fitScoresContract } from '#lambdas/fit-scores/contract.ts';
import { loadAffinityContract } from '#lambdas/load-affinity/contract.ts';
import { loadScoresContract } from '#lambdas/load-scores/contract.ts';
import { planContentContract } from '#lambdas/plan-content/contract.ts';
import { recordFactsContract } from '#lambdas/record-facts/contract.ts';
import { recordFeedbackContract } from '#lambdas/record-feedback/contract.ts';
import { reportContentContract } from '#lambdas/report-content/contract.ts';
import { requestSupportContract } from '#lambdas/request-support/contract.ts';
import { rotateLinkKeysContract } from '#lambdas/rotate-link-keys/contract.ts';
import { serveComponentContract } from '#lambdas/serve-component/contract.ts';
import { serveInboxContract } from '#lambdas/serve-inbox/contract.ts';
import { servePagesContract } from '#lambdas/serve-pages/contract.ts';
import { parkAndDrain } from '#rehearsal/asl/bench.ts';
import { measureBundles } from '#rehearsal/bench/bundles.ts';
import { measurePolicy } from '#rehearsal/bench/policy.ts';
import { measureOrders, type OrderFigures, WATCHED_DAYS } from '#rehearsal/bench/plain-orders.ts';
import { runProfiles } from '#rehearsal/profiles/run-profiles.ts';
import { listPrice, priceBasis, type Usage } from '#rehearsal/bench/list-price.ts';
import { importedRows, timeRows } from './bench-imported.ts';
import { bookRows, type Row, scoreRows, viewRows } from './bench-insight.ts';
import { progressOf } from './progress.ts';
import { synthesize } from './synthesize.ts';

const help = `Measures what an order costs and how fast the rehearsal is.

  npm run bench                     everything, about five minutes
  npm run bench -- --only books,views   of policy, bundles, orders, imported, profiles, engine, books, scores, views
  npm run bench -- --lines N        order lines to compute the views over (default 1000000)
  npm run bench -- --only views --sales FILE   the views over the UCI Online Retail file
  npm run bench -- --only imported --sales FILE --orders N   a rehearsal of orders of that file, 180 days
  npm run bench -- --orders N       plain orders to rehearse (default 200)
  npm run bench -- --executions N   executions of the bare engine to park and drain (default 100000)
  npm run bench -- --json`;

const options = {
  orders: { type: 'string', default: '200' },
  executions: { type: 'string', default: '100000' },
  only: { type: 'string', default: 'policy,bundles,orders,profiles,engine,books,scores,views' },
  lines: { type: 'string', default: '1000000' },
  sales: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parsed(args);
  if (values.help) {
    console.log(help);
    return 0;
  }
  const rows: Row[] = [];
  for (const part of values.only.split(',')) {
    const measure = new Map(Object.entries(parts)).get(part);
    if (measure === undefined)
      throw new Error(
        `--only: got ${JSON.stringify(part)}, expected ${Object.keys(parts).join(', ')}, joined by commas`,
      );
    rows.push(...(await measure(values)));
  }
  if (values.json) console.log(JSON.stringify(rows, undefined, 2));
  else print(rows);
  return 0;
};

type Values = ReturnType<typeof parsed>['values'];

const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options });

const parts: Readonly<Record<string, (values: Values) => Promise<readonly Row[]>>> = {
  policy: async () => policyRows(),
  bundles: () => withAssembly((_, dir) => bundleRows(dir)),
  orders: ({ orders }) => withAssembly((assembly, dir) => orderRows(Number(orders), assembly, dir)),
  imported: ({ orders, sales }) =>
    withAssembly((assemblyDir, stateDir) =>
      importedRows({ file: sales, limit: orders, assemblyDir, stateDir }),
    ),
  profiles: () => withAssembly(profileRows),
  engine: ({ executions }) => engineRows(Number(executions)),
  books: async () => bookRows(),
  scores: async () => scoreRows(),
  views: ({ lines, sales }) =>
    viewRows(sales === undefined ? { lines: Number(lines) } : { file: sales }),
};

/** In a folder that is gone afterwards. */
const withAssembly = async (
  measure: (assemblyDir: string, dir: string) => Promise<readonly Row[]>,
): Promise<readonly Row[]> => {
  const dir = await mkdtemp(join(tmpdir(), 'afterglow-bench-'));
  try {
    return await measure(await synthesize(dir, undefined), dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

const contracts: Readonly<Record<FunctionName, FunctionContract>> = {
  'await-milestone': awaitMilestoneContract,
  'decide-touch': decideTouchContract,
  'deliver-audience': deliverAudienceContract,
  'deliver-email': deliverEmailContract,
  'deliver-inbox': deliverInboxContract,
  'deliver-insert': deliverInsertContract,
  'deliver-push': deliverPushContract,
  'deliver-sms': deliverSmsContract,
  'enrol-stage': enrolStageContract,
  'ingest-event': ingestEventContract,
  'record-feedback': recordFeedbackContract,
  'request-support': requestSupportContract,
  'rotate-link-keys': rotateLinkKeysContract,
  'serve-component': serveComponentContract,
  'serve-inbox': serveInboxContract,
  'serve-pages': servePagesContract,
  'record-facts': recordFactsContract,
  'fit-scores': fitScoresContract,
  'load-scores': loadScoresContract,
  'load-affinity': loadAffinityContract,
  'erase-customer': eraseCustomerContract,
  'fit-offer-priors': fitOfferPriorsContract,
  'expire-acceptance': expireAcceptanceContract,
  'record-interaction': recordInteractionContract,
  'open-session': openSessionContract,
  'collect-drafts': collectDraftsContract,
  'draft-content': draftContentContract,
  'plan-content': planContentContract,
  'report-content': reportContentContract,
};

const isNumber = (name: string): boolean => /_(SECOND|PART|BUDGET)$/.test(name);

/** Any value that every contract takes: the functions are loaded, not run. */
const environment = (): Readonly<Record<string, string>> => ({
  AWS_REGION: 'eu-central-1',
  ...Object.fromEntries(
    Object.values(contracts).flatMap(({ env }) =>
      Object.keys(env.shape).map((name) => [name, isNumber(name) ? '1' : 'https://x.example']),
    ),
  ),
});

const bundleRows = async (dir: string): Promise<readonly Row[]> => {
  const bundles = Object.fromEntries(
    functionNames.map((name) => [name, join(dir, 'lambdas', name)] as const),
  );
  const figures = await measureBundles(bundles, environment(), dir);
  return figures.flatMap(({ name, kilobytes, importMs, timesBare }) => [
    { figure: `${name}: bundle`, value: `${kilobytes.toFixed(0)} KB`, target: '≤ 800' },
    {
      figure: `${name}: import`,
      value: `${importMs.toFixed(0)} ms, ${timesBare.toFixed(2)} × the bare client`,
      target: '≤ 1.6 ×',
    },
  ]);
};

const orderRows = async (
  orders: number,
  assemblyDir: string,
  stateDir: string,
): Promise<readonly Row[]> => {
  const progress = progressOf(
    (share) => `${orders} plain orders, ${Math.round(share * WATCHED_DAYS)} days`,
  );
  const figures = await measureOrders(orders, { assemblyDir, stateDir }, progress);
  return [
    {
      figure: 'transitions an order, all stages',
      value: figures.transitions.toFixed(2),
      target: '≤ 25',
    },
    { figure: 'Lambda invocations an order', value: invocations(figures) },
    {
      figure: 'DynamoDB requests an order',
      value: `${(figures.reads + figures.writes).toFixed(1)} (${figures.reads.toFixed(1)} reads, ${figures.writes.toFixed(1)} writes)`,
    },
    {
      figure: 'DynamoDB units an order',
      value: `${figures.readUnits.toFixed(1)} read, ${figures.writeUnits.toFixed(1)} write`,
    },
    {
      figure: "list price of an order's requests",
      value: `${(listPrice(usageOf(figures)) * 1000).toFixed(3)} per 1,000 orders (${priceBasis}; without Lambda's run time, storage and logs)`,
    },
    {
      figure: 'decide-touch in the rehearsal',
      value: `median ${figures.decideMs.median.toFixed(1)} ms, p99 ${figures.decideMs.p99.toFixed(1)} ms of ${figures.decideMs.count}`,
    },
    { figure: 'e-mails an order', value: figures.messages.toFixed(2) },
    { figure: 'PutEvents to the mail', value: `${figures.eventToMailMs.toFixed(0)} ms, median` },
    {
      figure: 'rehearsal',
      value: `${figures.ordersPerSecond.toFixed(1)} orders a second (${orders} in ${figures.seconds.toFixed(1)} s)`,
    },
    {
      figure: 'where its time goes',
      value: `${percent(figures.functionsShare)} in functions and the SDK, ${percent(figures.servicesShare)} in services (tables, queues, policies), the rest in engine and bus`,
    },
    ...timeRows(figures.timeSpent, figures.orders),
    { figure: 'peak memory so far', value: `${figures.peakRssMb.toFixed(0)} MB` },
  ];
};

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** A queue's message is sent, received and deleted; each of the four events a shop sends is published. */
const usageOf = ({ requests, ...figures }: OrderFigures): Usage => ({
  stateTransitions: figures.transitions,
  lambdaRequests: figures.invocations,
  dynamoReadUnits: figures.readUnits,
  dynamoWriteUnits: figures.writeUnits,
  eventsPublished: (requests['events:PutEvents'] ?? 0) + EVENTS_OF_AN_ORDER + STAGES_THAT_SAY_SO,
  sqsRequests: ((requests['sqs:SendMessage'] ?? 0) + EVENTS_OF_AN_ORDER) * 3,
  schedulesFired: requests['scheduler:CreateSchedule'] ?? 0,
  emails: figures.messages,
});

/** Fulfilment, onboarding and advocacy publish that they ended. */
const STAGES_THAT_SAY_SO = 3;

/** Placed, dispatched, out for delivery, delivered. */
const EVENTS_OF_AN_ORDER = 4;

const invocations = ({ invocations: all, invocationsByFunction }: OrderFigures): string => {
  const each = Object.entries(invocationsByFunction).map(([name, n]) => `${name} ${n.toFixed(1)}`);
  return `${all.toFixed(1)} (${each.join(', ')})`;
};

/** Of each profile's order, which has nothing out of the ordinary, over all stages. */
const profileRows = async (assemblyDir: string, stateDir: string): Promise<readonly Row[]> => {
  const onProgress = progressOf(() => 'one order of each profile');
  const calendars = await runProfiles({ assemblyDir, stateDir, onProgress });
  return calendars.map(({ profile, transitions, entries }) => ({
    figure: `transitions, ${profile}`,
    value: `${transitions} for ${entries.length} touches`,
    ...(profile.startsWith('backordered') ? {} : { target: '≤ 25' }),
  }));
};

const policyRows = (): readonly Row[] => {
  const { decisions, decisionsPerSecond, kinds, cases } = measurePolicy();
  const mix = Object.entries(kinds).map(([kind, share]) => `${kind} ${percent(share)}`);
  const [cheapest, dearest] = [cases[0], cases.at(-1)].map(
    (each) => `${each?.microseconds.toFixed(1)} µs for ${each?.name}`,
  );
  return [
    {
      figure: 'contact policy',
      value: `${Math.round(decisionsPerSecond / 1000)},000 decisions a second on one core (${decisions}: ${mix.join(', ')})`,
      target: '≥ 200,000',
    },
    { figure: 'a decision', value: `${cheapest} to ${dearest}` },
  ];
};

const engineRows = async (executions: number): Promise<readonly Row[]> => {
  const { seconds, peakRssMb, transitions } = await parkAndDrain(executions);
  return [
    {
      figure: `park and drain ${executions} executions`,
      value: `${seconds.toFixed(1)} s, ${transitions} transitions, peak ${peakRssMb.toFixed(0)} MB`,
      target: '≤ 40 s, ≤ 2,560 MB',
    },
  ];
};

const print = (rows: readonly Row[]): void => {
  const width = Math.max(...rows.map(({ figure }) => figure.length));
  for (const { figure, value, target } of rows)
    console.log(
      `${figure.padEnd(width)}  ${value}${target === undefined ? '' : `   (target ${target})`}`,
    );
};
