import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kaplanMeier } from '#core/domain/statistics/kaplan-meier.ts';
import { netPromoterScore } from '#core/domain/statistics/net-promoter-score.ts';
import { entry, happened, line, link, pageView, signal } from './facts.ts';
import { LakeOfFacts, type Rows } from './lake-of-facts.ts';
import { npsByMonth, retention90d, revenuePerSession, secondPurchases } from './twins.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Before the clocks change, so that histories lie on both sides of it. */
const START = Date.parse('2026-03-20T22:15:00.000Z');

const at = (ms: number): string => new Date(START + ms).toISOString();
const minutes = (days: number) =>
  fc.integer({ min: 0, max: days * 24 * 60 }).map((n) => n * 60_000);

const order = fc.record({
  customer: fc.option(fc.nat(5), { nil: undefined }),
  placedAt: minutes(260),
  isCancelled: fc.nat(9).map((n) => n === 0),
  views: fc.array(minutes(3), { maxLength: 3 }),
  upsell: fc.option(fc.integer({ min: 1, max: 9_999 }), { nil: undefined }),
  commission: fc.option(fc.integer({ min: 1, max: 999 }), { nil: undefined }),
  reversedAfter: fc.option(minutes(60), { nil: undefined }),
  scores: fc.array(fc.record({ score: fc.integer({ min: 0, max: 10 }), after: minutes(40) }), {
    maxLength: 2,
  }),
  takenUpOn: fc.option(fc.nat(5), { nil: undefined }),
});

type History = Parameters<typeof factsOf>[0][number];

/** Of an order by its number; merges lead to higher customers only, so none goes in a circle. */
const factsOf = (
  orders: readonly (typeof order extends fc.Arbitrary<infer Order> ? Order : never)[],
  merges: readonly (readonly [number, number])[],
): Rows => {
  const ids = orders.map((_, index) => `o${index}`);
  const links = new Map(
    merges
      .filter(([from, to]) => from !== to)
      .map(([a, b]) => [`c${Math.min(a, b)}`, `c${Math.max(a, b)}`]),
  );
  return {
    order_lines: orders.flatMap((each, index) => linesOf(each, ids[index] ?? '')),
    order_events: orders.flatMap((each, index) => eventsOf(each, ids[index] ?? '')),
    sessions: orders.flatMap(({ placedAt, views }, index) =>
      views.map((after) => pageView(ids[index] ?? '', at(placedAt + after))),
    ),
    ledger_entries: orders.flatMap((each, index) => entriesOf(each, ids[index] ?? '', ids)),
    service_signals: orders.flatMap(({ placedAt, scores }, index) =>
      scores.map(({ score, after }, nth) =>
        signal('survey_answered', at(placedAt + after), {
          fact_id: `n${index}.${nth}`,
          order_id: ids[index] ?? '',
          survey: 'nps',
          score,
        }),
      ),
    ),
    customer_links: [...links].map(([from, to]) => link(from, to)),
  };
};

const linesOf = ({ customer, placedAt }: History, id: string) =>
  ['1', '2'].map((line_id) =>
    line(id, at(placedAt), {
      line_id,
      customer: customer === undefined ? undefined : `c${customer}`,
    }),
  );

const eventsOf = ({ placedAt, isCancelled }: History, id: string) => [
  happened('OrderPlaced', id, at(placedAt)),
  ...(isCancelled
    ? [happened('OrderCancelled', id, at(placedAt + HOUR), { status: 'cancelled' })]
    : []),
];

const entriesOf = (
  { placedAt, upsell, commission, reversedAfter, takenUpOn }: History,
  id: string,
  ids: readonly string[],
) => {
  const credit = {
    credit_kind: 'session',
    credit_id: 's',
    credit_order_id: takenUpOn === undefined ? undefined : ids[takenUpOn],
  };
  const booked = [
    entry(`p${id}`, id, at(placedAt), 5_000),
    ...(upsell === undefined
      ? []
      : [entry(`u${id}`, id, at(placedAt), upsell, { ...credit, class: 'confirmation_upsell' })]),
    ...(commission === undefined
      ? []
      : [
          entry(`k${id}`, id, at(placedAt + 9 * DAY), commission, {
            class: 'partner_commission',
            account: 'commission',
          }),
        ]),
  ];
  if (reversedAfter === undefined) return booked;
  return booked.flatMap((sale) => [
    sale,
    {
      ...sale,
      fact_id: `r${sale.fact_id}`,
      entry_id: `r${sale.entry_id}`,
      occurred_at: new Date(Date.parse(sale.occurred_at) + reversedAfter).toISOString(),
      reporting_minor: Math.ceil(-sale.reporting_minor / 3),
      reverses: sale.entry_id,
    },
  ]);
};

