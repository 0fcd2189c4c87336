-- Refund rate
--
-- definition: Of the orders placed in a month the share with a refund, and of what their customers were charged the share that was
--   paid back.
-- grain: a shop, month in which the orders were placed, and currency
-- pitfalls: Recent months are still to grow. Whatever the reason: cancelled, returned, lost, goodwill. What was charged is what the
--   ledger booked as sold, shipping and tax included.
-- question: How much money goes back to customers?
-- columns:
--   shop string: Key of the shop
--   month string: Of the order in the shop's time zone, 2026-03
--   currency string: Of the orders, ISO 4217
--   orders bigint: Orders placed, cancelled ones too
--   refunded_orders bigint: Of them those with a refund
--   refund_rate double: refunded_orders / orders
--   charged_minor bigint: Minor units of currency
--   refunded_minor bigint: Minor units of currency
--   refunded_share double: refunded_minor / charged_minor
with refunds as (
  select shop, order_id, cast(sum(amount_minor) as bigint) as refunded_minor
  from (
    select shop, fact_id, arbitrary(order_id) as order_id, arbitrary(amount_minor) as amount_minor
    from order_events
    where type = 'RefundIssued'
    group by shop, fact_id
  ) as events
  group by shop, order_id
),

charges as (
  select shop, order_id, cast(sum(amount_minor) as bigint) as charged_minor
  from ledger
  where account = 'receivable' and transaction_type in ('sale', 'amendment') and amount_minor > 0
  group by shop, order_id
)

select
  o.shop,
  substr(cast(o.placed_on as varchar), 1, 7) as month,
  o.currency,
  count(*) as orders,
  count(r.order_id) as refunded_orders,
  cast(count(r.order_id) as double) / count(*) as refund_rate,
  cast(coalesce(sum(c.charged_minor), 0) as bigint) as charged_minor,
  cast(coalesce(sum(r.refunded_minor), 0) as bigint) as refunded_minor,
  cast(coalesce(sum(r.refunded_minor), 0) as double) / nullif(sum(c.charged_minor), 0) as refunded_share
from orders as o
left join refunds as r on r.shop = o.shop and r.order_id = o.order_id
left join charges as c on c.shop = o.shop and c.order_id = o.order_id
group by 1, 2, 3
