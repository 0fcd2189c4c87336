import { type Calendar, momentAt, momentInWords } from './calendar.ts';
import { DAY_MS } from '../input/duration.ts';
import type { Difference } from './compare.ts';
import type { Mismatch } from './record-expectation.ts';
import { hasPassed, type ScenarioResult } from './run-scenarios.ts';
import type { Expectation, OrderInScenario, Scenario } from './scenario.ts';
import type { SeenTouch } from './seen-touch.ts';

const WIDTH = 100;
const NUMBER_WIDTH = 9;
/** Expected, seen, days and share. */
const NUMBERS = 4;
const LINE_WIDTH = 6;
const VERDICT_WIDTH = 6;
const NAME_WIDTH = WIDTH - VERDICT_WIDTH - LINE_WIDTH - NUMBERS * NUMBER_WIDTH;

/** The table of all scenarios by file, under each that failed the difference. */
export const resultsInWords = (results: readonly ScenarioResult[], stateDir: string): string => {
  const failed = results.filter((result) => !hasPassed(result)).length;
  const files = Map.groupBy(results, ({ scenario }) => scenario.file);
  return [
    ...[...files].flatMap(([file, ofFile]) => [
      `${cut(file, WIDTH - NUMBERS * NUMBER_WIDTH)}${columns('expected', 'seen', 'days', 'ms')}`,
      ...ofFile.flatMap((result) => resultLines(result, stateDir)),
      '',
    ]),
    `${results.length - failed} passed, ${failed} failed.`,
    'days: as long as it is watched. ms: its share of the run, by events, states and decisions.',
  ].join('\n');
};

const columns = (...numbers: readonly (string | number)[]): string =>
  numbers.map((number) => String(number).padStart(NUMBER_WIDTH)).join('');

const cut = (text: string, width: number): string =>
  (text.length >= width ? `${text.slice(0, width - 2)}… ` : text).padEnd(width);

const resultLines = (result: ScenarioResult, stateDir: string): readonly string[] => {
  const { scenario, seen, differences, mismatches, faults, shareMs } = result;
  const { name, line, expectations, calendar, fromMs, untilMs } = scenario;
  const isToBeSent = ({ when, outcome }: Expectation) =>
    when !== undefined && when.day >= 0 && outcome === 'sent';
  const isSent = ({ atMs, outcome }: SeenTouch) =>
    momentAt(calendar, atMs).day >= 0 && outcome === 'sent';
  const verdict = [
    (hasPassed(result) ? 'PASS' : 'FAIL').padEnd(VERDICT_WIDTH),
    `:${line}`.padEnd(LINE_WIDTH),
    cut(name, NAME_WIDTH),
    columns(
      expectations.filter(isToBeSent).length,
      seen.filter(isSent).length,
      Math.ceil((untilMs - fromMs) / DAY_MS),
      Math.round(shareMs),
    ),
  ].join('');
  if (hasPassed(result)) return [verdict];
  return [
    verdict,
    ...differences.flatMap((difference) => differenceLines(difference, scenario)),
    ...mismatches.flatMap((mismatch) => mismatchLines(mismatch)),
    ...faults.flatMap((fault) => labelled('fault', fault)),
    ...hintsOf(result).map((hint) => `${' '.repeat(INDENT)}${hint} --state ${stateDir}`),
  ];
};

/** What tells more: the whole story of each order, and the books where they are otherwise. */
const hintsOf = ({ scenario, mismatches }: ScenarioResult): readonly string[] => [
  ...new Set([
    ...scenario.orders.map(({ orderId }) => `npm run explain -- ${orderId}`),
    ...mismatches.flatMap(({ hint }) => hint ?? []),
  ]),
];

const mismatchLines = ({ line, expected, got }: Mismatch): readonly string[] => [
  ...labelled('expected', `${expected} (line ${line})`),
  ...labelled('got', got),
];

const differenceLines = ({ expected, got }: Difference, scenario: Scenario): readonly string[] => {
  const { calendar, untilMs } = scenario;
  const said =
    expected === undefined
      ? []
      : labelled(expected.when === undefined ? 'never' : 'expected', expectedInWords(expected));
  if (got === undefined) {
    const end = momentInWords(momentAt(calendar, untilMs));
    return [...said, ...labelled('got', `nothing: no journey asked for it before ${end}`)];
  }
  const label = expected === undefined ? 'unexpected' : 'got';
  return [...said, ...labelled(label, seenInWords(got, scenario)), ...whyLines(got)];
};

