import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decided, entry, happened, line, messaged, pageView, shown } from './facts.ts';
import { LakeOfFacts } from './lake-of-facts.ts';

let lake: LakeOfFacts;
beforeAll(async () => {
  lake = await LakeOfFacts.open();
});
afterAll(() => lake.close());

const january = (day: number, hour = 12): string =>
  new Date(Date.UTC(2026, 0, day, hour)).toISOString();

/** So that everything of January has matured. */
const later = happened('ShipmentUpdated', 'late', january(300));

describe('revenue per session', () => {
  test('counts sessions that earned nothing, and views of 24 hours', async () => {
    await lake.hold({
      order_lines: [line('a', january(1))],
      sessions: [
        pageView('a', january(1), { kind: 'opened' }),
        pageView('a', january(2)),
        pageView('a', january(2, 13)),
        pageView('b', january(1), { kind: 'opened' }),
      ],
      ledger_entries: [
        entry('u', 'a', january(1, 13), 900, { class: 'confirmation_upsell' }),
        entry('early', 'a', january(20), -300, { class: 'confirmation_upsell', reverses: 'u' }),
        entry('late', 'a', january(40), -300, { class: 'confirmation_upsell', reverses: 'u' }),
        entry('k', 'a', january(20), 100, { class: 'partner_commission', account: 'commission' }),
      ],
      order_events: [later],
    });

    expect(
      await lake.ask(
        `select sessions, page_views, upsell_minor, commission_minor, revenue_per_session_minor, revenue_per_view_minor, is_mature
          from revenue_per_session`,
      ),
    ).toEqual([
      {
        sessions: 2,
        page_views: 3,
        upsell_minor: 600,
        commission_minor: 100,
        revenue_per_session_minor: 350,
        revenue_per_view_minor: 700 / 3,
        is_mature: true,
      },
    ]);
  });
});

describe('post-purchase revenue', () => {
  const upsell = { class: 'confirmation_upsell', credit_kind: 'session', credit_id: 's' } as const;

  test('is without the primary sale, in the shop’s month, and meets its targets', async () => {
    await lake.hold({
      ledger_entries: [
        entry('p', 'a', january(3), 9_000),
        entry('u', 'a', '2025-12-31T23:30:00.000Z', 2_500, upsell),
        entry('r', 'a', january(9), -500, { ...upsell, reverses: 'u' }),
        entry('s', 'a', january(3), 400, { ...upsell, account: 'shipping' }),
      ],
      order_events: [happened('ShipmentUpdated', 'x', '2026-02-14T12:00:00.000Z')],
    });

    expect(
      await lake.ask(
        'select quarter, month, class, channel, booked_minor, reversed_minor, revenue_minor, orders from post_purchase_revenue',
      ),
    ).toEqual([
      {
        quarter: '2026-Q1',
        month: '2026-01',
        class: 'confirmation_upsell',
        channel: 'page',
        booked_minor: 2_500,
        reversed_minor: -500,
        revenue_minor: 2_000,
        orders: 1,
      },
    ]);
    expect(
      await lake.ask(
        'select owner, revenue_minor, reached, elapsed from revenue_targets order by owner',
      ),
    ).toEqual([
      { owner: 'ada', revenue_minor: 2_000, reached: 0.2, elapsed: 0.5 },
      { owner: 'bob', revenue_minor: 0, reached: 0, elapsed: 0.5 },
    ]);
  });
});

describe('touches', () => {
  test('are followed from the decision to the order that they are credited with', async () => {
    const credit = {
      credit_kind: 'touch',
      credit_id: 'cross-sell',
      credit_order_id: 'a',
      class: 'followup_crosssell',
    } as const;
    await lake.hold({
      touches: [
        decided('cross-sell', 'a', january(5), { decision: 'hold', reason: 'quiet-hours' }),
        decided('cross-sell', 'a', january(6), { turn: 2, channel: 'email' }),
        decided('cross-sell', 'b', january(5), { decision: 'drop', reason: 'holdout' }),
      ],
      message_events: ['sent', 'delivered', 'clicked', 'clicked'].map((kind) =>
        messaged(kind, 'cross-sell', 'a', january(6, 13)),
      ),
      ledger_entries: [entry('1', 'later', january(8), 700, credit)],
    });

    expect(
      await lake.ask(
        `select week, channel, decided, sent, delivered, clicked, held, dropped, credited_orders, revenue_minor, click_rate
          from touch_funnel order by channel`,
      ),
    ).toEqual([
      {
        week: '2026-01-05',
        channel: 'email',
        decided: 1,
        sent: 1,
        delivered: 1,
        clicked: 1,
        held: 1,
        dropped: 0,
        credited_orders: 1,
        revenue_minor: 700,
        click_rate: 1,
      },
      {
        week: '2026-01-05',
        channel: 'none',
        decided: 1,
        sent: 0,
        delivered: 0,
        clicked: 0,
        held: 0,
        dropped: 1,
        credited_orders: 0,
        revenue_minor: 0,
        click_rate: null,
      },
    ]);
    expect(
      await lake.ask('select decision, reason, touches from touch_refusals order by decision'),
    ).toEqual([
      { decision: 'drop', reason: 'holdout', touches: 1 },
      { decision: 'hold', reason: 'quiet-hours', touches: 1 },
    ]);
  });

  test('cost what the configuration says, SMS by the part', async () => {
    await lake.hold({
      order_lines: [line('a', january(1)), line('b', january(1))],
      message_events: [
        messaged('sent', 'order-confirmation', 'a', january(1), { personalised: 'name,lines' }),
        messaged('sent', 'delay-notice', 'a', january(2), { channel: 'sms', segments: 2 }),
      ],
    });

    expect(
      await lake.ask(
        'select orders, messages, sms_parts, message_micro, cost_per_order from cost_per_order',
      ),
    ).toEqual([
      {
        orders: 2,
        messages: 2,
        sms_parts: 2,
        message_micro: 24_100,
        cost_per_order: (24_100 + 2 * 1_200) / 2 / 1_000_000,
      },
    ]);
    expect(
      await lake.ask(
        'select touch, coverage, elements_per_message from personalisation_coverage order by touch',
      ),
    ).toEqual([
      { touch: 'delay-notice', coverage: 0, elements_per_message: 0 },
      { touch: 'order-confirmation', coverage: 1, elements_per_message: 2 },
    ]);
  });
});

describe('offers', () => {
  test('are one showing each, and partners earn what is confirmed', async () => {
    const partner = { partner: 'roaster', offer_type: 'partner' } as const;
    await lake.hold({
      impressions: [
        shown('o1', 'a', january(1), { ...partner, slot: 1 }),
        shown('o1', 'a', january(1), { kind: 'clicked' }),
        shown('o1', 'b', january(1), { ...partner, slot: 2 }),
      ],
      ledger_entries: [
        entry('k', 'a', january(9), 300, {
          account: 'commission',
          class: 'partner_commission',
          credit_offer_id: 'o1',
        }),
      ],
    });

    expect(
      await lake.ask(
        'select offer_id, shown, clicked, click_rate, mean_slot, revenue_minor from offer_performance',
      ),
    ).toEqual([
      { offer_id: 'o1', shown: 2, clicked: 1, click_rate: 0.5, mean_slot: 1.5, revenue_minor: 300 },
    ]);
    expect(
      await lake.ask(
        'select partner, sessions, commission_minor, commission_per_session_minor from partner_yield',
      ),
    ).toEqual([
      {
        partner: 'roaster',
        sessions: 2,
        commission_minor: 300,
        commission_per_session_minor: 150,
      },
    ]);
  });
});
