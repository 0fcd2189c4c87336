import type { FactName } from '#core/contracts/facts.ts';
import type { HandmadeRow } from '#rehearsal/lake/open-lake.ts';

type Of<Name extends FactName> = HandmadeRow<Name>;
type Some<Name extends FactName> = Partial<Of<Name>>;

const shop = 'hearth';

/** Facts of one shop with what a test does not care for filled in; ids follow from what is given. */
export const line = (
  order_id: string,
  occurred_at: string,
  rest: Some<'order_lines'> = {},
): Of<'order_lines'> => ({
  fact_id: `${order_id}.${rest.line_id ?? '1'}`,
  shop,
  order_id,
  occurred_at,
  line_id: '1',
  placed_at: occurred_at,
  sku: 'MUG',
  kind: 'physical',
  quantity: 1,
  total_minor: 1_000,
  currency: 'EUR',
  class: 'primary',
  is_gift: false,
  ...rest,
});

export const happened = (
  type: string,
  order_id: string,
  occurred_at: string,
  rest: Some<'order_events'> = {},
): Of<'order_events'> => ({
  fact_id: `${type}.${order_id}.${occurred_at}`,
  shop,
  order_id,
  occurred_at,
  type,
  status: 'open',
  ...rest,
});

export const entry = (
  entry_id: string,
  order_id: string,
  occurred_at: string,
  earned: number,
  rest: Some<'ledger_entries'> = {},
): Of<'ledger_entries'> => ({
  fact_id: entry_id,
  shop,
  order_id,
  occurred_at,
  transaction_id: `t.${entry_id}`,
  transaction_type: rest.reverses === undefined ? 'sale' : 'refund',
  entry_id,
  account: 'revenue',
  kind: 'goods',
  class: 'primary',
  amount_minor: -earned,
  currency: 'EUR',
  exponent: 2,
  reporting_minor: -earned,
  reporting_currency: 'EUR',
  reporting_exponent: 2,
  ...rest,
});

export const pageView = (
  order_id: string,
  occurred_at: string,
  rest: Some<'sessions'> = {},
): Of<'sessions'> => ({
  fact_id: `v.${order_id}.${occurred_at}`,
  shop,
  order_id,
  occurred_at,
  session_id: `s.${order_id}`,
  kind: 'viewed',
  ...rest,
});

export const signal = (
  kind: string,
  occurred_at: string,
  rest: Some<'service_signals'> = {},
): Of<'service_signals'> => ({
  fact_id: `${kind}.${occurred_at}.${rest.order_id ?? ''}.${rest.score ?? ''}`,
  shop,
  occurred_at,
  kind,
  ...rest,
});

export const link = (customer: string, merged_into: string): Of<'customer_links'> => ({
  fact_id: `${customer}>${merged_into}`,
  shop,
  occurred_at: '2026-01-01T00:00:00.000Z',
  customer,
  merged_into,
});

export const decided = (
  touch: string,
  order_id: string,
  occurred_at: string,
  rest: Some<'touches'> = {},
): Of<'touches'> => ({
  fact_id: `${touch}.${order_id}.${rest.turn ?? 1}`,
  shop,
  order_id,
  occurred_at,
  touch,
  touch_id: touch,
  purpose: 'marketing',
  turn: 1,
  decision: 'send',
  ...rest,
});

export const messaged = (
  kind: string,
  touch: string,
  order_id: string,
  occurred_at: string,
  rest: Some<'message_events'> = {},
): Of<'message_events'> => ({
  fact_id: `${kind}.${touch}.${order_id}`,
  shop,
  order_id,
  occurred_at,
  touch,
  touch_id: touch,
  channel: 'email',
  message_id: `m.${touch}.${order_id}`,
  kind,
  in_doubt: false,
  ...rest,
});

export const shown = (
  offer_id: string,
  order_id: string,
  occurred_at: string,
  rest: Some<'impressions'> = {},
): Of<'impressions'> => ({
  fact_id: `${rest.kind ?? 'shown'}.${offer_id}.${order_id}`,
  shop,
  order_id,
  occurred_at,
  session_id: `s.${order_id}`,
  impression_id: `i.${offer_id}.${order_id}`,
  offer_id,
  kind: 'shown',
  ...rest,
});

export const exposed = (
  customer: string,
  arm: string,
  occurred_at: string,
  rest: Some<'exposures'> = {},
): Of<'exposures'> => ({
  fact_id: `${customer}.${arm}.${occurred_at}`,
  shop,
  occurred_at,
  customer,
  experiment: 'holdout',
  arm,
  ...rest,
});
