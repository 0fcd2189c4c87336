import type { Bill, MonthlyLine, StageLine, TouchLine, UnitLine } from './bill.ts';
import type { UsageCounts } from './counts.ts';
import type { PriceList } from './price-list.ts';
import { COMFORTABLE, type QuotaLine } from './quotas.ts';

/** All that `npm run cost` says, as `--json` prints it. */
export interface CostReport {
  /** The command that gives these numbers. */
  readonly command: string;
  readonly of: string;
  readonly ordersRehearsed: number;
  readonly ordersPerMonth: number;
  readonly prices: Pick<PriceList, 'asOf' | 'region' | 'currency'>;
  readonly lambda: {
    readonly factor: number;
    readonly functions: UsageCounts['functions'];
  };
  readonly bill: Bill;
  readonly peak: { readonly factor: number; readonly hours: number };
  readonly quotas: {
    readonly asOf: string;
    readonly region: string;
    readonly lines: readonly QuotaLine[];
  };
}

/** A table with its heading, ready for a terminal or for Markdown. */
export interface Section {
  readonly title: string;
  /** Sentences before the table. */
  readonly intro: readonly string[];
  /** Its head first. @default no table */
  readonly rows?: readonly (readonly string[])[] | undefined;
  /** @default none */
  readonly points?: readonly string[] | undefined;
  /** Sentences after it. */
  readonly notes: readonly string[];
}

/** The report in sections, the totals first. */
export const sectionsOf = (report: CostReport): readonly Section[] => [
  totals(report),
  services(report),
  unitsUsed(report),
  stages(report),
  touches(report),
  monthly(report),
  quotas(report),
  raising(report),
];

const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** Three digits that count, without an exponent. */
const figure = (value: number): string =>
  value >= 1_000 ? whole(value) : Number(value.toPrecision(3)).toString().replace('e-', ' e-');

const perThousand = (cost: number): string => (cost * 1_000).toFixed(3);

const totals = ({ bill, ordersPerMonth, prices, ordersRehearsed, of }: CostReport): Section => ({
  title: 'An order and a month',
  intro: [
    `List prices of ${prices.asOf} in ${prices.region}, ${prices.currency}; rehearsed: ${of}.`,
  ],
  rows: [
    ['', prices.currency],
    ['1,000 orders', perThousand(bill.costPerOrder)],
    ['an order', bill.costPerOrder.toFixed(6)],
    [`${whole(ordersPerMonth)} orders a month`, whole(bill.costPerMonth)],
    ['by the month, without any order', bill.monthlyTotal.toFixed(2)],
    ['a month in all', whole(bill.costPerMonth + bill.monthlyTotal)],
  ],
  notes: [
    `Averages of ${ordersRehearsed} orders over all their stages. A month has all stages of as many orders as come in it, once orders have come for half a year.`,
    'Not in it: storage of tables, logs and archives, custom metrics, archiving of events, KMS requests, data transfer, phone numbers, tax.',
  ],
});

const services = ({ bill, prices }: CostReport): Section => ({
  title: 'By service',
  intro: [],
  rows: [
    ['service', `${prices.currency} per 1,000 orders`, 'a month', 'share'],
    ...bill.services.map(({ service, costPerOrder, costPerMonth }) => [
      service,
      perThousand(costPerOrder),
      whole(costPerMonth),
      `${((costPerOrder / bill.costPerOrder) * 100).toFixed(1)} %`,
    ]),
  ],
  notes: [],
});

const unitsUsed = ({ bill, lambda, prices }: CostReport): Section => ({
  title: 'What an order uses',
  intro: [],
  rows: [
    ['charged for', 'service', 'an order', `${prices.currency} per 1,000 orders`, 'a month'],
    ...bill.units.map((line: UnitLine) => [
      line.unit,
      line.service,
      figure(line.perOrder),
      perThousand(line.costPerOrder),
      whole(line.costPerMonth),
    ]),
  ],
  notes: [
    `lambdaGbSeconds is an estimate: real milliseconds of this machine, with the rehearsed services and without cold starts, times memory, times ${lambda.factor} (--lambda-factor).`,
    'logGigabytes has the printed lines and an assumed length of Lambda’s own; tracesRecorded takes one invocation in twenty for a trace of its own; sqsRequests has a batch of each message that came alone, as at a low volume; so has secretRequests, as functions keep a secret for a while and are called seldom here. What goes by time, as the rotation of keys, is divided among the orders.',
  ],
});

