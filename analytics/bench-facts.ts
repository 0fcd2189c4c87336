/** Days that the orders are spread over. */
const DAYS = 450;

/** Lines an order has on average, and orders a customer. */
const LINES_AN_ORDER = 2.5;
const ORDERS_A_CUSTOMER = 2.4;

/** The partition of a fact that arrives as it happens. */
const day = (at: string): string => `cast(cast(${at} as date) as varchar) as dt`;

/**
 * DuckDB statements that make up about so many order lines and what goes with them: 1.3 events, 5 touches with 10
 * message events, 1.6 views of the page and 2.7 impressions an order, two ledger entries a line, 8 % of orders
 * refunded, and one customer in a hundred merged.
 */
export const benchFacts = (lines: number): readonly string[] => {
  const orders = Math.round(lines / LINES_AN_ORDER);
  const customers = Math.round(orders / ORDERS_A_CUSTOMER);
  return [
    bookedOrders(orders, customers),
    ...orderFacts,
    ...ledgerFacts,
    ...messageFacts,
    ...pageFacts,
    ...customerFacts(customers),
  ];
};

const bookedOrders = (orders: number, customers: number): string => `create temp table booked as
  select i, case when i % 4 = 0 then 'northside' else 'hearth' end as shop, 'o' || i as order_id,
    case when i % 10 > 0 then 'c' || (hash(i) % ${customers}) end as customer, hash(i * 3) % 100 as roll,
    timestamp '2025-01-01' + to_milliseconds(cast(hash(i * 7) % (${DAYS} * 86400000::bigint) as bigint)) as placed_at
  from range(${orders}) r(i)`;

const orderFacts = [
  `insert into order_lines by name
    select 'l' || i || '.' || k as fact_id, shop, placed_at as occurred_at, order_id, customer, 'l' || k as line_id,
      placed_at, 'sku' || (hash(i * 11 + k) % 5000) as sku, 'category' || (hash(i * 11 + k) % 40) as category,
      'physical' as kind, 1 + hash(k + i) % 3 as quantity, 500 + hash(i * 13 + k) % 20000 as total_minor,
      case shop when 'hearth' then 'EUR' else 'USD' end as currency, 'DE' as country, false as is_gift,
      case when k > 0 or roll >= 15 then 'primary' when roll < 8 then 'confirmation_upsell' else 'followup_crosssell' end
        as class, ${day('placed_at')}
    from booked, range(4) s(k) where k < 1 + hash(i * 5) % 4`,
  `insert into order_events by name
    select type || order_id as fact_id, shop, placed_at + to_hours(hours) as occurred_at, order_id, type, status,
      'p1' as parcel_id, case type when 'RefundIssued' then 900 end as amount_minor,
      ${day('placed_at + to_hours(hours)')}
    from booked, (values ('OrderPlaced', 'open', 0, 0, 100), ('ShipmentDispatched', 'dispatched', 30, 0, 97),
      ('ShipmentDelivered', 'delivered', 90, 0, 95), ('SurveyAnswered', 'delivered', 300, 0, 20),
      ('ReturnRequested', 'delivered', 200, 0, 9), ('RefundIssued', 'delivered', 400, 0, 8),
      ('OrderCancelled', 'cancelled', 5, 97, 100)) e(type, status, hours, above, upto)
    where roll >= above and roll < upto`,
];

const ledgerFacts = [
  `insert into ledger_entries by name
    select fact_id || side as fact_id, shop, occurred_at, order_id, 't' || order_id as transaction_id,
      'sale' as transaction_type, fact_id || side as entry_id, side as account, 'goods' as kind, class, line_id, sku,
      category, sign * total_minor as amount_minor, currency, 2 as exponent, sign * total_minor as reporting_minor,
      'EUR' as reporting_currency, 2 as reporting_exponent,
      case class when 'confirmation_upsell' then 'session' when 'followup_crosssell' then 'touch' end as credit_kind,
      case class when 'confirmation_upsell' then 's' || order_id when 'followup_crosssell' then 'care-guide' end
        as credit_id,
      case when class <> 'primary' then order_id end as credit_order_id,
      case class when 'followup_crosssell' then 'care-guide' end as credit_touch,
      case class when 'followup_crosssell' then 'email' end as credit_channel, dt
    from order_lines, (values ('revenue', -1), ('receivable', 1)) a(side, sign)`,
  `insert into ledger_entries by name
    select * replace ('r' || fact_id as fact_id, occurred_at + to_days(20) as occurred_at,
      'r' || transaction_id as transaction_id, 'refund' as transaction_type, 'r' || entry_id as entry_id,
      -amount_minor as amount_minor, -reporting_minor as reporting_minor, entry_id as reverses)
    from ledger_entries where hash(order_id) % 100 < 8`,
];

