import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pairSummaryOfSums } from '#core/domain/statistics/pair-summary.ts';
import { entry, exposed, happened, line, link, pageView, signal } from './facts.ts';
import { LakeOfFacts } from './lake-of-facts.ts';

let lake: LakeOfFacts;
beforeAll(async () => {
  lake = await LakeOfFacts.open();
});
afterAll(() => lake.close());

const january = (day: number, hour = 12): string =>
  new Date(Date.UTC(2026, 0, day, hour)).toISOString();

describe('experiments', () => {
  test('sum customers by the arm of their first exposure, with zeros, and what was before', async () => {
    await lake.hold({
      order_lines: [
        line('old', january(1), { customer: 'ada' }),
        line('new', january(20), { customer: 'ada2' }),
        line('other', january(2), { customer: 'bob' }),
      ],
      ledger_entries: [
        entry('1', 'old', january(1), 1_000),
        entry('2', 'new', january(20), 3_000),
        entry('3', 'other', january(2), 500),
      ],
      customer_links: [link('ada', 'ada2')],
      exposures: [
        exposed('ada', 'treated', january(10)),
        exposed('ada2', 'holdout', january(21)),
        exposed('bob', 'holdout', january(10)),
        exposed('cleo', 'treated', january(11)),
      ],
    });

    const rows = await lake.ask(
      `select arm, is_control, planned_share, n, converters, "sum", sum_of_squares, before_sum, before_sum_of_squares, before_cross, cap
        from experiment_lift where metric = 'revenue' order by arm`,
    );

    expect(rows).toEqual([
      {
        arm: 'holdout',
        is_control: true,
        planned_share: 0.05,
        n: 1,
        converters: 0,
        sum: 0,
        sum_of_squares: 0,
        before_sum: 500,
        before_sum_of_squares: 250_000,
        before_cross: 0,
        cap: 3_000,
      },
      {
        arm: 'treated',
        is_control: false,
        planned_share: 0.95,
        n: 2,
        converters: 1,
        sum: 3_000,
        sum_of_squares: 9_000_000,
        before_sum: 1_000,
        before_sum_of_squares: 1_000_000,
        before_cross: 3_000_000,
        cap: 3_000,
      },
    ]);
  });

  test('give ratios whose customers are the unit', async () => {
    await lake.hold({
      order_lines: [
        line('a', january(9), { customer: 'ada' }),
        line('b', january(9), { customer: 'bob' }),
      ],
      sessions: [pageView('a', january(9)), pageView('b', january(9))],
      ledger_entries: [entry('u', 'a', january(9), 400, { class: 'confirmation_upsell' })],
      exposures: [exposed('ada', 'treated', january(8)), exposed('bob', 'treated', january(8))],
      service_signals: [
        signal('survey_answered', january(20), {
          customer: 'ada',
          order_id: 'a',
          survey: 'nps',
          score: 9,
        }),
        signal('survey_answered', january(21), {
          customer: 'bob',
          order_id: 'b',
          survey: 'nps',
          score: 2,
        }),
      ],
    });

    const [ratio] = await lake.ask(
      `select n, "sum", sum_of_squares, denominator_sum, denominator_sum_of_squares, denominator_cross
        from experiment_lift where metric = 'revenue-per-session'`,
    );
    const pair = pairSummaryOfSums({
      n: Number(ratio?.['n']),
      x: { sum: Number(ratio?.['sum']), sumOfSquares: Number(ratio?.['sum_of_squares']) },
      y: {
        sum: Number(ratio?.['denominator_sum']),
        sumOfSquares: Number(ratio?.['denominator_sum_of_squares']),
      },
      sumOfProducts: Number(ratio?.['denominator_cross']),
    });

    expect(pair.x.mean / pair.y.mean).toBe(200);
    expect(
      await lake.ask(
        "select promoters, detractors, answers from experiment_lift where metric = 'nps'",
      ),
    ).toEqual([{ promoters: 1, detractors: 1, answers: 2 }]);
  });
});

describe('what scores are made of', () => {
  test('are histories, values, gaps and pairs of categories', async () => {
    const bought = (id: string, day: number, category: string, customer: string) =>
      line(id, january(day), { category, customer, sku: category });
    await lake.hold({
      order_lines: [
        bought('a', 1, 'Beans', 'ada'),
        bought('b', 8, 'Beans', 'ada'),
        { ...bought('b', 8, 'Filters', 'ada'), line_id: '2', fact_id: 'b.2' },
        bought('c', 8, 'Beans', 'bob'),
      ],
      order_events: [happened('OrderPlaced', 'c', january(15))],
      ledger_entries: [
        entry('1', 'a', january(1), 1_000),
        entry('2', 'b', january(8), 2_000),
        entry('3', 'c', january(8), 700),
      ],
    });

    expect(
      await lake.ask('select frequency, recency, age, customers from score_groups order by 1'),
    ).toEqual([
      { frequency: 0, recency: 0, age: 1, customers: 1 },
      { frequency: 1, recency: 1, age: 2, customers: 1 },
    ]);
    expect(
      await lake.ask('select transactions, mean_value, customers from spend_groups order by 1'),
    ).toEqual([
      { transactions: 1, mean_value: 700, customers: 1 },
      { transactions: 2, mean_value: 1_500, customers: 1 },
    ]);
    expect(await lake.ask('select sku, gaps, mean_gap_days, variance_ln from sku_gaps')).toEqual([
      { sku: 'Beans', gaps: 1, mean_gap_days: 7, variance_ln: null },
    ]);
    expect(
      await lake.ask(
        "select orders_with_both, orders, customers_with_both, customers from category_affinity where category = 'Beans'",
      ),
    ).toEqual([{ orders_with_both: 1, orders: 3, customers_with_both: 1, customers: 2 }]);
    expect(await lake.ask("select p20, p80 from rfm_cuts where measure = 'monetary'")).toEqual([
      { p20: 700, p80: 3_000 },
    ]);
    expect(await lake.ask("select categories from customer_stats where customer = 'ada'")).toEqual([
      { categories: 'Beans\nFilters' },
    ]);
  });
});
