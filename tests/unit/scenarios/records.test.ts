import { describe, expect, test } from 'vitest';
import type { LedgerEntry, Transaction } from '#core/domain/ledger/transaction.ts';
import { instantOf } from '#rehearsal/scenarios/calendar.ts';
import { checkBooks } from '#rehearsal/scenarios/check-books.ts';
import { checkMetric } from '#rehearsal/scenarios/check-metric.ts';
import { checkOffer } from '#rehearsal/scenarios/check-offers.ts';
import { readScenarios } from '#rehearsal/scenarios/scenario-files.ts';
import type { RecordExpectation } from '#rehearsal/scenarios/record-expectation.ts';
import { page } from './notes.ts';

const read = (then: string, head = '', when = '') =>
  readScenarios(page(when, then, head), {
    file: 'a.yaml',
    prefix: 'a',
    shops: { hearth: { currency: 'EUR', timeZone: 'Europe/Berlin' } },
    touches: ['order-confirmation'],
    views: { orders: ['currency', 'line_count'], touch_funnel: ['touch', 'sent', 'click_rate'] },
  });

const expected = <Kind extends RecordExpectation['kind']>(then: string, kind: Kind, head = '') => {
  const { scenarios, problems } = read(then, head);
  const [scenario] = scenarios;
  const record = scenario?.records.find(
    (each): each is Extract<RecordExpectation, { kind: Kind }> => each.kind === kind,
  );
  if (scenario === undefined || record === undefined)
    throw new Error(problems.map(({ problem }) => problem).join('\n'));
  return { scenario, record };
};

const problems = (then: string) => read(then).problems.map(({ problem }) => problem);

const entry = (
  account: LedgerEntry['account'],
  amountMinor: number,
  more: Partial<LedgerEntry> = {},
): LedgerEntry => ({
  entryId: `${account}/${amountMinor}`,
  account,
  kind: 'goods',
  amountMinor,
  currency: 'EUR',
  reportingMinor: amountMinor,
  reportingCurrency: 'EUR',
  ...more,
});

const booked = (day: number, ...entries: readonly LedgerEntry[]): Transaction => ({
  transactionId: `t${day}`,
  shop: 'hearth',
  orderId: 'a.1.a-page',
  eventId: `e${day}`,
  type: 'sale',
  occurredAt: new Date(
    instantOf({ timeZone: 'Europe/Berlin', dayZero: Date.parse('2026-03-02') }, { day }),
  ).toISOString(),
  sequence: day,
  part: 1,
  entries,
});

const sale = booked(
  0,
  entry('receivable', 4000),
  entry('revenue', -4000, { sku: 'HG-GRI-010', lineId: 'L1', class: 'primary' }),
);
const refund = booked(
  3,
  entry('receivable', -500),
  entry('revenue', 500, { sku: 'HG-GRI-010', lineId: 'L1', class: 'primary' }),
);

describe('books', () => {
  const balances = '  - day 2: books\n    receivable: 40.00\n    revenue HG-GRI-010: -40';

  test('are as expected by a day, whatever happened later', () => {
    const { scenario, record } = expected(balances, 'books');

    expect(checkBooks(scenario, record, [refund, sale])).toEqual([]);
  });

  test('that are otherwise are told with all that was expected and got', () => {
    const { scenario, record } = expected(balances.replace('day 2', 'day 3'), 'books');

    expect(checkBooks(scenario, record, [refund, sale])).toEqual([
      {
        line: 11,
        expected: 'day 3              books receivable 40.00, revenue HG-GRI-010 -40.00',
        got: 'day 3              books receivable 35.00, revenue HG-GRI-010 -35.00',
        hint: 'npm run ledger -- a.1.a-page',
      },
    ]);
  });

  test('may have nothing that is not named', () => {
    const { scenario, record } = expected('  - day 2: books\n    receivable: 40', 'books');

    expect(checkBooks(scenario, record, [sale])).toMatchObject([
      { got: expect.stringContaining('revenue HG-GRI-010 -40.00') },
    ]);
  });

  test('are looked at by class and in the reporting currency', () => {
    const { scenario, record } = expected(
      '  - day 2: books\n    receivable in USD: 44.00\n    revenue primary in USD: -44.00',
      'books',
    );
    const dollars = sale.entries.map((each) => ({
      ...each,
      reportingMinor: Math.round(each.amountMinor * 1.1),
      reportingCurrency: 'USD',
    }));

    expect(checkBooks(scenario, record, [{ ...sale, entries: dollars }])).toEqual([]);
  });

  test.each([
    ['JPY', '4000', 4000],
    ['KWD', '4.000', 4000],
  ])('of an order in %s have its digits', (currency, written, minor) => {
    const text = page(
      '',
      `  - day 2: books\n    receivable: ${written}`,
      `currency: ${currency}
catalogue: [{ sku: HG-GRI-010, price: 4 }, { sku: HG-BEA-250, price: 4 }]`,
    );
    const { scenarios } = readScenarios(text, {
      file: 'a.yaml',
      prefix: 'a',
      shops: { hearth: { currency: 'EUR', timeZone: 'Europe/Berlin' } },
      touches: ['order-confirmation'],
    });
    const [record] = scenarios.flatMap(({ records }) => records);

    expect(record).toMatchObject({ balances: [{ currency, amountMinor: minor }] });
  });

  test('that should not be there are told', () => {
    const { scenario, record } = expected('  - day 2: no books', 'books');

    expect(checkBooks(scenario, record, [])).toEqual([]);
    expect(checkBooks(scenario, record, [sale])).toMatchObject([
      { expected: 'day 2              no books' },
    ]);
  });

  test('with a mistake are told of with what was got and expected', () => {
    expect(problems('  - day 2: books\n    earnings: 4')).toEqual([
      expect.stringMatching(/^books: got the account "earnings", expected receivable, revenue/),
    ]);
    expect(problems('  - day 2: books\n    revenue: 4.005')).toEqual([
      expect.stringMatching(/^books: got "4.005", expected an amount of EUR with 2 digits at most/),
    ]);
    expect(problems('  - day 2: books')).toEqual([
      expect.stringMatching(/^books: got nothing below, expected accounts/),
    ]);
    expect(problems('  - never: books\n    revenue: 4')).toEqual([
      expect.stringMatching(/^books: got no single time/),
    ]);
  });
});

