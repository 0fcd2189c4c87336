import type { Rows } from './lake-of-facts.ts';

/** Metrics computed from the facts without SQL, by the words of their definitions. One shop, in Europe/Berlin. */

const DAY = 86_400_000;

const berlin = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' });
const dayOf = (at: string): string => berlin.format(new Date(at));
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY);

const once = <Row extends { readonly fact_id: string }>(
  rows: readonly Row[] = [],
): readonly Row[] => [...new Map(rows.map((row) => [row.fact_id, row])).values()];

/** The latest fact of any kind, in epoch milliseconds. */
const latestOf = (rows: Rows): number =>
  Math.max(
    ...[
      rows.order_events,
      rows.touches,
      rows.message_events,
      rows.sessions,
      rows.service_signals,
    ].flatMap((facts = []) => facts.map(({ occurred_at }) => Date.parse(occurred_at))),
  );

const personOf = (rows: Rows): ((customer: string) => string) => {
  const next = new Map(
    (rows.customer_links ?? []).map((each) => [each.customer, each.merged_into]),
  );
  return (customer) => {
    let now = customer;
    for (let to = next.get(now); to !== undefined; to = next.get(now)) now = to;
    return now;
  };
};

/** Purchase days of every customer, in order. */
const purchaseDays = (rows: Rows): readonly (readonly string[])[] => {
  const person = personOf(rows);
  const cancelled = new Set(
    (rows.order_events ?? [])
      .filter(({ status }) => status === 'cancelled')
      .map(({ order_id }) => order_id),
  );
  const days = new Map<string, Set<string>>();
  for (const { customer, order_id, placed_at } of rows.order_lines ?? []) {
    if (customer === undefined || cancelled.has(order_id)) continue;
    const who = person(customer);
    days.set(who, (days.get(who) ?? new Set()).add(dayOf(placed_at)));
  }
  return [...days.values()].map((each) => [...each].toSorted());
};

export interface Retention {
  readonly cohort: string;
  readonly customers: number;
  readonly retained: number;
  readonly retention: number;
}

export const retention90d = (rows: Rows): readonly Retention[] => {
  const today = dayOf(new Date(latestOf(rows)).toISOString());
  const matured = purchaseDays(rows).filter(([first = '']) => daysBetween(first, today) >= 90);
  const cohorts = Map.groupBy(matured, ([first = '']) => first.slice(0, 7));
  return [...cohorts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([cohort, customers]) => {
      const retained = customers.filter(
        ([first = '', second]) => second !== undefined && daysBetween(first, second) <= 90,
      ).length;
      return {
        cohort,
        customers: customers.length,
        retained,
        retention: retained / customers.length,
      };
    });
};

/** Days to the second purchase, or how long there was none. */
export const secondPurchases = (
  rows: Rows,
): readonly { readonly time: number; readonly events: number; readonly censored: number }[] => {
  const today = dayOf(new Date(latestOf(rows)).toISOString());
  return purchaseDays(rows).map(([first = '', second]) => ({
    time: daysBetween(first, second ?? today),
    events: second === undefined ? 0 : 1,
    censored: second === undefined ? 1 : 0,
  }));
};

export interface SessionDay {
  readonly opened_on: string;
  readonly sessions: number;
  readonly page_views: number;
  readonly upsell_minor: number;
  readonly commission_minor: number;
  readonly revenue_per_session_minor: number;
}

export const revenuePerSession = (rows: Rows): readonly SessionDay[] => {
  const entries = once(rows.ledger_entries);
  const bookedAt = new Map(
    entries
      .filter(({ reverses }) => reverses === undefined)
      .map(({ entry_id, occurred_at }) => [entry_id, Date.parse(occurred_at)]),
  );
  const earned = (order: string, kind: string): number => {
    let sum = 0;
    for (const each of entries) {
      const of =
        each.credit_kind === 'session' ? (each.credit_order_id ?? each.order_id) : each.order_id;
      if (of !== order || each.class !== kind) continue;
      if (each.account !== 'revenue' && each.account !== 'commission') continue;
      const booked = bookedAt.get(each.reverses ?? each.entry_id);
      if (booked === undefined || Date.parse(each.occurred_at) - booked > 30 * DAY) continue;
      sum -= each.reporting_minor;
    }
    return sum;
  };
  const sessions = [...Map.groupBy(once(rows.sessions), ({ order_id }) => order_id)].map(
    ([order, seen]) => {
      const times = seen.map(({ occurred_at }) => Date.parse(occurred_at));
      const opened = Math.min(...times);
      return {
        opened_on: dayOf(new Date(opened).toISOString()),
        views: times.filter((at) => at - opened <= DAY).length,
        upsell: earned(order, 'confirmation_upsell'),
        commission: earned(order, 'partner_commission'),
      };
    },
  );
  const days = Map.groupBy(sessions, ({ opened_on }) => opened_on);
  return [...days]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([opened_on, of]) => {
      const upsell_minor = of.reduce((sum, { upsell }) => sum + upsell, 0);
      const commission_minor = of.reduce((sum, { commission }) => sum + commission, 0);
      return {
        opened_on,
        sessions: of.length,
        page_views: of.reduce((sum, { views }) => sum + views, 0),
        upsell_minor,
        commission_minor,
        revenue_per_session_minor: (upsell_minor + commission_minor) / of.length,
      };
    });
};

export interface NpsMonth {
  readonly month: string;
  readonly answers: number;
  readonly promoters: number;
  readonly detractors: number;
}

export const npsByMonth = (rows: Rows): readonly NpsMonth[] => {
  const answers = once(rows.service_signals).filter(
    ({ kind, survey }) => kind === 'survey_answered' && survey === 'nps',
  );
  const last = [...Map.groupBy(answers, ({ order_id, fact_id }) => order_id ?? fact_id).values()]
    .map((several) =>
      several.reduce((a, b) =>
        a.occurred_at > b.occurred_at || (a.occurred_at === b.occurred_at && a.fact_id > b.fact_id)
          ? a
          : b,
      ),
    )
    .map(({ occurred_at, score = 0 }) => ({ month: dayOf(occurred_at).slice(0, 7), score }));
  const months = Map.groupBy(last, ({ month }) => month);
  return [...months]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, of]) => ({
      month,
      answers: of.length,
      promoters: of.filter(({ score }) => score >= 9).length,
      detractors: of.filter(({ score }) => score <= 6).length,
    }));
};
