import { styleText, parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import config from '#config';
import { dynamoOrderLogs, toOrderLog } from '#core/adapters/dynamo-order-logs.ts';
import { dynamoTouchRecords, toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { orderKey, tables } from '#core/contracts/tables.ts';
import { compareText } from '#core/domain/compare-text.ts';
import { type TimelineEntry, timelineOf } from '#core/domain/explain/timeline.ts';
import { statusOf } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { storedItems } from '#rehearsal/report/state-files.ts';

const help = `Prints what happened to an order and why, from a finished rehearsal or from AWS.

  npm run explain -- ORDER [--shop SHOP] [--state DIR] [--json]
  npm run explain -- ORDER [--shop SHOP] --stage STAGE [--profile PROFILE] [--region REGION]

  --shop     the shop whose order it is; without it every shop is asked
  --state    where the rehearsal left its state (default .rehearsal)
  --stage    read the deployed tables of this stage instead`;

const options = {
  shop: { type: 'string' },
  state: { type: 'string', default: '.rehearsal' },
  stage: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Where orders and touches are read from. */
interface Source {
  readonly order: (shop: string, orderId: string) => Promise<OrderLog | undefined>;
  readonly touches: (shop: string, orderId: string) => Promise<readonly TouchRecord[]>;
}

/** Exit code 0: found; 1: no such order; 2: wrong arguments. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [orderId] = positionals;
  if (values.help || orderId === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const source = values.stage === undefined ? rehearsed(values.state) : await deployed(values);
  const shops = values.shop === undefined ? Object.keys(config.shops) : [values.shop];
  let found = 0;
  for (const shop of shops) {
    const log = await source.order(shop, orderId);
    if (log === undefined) continue;
    found += 1;
    const touches = await source.touches(shop, orderId);
    console.log(
      values.json ? JSON.stringify({ log, touches }, undefined, 2) : explained(log, touches),
    );
  }
  if (found > 0) return 0;
  console.error(
    `no order "${orderId}" in ${shops.join(', ')}: check the id, or run \`npm run rehearse\` first`,
  );
  return 1;
};

const rehearsed = (stateDir: string): Source => {
  const itemsOf = (table: { readonly name: string; readonly partitionKey: string }, key: string) =>
    storedItems(stateDir, table.name, { attribute: table.partitionKey, value: key });
  return {
    order: async (shop, orderId) => {
      const [item] = await itemsOf(tables.orders, orderKey(shop, orderId));
      return item === undefined ? undefined : toOrderLog(item);
    },
    touches: async (shop, orderId) =>
      (await itemsOf(tables.touches, orderKey(shop, orderId)))
        .map(toTouchRecord)
        .toSorted((a, b) => compareText(a.decidedAt, b.decidedAt)),
  };
};

interface Deployment {
  readonly stage?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

const deployed = async ({ stage = '', profile, region }: Deployment): Promise<Source> => {
  const client = new DynamoDBClient({
    region: region ?? config.stages[stage]?.region ?? 'eu-central-1',
    ...(profile === undefined ? {} : { profile }),
  });
  const { deployedTable } = await import('./deployed-table.ts');
  const orders = dynamoOrderLogs(client, await deployedTable(client, stage, tables.orders.name));
  const records = dynamoTouchRecords(
    client,
    await deployedTable(client, stage, tables.touches.name),
  );
  return {
    order: async (shop, orderId) => {
      const log = await orders.read(shop, orderId);
      return log.version === 0 ? undefined : log;
    },
    touches: (shop, orderId) => records.ofOrder(shop, orderId),
  };
};

/** The timeline as text; colours only where the terminal has them. */
export const explained = (
  log: OrderLog,
  touches: readonly TouchRecord[],
  { isBrief = false } = {},
): string => {
  const order = orderOf(log.events);
  const state = order === undefined ? 'not placed yet' : statusOf(order).replaceAll('_', ' ');
  return [
    styleText('bold', `Order ${log.orderId} of ${log.shop}: ${state}`),
    ...timelineOf(log, touches).flatMap((entry) => entryLines(entry, isBrief)),
    '',
  ].join('\n');
};

const colours = { event: 'cyan', milestone: 'yellow', wait: 'gray', touch: 'green' } as const;

/** In brief, only what refused something or does not fit is told. */
const entryLines = (
  { at, kind, what, because }: TimelineEntry,
  isBrief: boolean,
): readonly string[] => [
  `  ${at.slice(0, 16).replace('T', ' ')}  ${styleText(colours[kind], kind.padEnd(9))}  ${what}`,
  ...because
    .filter((reason) => !isBrief || !reason.startsWith('✓'))
    .map((reason) => `${' '.repeat(31)}${styleText('gray', reason)}`),
];