describe('an offer', () => {
  const at = (day: number, minute: number, kind: string) => ({
    orderId: 'a.1.a-page',
    offerId: 'a.1.a-page-mug',
    kind,
    atMs: instantOf(
      { timeZone: 'Europe/Berlin', dayZero: Date.parse('2026-03-02') },
      { day, minute },
    ),
  });

  test('was shown when expected, give or take a quarter of an hour', () => {
    const { scenario, record } = expected('  - day 0 09:30: offer mug shown', 'offer');

    expect(checkOffer(scenario, record, [at(0, 580, 'shown')])).toEqual([]);
    expect(checkOffer(scenario, record, [at(0, 590, 'shown')])).toHaveLength(1);
  });

  test('that came to something else is told with what came of it', () => {
    const { scenario, record } = expected('  - day 0: offer mug confirmed', 'offer');

    expect(checkOffer(scenario, record, [at(0, 600, 'accepted')])).toMatchObject([
      {
        expected: 'day 0              offer mug confirmed',
        got: 'day 0 10:00        offer mug accepted',
      },
    ]);
  });

  test('that should never be shown was not', () => {
    const { scenario, record } = expected('  - never: offer mug shown', 'offer');

    expect(checkOffer(scenario, record, [at(0, 600, 'dismissed')])).toEqual([]);
    expect(checkOffer(scenario, record, [at(0, 600, 'shown')])).toHaveLength(1);
  });

  test('with an outcome that there is not is told of', () => {
    expect(problems('  - day 0: offer mug bought')).toEqual([
      expect.stringMatching(/^got "offer mug bought", expected its id and shown, clicked/),
    ]);
  });
});

describe('a metric', () => {
  const funnel = '  - day 2: metric touch_funnel\n    of: { touch: win-back }\n    sent: 2';

  test('is the only row that is meant, with these values', () => {
    const { record } = expected(`${funnel}\n    click rate: 0.3333`, 'metric');

    expect(
      checkMetric(record, [
        { touch: 'win-back', sent: 2, click_rate: 1 / 3 },
        { touch: 'referral', sent: 1, click_rate: 0 },
      ]),
    ).toEqual([]);
  });

  test('that says otherwise is told with what it says', () => {
    const { record } = expected(funnel, 'metric');

    expect(checkMetric(record, [{ touch: 'win-back', sent: 3, click_rate: 0 }])).toEqual([
      {
        line: 11,
        expected: 'day 2              metric touch_funnel of touch win-back: sent 2',
        got: 'sent 3',
      },
    ]);
    expect(checkMetric(record, [])).toMatchObject([{ got: 'no row' }]);
    expect(checkMetric(record, [{ touch: 'referral', sent: 2, click_rate: 0 }])).toMatchObject([
      { got: 'no such row; there are touch referral' },
    ]);
  });

  test('has to say which of several rows is meant', () => {
    const { record } = expected('  - day 2: metric touch_funnel\n    sent: 2', 'metric');
    const row = { touch: 'win-back', sent: 2, click_rate: 0 };

    expect(checkMetric(record, [row, row])).toMatchObject([
      { got: expect.stringMatching(/^2 rows, expected one/) },
    ]);
  });

  test('that there is not, or not with this column, is told of', () => {
    expect(problems('  - day 2: metric order\n    sent: 2')).toEqual([
      expect.stringMatching(/^got the metric "order", expected a view such as orders/),
    ]);
    expect(problems('  - day 2: metric orders\n    sent: 2')).toEqual([
      expect.stringMatching(/^got the column "sent", expected/),
    ]);
  });
});

test('an offer that a page states is for a product of its own', () => {
  const offer = (sku: string) => `  - day 0 08:00: offer updated
    offer id: mug
    type: loyalty
    value: { kind: worth, amountMinor: 900 }
    conditions: { bought skus: [${sku}] }
    creative: { en: { headline: A mug, action: Look } }`;
  const own = 'catalogue: [{ sku: HG-OWN, name: Own, kind: physical, price: 5 }]';

  expect(read('', own, offer('HG-OWN')).problems).toEqual([]);
  expect(read('', own, offer('HG-GRI-010')).problems).toMatchObject([
    { problem: expect.stringContaining('expected `bought skus` with products under `catalogue`') },
  ]);
});
