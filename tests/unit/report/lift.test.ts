import { describe, expect, test } from 'vitest';
import { liftOf } from '../../../bin/report/sections/lift.ts';
import type { Row, Rows } from '../../../bin/report/rows.ts';
import { rowIn, told } from './context.ts';

const chapter = (primaryMetric: string) =>
  liftOf({ key: 'holdout', title: 'Lift', about: 'It is the difference.', primaryMetric });

const planned: Rows = [
  { experiment: 'holdout', arm: 'holdout', planned_share: 0.5, is_control: true },
  { experiment: 'holdout', arm: 'treated', planned_share: 0.5, is_control: false },
];

/** `buyers` of `n` customers who spend so much each. */
const amount = (arm: string, n: number, buyers: number, each: number, rest: Row = {}): Row => ({
  arm,
  metric: 'revenue',
  kind: 'amount',
  n,
  converters: buyers,
  sum: buyers * each,
  sum_of_squares: buyers * each ** 2,
  cap: each,
  capped_sum: buyers * each,
  capped_sum_of_squares: buyers * each ** 2,
  before_sum: 0,
  before_sum_of_squares: 0,
  before_cross: 0,
  denominator_sum: n,
  denominator_sum_of_squares: n,
  denominator_cross: buyers * each,
  promoters: 0,
  detractors: 0,
  answers: 0,
  ...rest,
});

const nps = (arm: string, n: number, promoters: number, detractors: number, answers: number): Row =>
  amount(arm, n, promoters + detractors, 1, {
    metric: 'nps',
    kind: 'ratio',
    sum: promoters - detractors,
    denominator_sum: answers,
    denominator_sum_of_squares: answers,
    denominator_cross: promoters - detractors,
    promoters,
    detractors,
    answers,
  });

describe('lift', () => {
  test('is the read-out’s verdict, with what to do and the words in full', () => {
    const rows = [amount('treated', 5_000, 2_000, 1_000), amount('holdout', 5_000, 1_000, 1_000)];

    const of = told(chapter('revenue'), rows, planned);

    expect(of.reading).toBe('By revenue, treated against holdout: better. It is the difference.');
    expect(of.notes?.[0]).toMatch(/^What to do: give treated to everyone/);
    expect(of.texts?.[0]?.lines[0]).toBe('treated against holdout: better');
    expect(rowIn(of, 1, 0)).toMatch(
      /^revenue \| €4,000\.00 \(n 2,000\) \| €2,000\.00 \(n 1,000\) \| \+€2,000\.00 \|/,
    );
    expect(of.charts).toHaveLength(1);
  });

  test('shows no interval of revenue under the read-out’s floor of buyers', () => {
    const rows = [amount('treated', 500, 300, 1_000), amount('holdout', 500, 99, 1_000)];

    const of = told(chapter('revenue'), rows, planned);

    expect(of.reading).toContain('too early to tell');
    expect(rowIn(of, 1, 0)).toMatch(/\| – \| – \| too early to tell$/);
    expect(of.charts).toEqual([]);
  });

  test('says nothing but that the split is broken when it is', () => {
    const rows = [amount('treated', 8_000, 900, 1_000), amount('holdout', 2_000, 900, 1_000)];

    const of = told(chapter('revenue'), rows, planned);

    expect(of.reading).toContain('broken split');
    expect(of.tables?.map(({ caption }) => caption)).toEqual(['Customers by arm']);
    expect(of.charts).toEqual([]);
  });

  test('an arm that nobody is in counts in the split', () => {
    const of = told(chapter('revenue'), [amount('treated', 1_000, 300, 1_000)], planned);

    expect(of.reading).toContain('broken split');
    expect(rowIn(of, 0, 0)).toBe('holdout | 0 | 0% | 50%');
  });

  test('is capped: one large order of few makes no winner', () => {
    const large = { sum: 200_000 + 5e7, sum_of_squares: 200 * 1e6 + 2.5e15 };
    const rows = [
      amount('treated', 5_000, 200, 1_000, large),
      amount('holdout', 5_000, 200, 1_000),
    ];

    const of = told(chapter('revenue'), rows, planned);

    expect(of.texts?.[0]?.lines.join('\n')).toContain('counted as that');
    expect(of.reading).toContain('no difference seen');
  });

  test('stands beside the net promoter score of who answered', () => {
    const rows = [
      amount('treated', 1_000, 400, 1_000),
      amount('holdout', 1_000, 300, 1_000),
      nps('treated', 1_000, 50, 10, 100),
      nps('holdout', 1_000, 60, 10, 100),
    ];

    const of = told(chapter('revenue'), rows, planned);

    expect(rowIn(of, 1, 1)).toMatch(
      /^nps \(of who answered\) \| \+40 \(n 100\) \| \+50 \(n 100\) \| −10 \|/,
    );
  });

  test('may be judged by the net promoter score', () => {
    const rows = [nps('treated', 1_000, 300, 50, 400), nps('holdout', 1_000, 100, 250, 400)];

    const of = told(chapter('nps'), rows, planned);

    expect(of.reading).toContain('By nps, treated against holdout: better');
  });

  test('says that a metric is not measured rather than judging by another', () => {
    const of = told(
      chapter('unsubscribe'),
      [amount('treated', 10, 1, 1), amount('holdout', 10, 1, 1)],
      planned,
    );

    expect(of.reading).toContain('judged by unsubscribe, which the views do not measure');
  });
});