const messageFacts = [
  `insert into touches by name
    select 'd' || order_id || touch as fact_id, shop, placed_at + to_hours(hours) as occurred_at, order_id, customer,
      touch, touch as touch_id, 'service' as purpose, 1 as turn, case when roll < 5 then 'drop' else 'send' end as decision,
      'email' as channel, case when roll < 5 then 'holdout' end as reason, ${day('placed_at + to_hours(hours)')}
    from booked, (values ('order-confirmation', 0), ('dispatch-notice', 30), ('delivery-notice', 90), ('care-guide', 120),
      ('satisfaction-survey', 320)) t(touch, hours)`,
  `insert into message_events by name
    select 'm' || fact_id || happened as fact_id, shop, occurred_at + to_minutes(minutes) as occurred_at, order_id, touch,
      touch_id, channel, 'm' || fact_id as message_id, happened as kind, false as in_doubt,
      'name,offers' as personalised, dt
    from touches, (values ('sent', 1, 100), ('delivered', 2, 98), ('clicked', 60, 10)) k(happened, minutes, upto)
    where decision = 'send' and hash(fact_id) % 100 < upto`,
];

const pageFacts = [
  `insert into sessions by name
    select 's' || order_id || kind as fact_id, shop, placed_at + to_minutes(minutes) as occurred_at, order_id,
      's' || order_id as session_id, kind, ${day('placed_at')}
    from booked, (values ('opened', 1), ('viewed', 50)) k(kind, minutes) where roll < 80`,
  `insert into impressions by name
    select 'i' || order_id || slot || kind as fact_id, shop, placed_at + to_minutes(2) as occurred_at, order_id,
      's' || order_id as session_id, 'i' || order_id || slot as impression_id,
      'offer' || (hash(i * 17 + slot) % 200) as offer_id, case slot when 1 then 'partner' else 'upsell' end as offer_type,
      case slot when 1 then 'partner' || (i % 7) end as partner, kind, slot, ${day('placed_at')}
    from booked, range(1, 4) s(slot), (values ('shown', 80), ('clicked', 8), ('accepted', 4)) k(kind, upto)
    where roll < upto`,
];

const customerFacts = (customers: number): readonly string[] => [
  `insert into service_signals by name
    select 'g' || order_id || kind as fact_id, shop, placed_at + to_hours(hours) as occurred_at, customer, order_id, kind,
      'where-is-my-order' as topic,
      case when kind <> 'survey_answered' then null when shop = 'northside' then 'csat' else 'nps' end as survey,
      case when kind <> 'survey_answered' then null when shop = 'northside' then 1 + hash(i * 19) % 5
        else hash(i * 19) % 11 end as score,
      ${day('placed_at + to_hours(hours)')}
    from booked, (values ('case_opened', 60, 6), ('return_requested', 200, 9), ('survey_answered', 300, 20)) k(kind, hours, upto)
    where roll < upto`,
  `insert into exposures by name
    select 'e' || order_id as fact_id, shop, placed_at + to_hours(1) as occurred_at, customer, 'holdout' as experiment,
      case when hash(customer) % 100 < 5 then 'holdout' else 'treated' end as arm, ${day('placed_at')}
    from booked where customer is not null`,
  `insert into customer_links by name
    select 'k' || i as fact_id, 'hearth' as shop, timestamp '2025-06-01' as occurred_at, 'c' || (i * 2) as customer,
      'c' || (i * 2 + 1) as merged_into, '2025-06-01' as dt
    from range(${Math.round(customers / 100)}) r(i)`,
];