const histories = fc
  .tuple(
    fc.array(order, { minLength: 6, maxLength: 25 }),
    fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 3, maxLength: 6 }),
    fc.infiniteStream(fc.nat(3)),
  )
  .map(([orders, merges, dice]) => ({ rows: factsOf(orders, merges), dice }));

/** The same facts as they arrive: some twice, some days late, in any order. */
const arrived = (rows: Rows, dice: Iterator<number>): Rows =>
  Object.fromEntries(
    Object.entries(rows).map(([name, facts]) => [
      name,
      facts
        .flatMap((fact) => {
          const { value: roll = 0 } = dice.next();
          const late = new Date(Date.parse(fact.occurred_at) + roll * DAY).toISOString();
          const once = { ...fact, dt: late.slice(0, 10) };
          return roll === 3 ? [once, { ...once, dt: fact.occurred_at.slice(0, 10) }] : [once];
        })
        .map((fact) => ({ fact, place: Number(dice.next().value) }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ fact }) => fact),
    ]),
  );

/** What a bound of survival is as a bound of its complement; there is none at 0 and 1. */
const near = (bound: number | undefined): unknown =>
  bound === undefined ? null : expect.closeTo(1 - bound, 10);

let lake: LakeOfFacts;
beforeAll(async () => {
  lake = await LakeOfFacts.open();
});
afterAll(() => lake.close());

/** Milliseconds: other work may share the machine. */
const LONG = { timeout: 120_000 };

describe('SQL and plain code agree over any facts, duplicate, late and merged', () => {
  const agrees = (check: (rows: Rows) => Promise<void>): Promise<void> =>
    fc.assert(
      fc.asyncProperty(histories, async ({ rows, dice }) => {
        await lake.hold(arrived(rows, dice));
        await check(rows);
      }),
      { numRuns: 20 },
    );

  test('on revenue per session', LONG, () =>
    agrees(async (rows) => {
      const answered = await lake.ask(
        `select opened_on, sessions, page_views, upsell_minor, commission_minor, revenue_per_session_minor
        from revenue_per_session order by opened_on`,
      );

      expect(answered).toEqual(revenuePerSession(rows));
    }),
  );

  test('on 90-day retention', LONG, () =>
    agrees(async (rows) => {
      const answered = await lake.ask(
        'select cohort, customers, retained, retention from retention_90d order by cohort',
      );

      expect(answered).toEqual(retention90d(rows));
    }),
  );

  test('on the net promoter score', LONG, () =>
    agrees(async (rows) => {
      const expected = npsByMonth(rows);
      const answered = await lake.ask(
        'select month, answers, promoters, detractors from nps order by month',
      );
      const scores = await lake.ask('select nps, standard_error from nps order by month');

      expect(answered).toEqual(expected);
      for (const [index, month] of expected.entries()) {
        const { value, standardError } = netPromoterScore(month);
        expect(scores[index]?.['nps']).toBe(100 * value);
        expect(scores[index]?.['standard_error']).toBeCloseTo(100 * standardError, 9);
      }
    }),
  );

  test('on the time to the second purchase', LONG, () =>
    agrees(async (rows) => {
      const answered = await lake.ask(
        `select day, at_risk, events, survival, standard_error, lower, upper
        from time_to_second_purchase where events > 0 order by day`,
      );

      const curve = kaplanMeier(secondPurchases(rows), 0.05);
      expect(answered.map(({ day, at_risk, events }) => [day, at_risk, events])).toEqual(
        curve.map(({ time, atRisk, events }) => [time, atRisk, events]),
      );
      for (const [index, step] of curve.entries()) {
        expect(answered[index]?.['survival']).toBeCloseTo(step.survival, 10);
        expect(answered[index]?.['standard_error']).toBeCloseTo(step.standardError, 10);
        const { interval } = step;
        expect(answered[index]?.['lower']).toEqual(near(interval?.upper));
        expect(answered[index]?.['upper']).toEqual(near(interval?.lower));
      }
    }),
  );
});