const MOMENT_WIDTH = 19;

const expectedInWords = (expected: Expectation): string => {
  const { when, touch, channel, outcome, because, of, order } = expected;
  const told = [
    ...(of === undefined ? [] : [`of ${of.map(({ written }) => written).join(', ')}`]),
    ...(when === undefined ? [] : [outcome]),
    ...(channel === undefined ? [] : [`by ${channel}`]),
    ...(because === undefined ? [] : [`because ${because}`]),
    ...(order.name === '' ? [] : [`(order ${order.name})`]),
  ];
  const moment = when === undefined ? '' : momentInWords(when);
  return `${moment.padEnd(MOMENT_WIDTH)}${[touch, ...told].join(' ')}`;
};

const nameless: Pick<OrderInScenario, 'name' | 'products'> = { name: '', products: {} };

/** With products and days as the scenario calls them. */
const seenInWords = (seen: SeenTouch, { calendar, orders, scope }: Scenario): string => {
  const { atMs, touch, subjects, outcome, channel, reason, orderId } = seen;
  const { name, products } = orders.find((order) => order.orderId === orderId) ?? nameless;
  const asWritten = (subject: string): string =>
    subject
      .replace(/^[^/]+/, (id) => products[id] ?? id)
      .replace(`${scope}-`, '')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]{12}Z/, (at) => momentOf(calendar, Date.parse(at)));
  const told = [
    ...(subjects.length === 0 ? [] : [`of ${subjects.map(asWritten).join(', ')}`]),
    outcome,
    ...(channel === undefined ? [] : [`by ${channel}`]),
    ...(reason === undefined ? [] : [`because ${reason}`]),
    ...(name === '' ? [] : [`(order ${name})`]),
  ];
  return `${momentOf(calendar, atMs).padEnd(MOMENT_WIDTH)}${[touch, ...told].join(' ')}`;
};

const momentOf = (calendar: Calendar, atMs: number): string =>
  momentInWords(momentAt(calendar, atMs));

/** What the decision's rules refused. */
const whyLines = ({ rules }: SeenTouch): readonly string[] =>
  rules
    .filter(({ verdict }) => verdict === 'refuse')
    .flatMap(({ rule, because }) => labelled('', `✗ ${rule}: ${because}`, MOMENT_WIDTH));

const INDENT = 6;
const LABEL_WIDTH = 12;

/** Where long text goes on. */
const HANGING = INDENT + LABEL_WIDTH + MOMENT_WIDTH + 2;

const labelled = (label: string, text: string, inset = 0): readonly string[] => {
  const start = `${' '.repeat(INDENT)}${label.padEnd(LABEL_WIDTH + inset)}`;
  const [first = '', rest = ''] = broken(text, WIDTH - start.length);
  return [`${start}${first}`, ...hanging(rest)];
};

const hanging = (text: string): readonly string[] => {
  if (text === '') return [];
  const [first = '', rest = ''] = broken(text, WIDTH - HANGING);
  return [`${' '.repeat(HANGING)}${first}`, ...hanging(rest)];
};

/** What fits into the width, at a space where there is one, and the rest. */
const broken = (text: string, width: number): readonly string[] => {
  if (text.length <= width) return [text];
  const space = text.lastIndexOf(' ', width);
  const end = space > 0 ? space : width;
  return [text.slice(0, end), text.slice(end).trimStart()];
};

/** What `--json` prints. */
export const resultsAsJson = (results: readonly ScenarioResult[]): string =>
  JSON.stringify(
    results.map((result) => {
      const { scenario, seen, differences, mismatches, faults, shareMs } = result;
      const { name, file, line, shop, orders, calendar } = scenario;
      const withMoment = (each: SeenTouch) => ({
        ...each,
        at: new Date(each.atMs).toISOString(),
        moment: momentOf(calendar, each.atMs),
      });
      return {
        name,
        file,
        line,
        shop,
        orders,
        passed: hasPassed(result),
        seen: seen.map(withMoment),
        differences: differences.map(({ expected, got }) => ({
          expected: expected === undefined ? undefined : expectedInWords(expected).trim(),
          got: got === undefined ? undefined : withMoment(got),
        })),
        mismatches,
        faults,
        shareMs: Math.round(shareMs),
      };
    }),
    undefined,
    2,
  );
