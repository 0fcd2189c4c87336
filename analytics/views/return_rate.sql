-- Return rate
--
-- definition: Of the orders that were delivered in a month, and whose return window and 14 days more have passed, the share with a
--   return that was asked for or received.
-- grain: a shop and month of delivery
-- pitfalls: By delivery cohort: returns of this month belong to deliveries of earlier ones. Younger orders are left out, not counted
--   as kept. An order with anything outstanding is not delivered yet.
-- question: How much of what we deliver comes back?
-- columns:
--   shop string: Key of the shop
--   cohort string: Month of delivery in the shop's time zone, 2026-03
--   delivered_orders bigint: Whose return window and 14 days have passed
--   returned_orders bigint: Of them those with a return asked for or received
--   received_orders bigint: Of them those of which something came back
--   return_rate double: returned_orders / delivered_orders
with returned as (
  select
    shop,
    order_id,
    bool_or(kind = 'return_received') as is_received
  from signals
  where kind in ('return_requested', 'return_received') and order_id is not null
  group by shop, order_id
),

delivered as (
  select
    o.shop,
    o.order_id,
    substr(
      cast(cast(at_timezone(with_timezone(o.delivered_at, 'UTC'), coalesce(s.time_zone, 'UTC')) as date) as varchar), 1, 7
    ) as cohort
  from orders as o
  cross join as_of as n
  left join config_shops as s on s.shop = o.shop
  left join config_windows as w on w.shop = o.shop
  where o.delivered_at is not null
    and date_diff('millisecond', o.delivered_at, n.latest_at) >= (coalesce(w.return_days, 30) + 14) * bigint '86400000'
)

select
  d.shop,
  d.cohort,
  count(*) as delivered_orders,
  count(r.order_id) as returned_orders,
  count(*) filter (where coalesce(r.is_received, false)) as received_orders,
  cast(count(r.order_id) as double) / count(*) as return_rate
from delivered as d
left join returned as r on r.shop = d.shop and r.order_id = d.order_id
group by d.shop, d.cohort