const stages = ({ bill, prices }: CostReport): Section => ({
  title: 'By stage',
  intro: [
    'A stage has its state machine, the functions that it or its schedules call, and the touches that it asks for until their feedback. The rest is for no stage in particular.',
  ],
  rows: [
    ['stage', 'transitions an order', `${prices.currency} per 1,000 orders`],
    ...bill.stages.map(({ name, isStage, transitionsPerOrder, costPerOrder }: StageLine) => [
      isStage ? name : `(${name})`,
      isStage ? figure(transitionsPerOrder) : '',
      perThousand(costPerOrder),
    ]),
  ],
  notes: [],
});

const touches = ({ bill, prices }: CostReport): Section => ({
  title: 'By touch',
  intro: [
    'A message that was sent: what the provider charges, and with the decisions (those that were not sent too), delivery and feedback. Without the journey that asked for it.',
  ],
  rows: [
    ['touch', 'channels', 'an order', 'provider', `${prices.currency} per 1,000 messages`],
    ...bill.touches.map((line: TouchLine) => [
      line.touch,
      line.channels.join(', '),
      figure(line.messagesPerOrder),
      perThousand(line.provider),
      perThousand(line.costPerMessage),
    ]),
  ],
  notes: [],
});

const monthly = ({ bill, prices }: CostReport): Section => ({
  title: 'Paid by the month',
  intro: ['Whether or not orders come, for one stage of the deployment.'],
  rows: [
    ['resource', 'number', `${prices.currency} a month`, ''],
    ...bill.monthly.map(({ type, count, costPerMonth, note }: MonthlyLine) => [
      type,
      String(count),
      costPerMonth.toFixed(2),
      note ?? '',
    ]),
  ],
  notes: [],
});

const quotas = ({
  quotas: { asOf, region, lines },
  peak,
  ordersPerMonth,
}: CostReport): Section => ({
  title: 'Quotas',
  intro: [
    `At ${whole(ordersPerMonth)} orders a month; default quotas of ${asOf} in ${region}. The busiest hour is taken for ${peak.factor} average ones (--peak), or for what the hours of the day make of it where that is more, as when touches wait for the morning. What stays for days grows by the share of its stay that ${peak.hours} such hours are (--peak-hours).`,
  ],
  rows: [
    ['service', 'quota', 'average', 'peak', 'default', '', 'headroom', ''],
    ...lines
      .filter(({ state }) => state !== 'unused')
      .map((line) => [
        line.service,
        line.what,
        figure(line.average),
        figure(line.peak),
        whole(line.quota),
        `${line.unit}, ${line.adjustable ? 'soft' : 'hard'}`,
        line.headroom === undefined ? '' : `${figure(line.headroom)} ×`,
        line.state === 'raise' ? 'RAISE' : '',
      ]),
  ],
  notes: unusedNote(lines),
});

const unusedNote = (lines: readonly QuotaLine[]): readonly string[] => {
  const unused = lines.filter(({ state }) => state === 'unused');
  const names = unused.map(({ service, what }) => `${service} ${what}`);
  return names.length === 0 ? [] : [`Nothing of these was counted: ${names.join(', ')}.`];
};

const raising = ({ quotas: { lines } }: CostReport): Section => {
  const known = lines.filter(({ state }) => state !== 'unused');
  const most = known.filter(({ state }) => state === 'raise');
  return {
    title: 'How it stays under them',
    intro: [
      most.length === 0
        ? `No peak takes more than ${COMFORTABLE * 100} % of its quota.`
        : `To be raised before such a volume: ${most.map(({ service, what }) => `${service} ${what}`).join(', ')}.`,
    ],
    points: [...most, ...known.filter(({ state }) => state !== 'raise')].map(
      ({ service, what, advice, source }) => `${service}, ${what}: ${advice} (${source})`,
    ),
    notes: [],
  };
};
