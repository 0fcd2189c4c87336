import { describe, expect, test } from 'vitest';
import { chaptersOf } from '../../../bin/report/chapters.ts';
import { channels } from '../../../bin/report/sections/channels.ts';
import { cost } from '../../../bin/report/sections/cost.ts';
import { postPurchaseRevenue } from '../../../bin/report/sections/post-purchase-revenue.ts';
import { retention } from '../../../bin/report/sections/retention.ts';
import { scores } from '../../../bin/report/sections/scores.ts';
import { service } from '../../../bin/report/sections/service.ts';
import { sessions } from '../../../bin/report/sections/sessions.ts';
import { voices } from '../../../bin/report/sections/voices.ts';
import { rowIn, told } from './context.ts';

const month = {
  shop: 'hearth',
  month: '2026-03',
  sessions: 200,
  mature: 200,
  page_views: 400,
  earning: 100,
  upsell_minor: 15_000,
  commission_minor: 5_000,
  revenue_minor: 20_000,
  squares: 4_000_000,
};

describe('every section', () => {
  test.each(
    chaptersOf({ holdout: {}, experiments: [] }).map((chapter) => [chapter.id, chapter] as const),
  )('%s says in words that nothing has come', (_, chapter) => {
    const { reading, charts = [] } = told(chapter, [], []);

    expect(reading).toMatch(/^\w.*\.$/);
    expect(charts).toEqual([]);
  });
});

describe('revenue per session', () => {
  test('is the sum over the matured sessions, with an interval and beside the page view', () => {
    const of = told(sessions, [month]);

    // 1 EUR a session; of the squares the variance is (4e6 − 2e4² / 200) / 199, so ± 1.96 · .71 cents.
    expect(of.reading).toBe(
      'A visit of the confirmation page earned €1.00 (95% interval €0.86 to €1.14) and a page view €0.50, over 200 matured sessions.',
    );
    expect(rowIn(of, 0, 0)).toContain('€1.00 | €0.86 to €1.14 | €0.50');
  });

  test('has no interval while fewer than a hundred sessions earned something', () => {
    const of = told(sessions, [{ ...month, earning: 99 }]);

    expect(of.reading).not.toContain('interval');
    expect(rowIn(of, 0, 0)).toContain('€1.00 | – | €0.50');
  });

  test('is not told of fewer than five sessions', () => {
    const of = told(sessions, [{ ...month, mature: 4, sessions: 30 }]);

    expect(of.reading).toContain('With 4 matured sessions it is too early');
    expect(of.figure?.value).toBe('–');
    expect(of.charts).toEqual([]);
  });
});

describe('post-purchase revenue', () => {
  const revenue = {
    month: '2026-03',
    class: 'confirmation_upsell',
    booked_minor: 5_000,
    reversed_minor: -1_000,
    revenue_minor: 4_000,
  };
  const target = {
    quarter: '2026-Q1',
    shop: null,
    class: null,
    touch: null,
    category: null,
    owner: 'ada',
    target_minor: 10_000,
    budget_minor: null,
    revenue_minor: 4_000,
    reached: 0.4,
    elapsed: 0.5,
  };

  test('is read against the widest target of the quarter that runs', () => {
    const narrow = { ...target, class: 'partner_commission', reached: 0.01 };
    const later = { ...target, quarter: '2026-Q2', elapsed: 0, reached: 0 };

    const { reading } = told(postPurchaseRevenue, [revenue], [narrow, target, later]);

    expect(reading).toBe(
      'After the purchase €40.00 was earned in Mar 2026, net of what was taken back; 2026-Q1 has reached 40% of its target with 50% of its days gone.',
    );
  });

  test('names owner, budget and what was reached of every target', () => {
    const of = told(postPurchaseRevenue, [revenue], [target]);

    expect(rowIn(of, 1, 0)).toBe('2026-Q1 | ada | €100.00 | €40.00 | 40% | 50% | –');
  });

  test('shows targets before anything was earned', () => {
    const of = told(postPurchaseRevenue, [], [target]);

    expect(of.tables).toHaveLength(1);
  });
});

describe('what brought it', () => {
  test('names the channel and the touch that earned most', () => {
    const row = { orders: 3, booked_minor: 0, reversed_minor: 0 };
    const rows = [
      { ...row, channel: 'page', touch: null, revenue_minor: 9_000 },
      { ...row, channel: 'email', touch: 'care-guide', revenue_minor: 1_000 },
    ];

    const of = told(channels, rows);

    expect(of.reading).toBe(
      'Most of it came by the confirmation page (€90.00); the touch that earned most was care-guide (€10.00).',
    );
    expect(rowIn(of, 0, 0)).toContain('no touch | the confirmation page');
  });
});

describe('retention', () => {
  const day = (at: number, events: number, censored: number) => ({
    shop: 'hearth',
    day: at,
    events,
    censored,
  });
  const cohort = {
    shop: 'hearth',
    cohort: '2026-01',
    within_days: 90,
    customers: 4,
    repeat_customers: 3,
    is_complete: true,
  };

  test('is a Kaplan–Meier curve of those who come back, with who is left to look at', () => {
    const of = told(retention, [day(10, 2, 0), day(40, 2, 0), day(60, 0, 4)], []);

    // After 30 days 2 of 8; after 60 days 1 − 6/8 · 4/6.
    expect(rowIn(of, 0, 0)).toMatch(/^Hearth & Grain \| 30 \| 25% \| .* \| 6$/);
    expect(rowIn(of, 0, 1)).toMatch(/^Hearth & Grain \| 60 \| 50% \| .* \| 0$/);
    expect(of.reading).toContain('half have bought again after 40 days');
  });

  test('of fewer than five matured customers is not told', () => {
    const of = told(retention, [day(10, 1, 7)], [cohort]);

    expect(of.reading).toContain(
      'With 4 customers whose first purchase lies 90 days back it is too early',
    );
    expect(of.figure?.value).toBe('–');
    expect(rowIn(of, 1, 0)).not.toContain('%');
  });
});

describe('answers', () => {
  const nps = { shop: 'hearth', month: '2026-03', answers: 100, promoters: 60, detractors: 20 };

  test('of shops and months are added up, never averaged', () => {
    const of = told(voices, [nps, { ...nps, month: '2026-04', answers: 100, promoters: 20 }], []);

    expect(of.figure).toMatchObject({ value: '+20', note: '200 answers' });
  });

  test('of fewer than five say no score', () => {
    const of = told(voices, [{ ...nps, answers: 4, promoters: 4, detractors: 0 }], []);

    expect(of.reading).toContain('With 4 answers it is too early for a net promoter score');
    expect(rowIn(of, 0, 0)).toBe('Mar 2026 | Hearth & Grain | 4 | 4 | 0 | – | –');
  });
});

describe('rates of orders', () => {
  test('stand with their count and interval', () => {
    const asked = { shop: 'hearth', month: '2026-03', shipped_orders: 50, wismo_orders: 5 };

    const of = told(service, [asked], [], []);

    expect(of.reading).toContain(
      'Asked where their order is: 10% of 50 orders dispatched at least 14 days ago (4.3% to 21.4%)',
    );
    expect(of.reading).toContain('Came back, or is to: too early to say (0 ');
  });

  test('money that went back is in the currency of its orders', () => {
    const refunded = {
      shop: 'northside',
      month: '2026-03',
      currency: 'USD',
      orders: 10,
      refunded_orders: 1,
      charged_minor: 100_000,
      refunded_minor: 5_000,
    };

    const of = told(service, [], [], [refunded]);

    expect(rowIn(of, 0, 0)).toBe(
      'Mar 2026 | northside | 10 | 1 | 10% | US$1,000.00 | US$50.00 | 5%',
    );
  });
});

describe('what is expected', () => {
  test('says why a shop has no model', () => {
    const group = { shop: 'hearth', frequency: 0, recency: 0, age: 3, customers: 12 };

    const of = told(scores, [group], []);

    expect(of.reading).toContain(
      'nothing is expected yet (there are 12 customers; a fit takes 100)',
    );
    expect(rowIn(of, 0, 0)).toBe('Hearth & Grain | 12 | 0 | – | – | –');
  });
});

describe('cost', () => {
  test('is of messages and infrastructure, beside what the orders earned', () => {
    const row = {
      shop: 'hearth',
      month: '2026-03',
      orders: 10,
      messages: 60,
      sms_parts: 0,
      message_micro: 6_000,
      infrastructure_micro: 12_000,
      revenue_minor: 5_000,
      exponent: 2,
    };

    const of = told(cost, [row]);

    expect(of.reading).toBe(
      'An order has cost €0.0018 in messages and infrastructure, and post-purchase revenue is €5.00 an order, over 10 orders.',
    );
  });
});
