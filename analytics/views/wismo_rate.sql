-- WISMO rate
--
-- definition: Of the orders whose first parcel left at least 14 days ago, the share with a case about where the order is. Which
--   topics these are is configuration (metrics.wismoTopics).
-- grain: a shop and month of dispatch
-- pitfalls: Several cases about one order count once. A case that names no order, and one about an order that never left, is not
--   in the rate. Topics are compared as the service desk writes them, in any case.
-- question: How many customers have to ask where their order is?
-- columns:
--   shop string: Key of the shop
--   month string: Of the first dispatch in the shop's time zone, 2026-03
--   shipped_orders bigint: Dispatched at least 14 days ago
--   wismo_orders bigint: Of them those with such a case
--   wismo_rate double: wismo_orders / shipped_orders
with asked as (
  select distinct g.shop, g.order_id
  from signals as g
  join config_wismo_topics as t on t.topic = lower(g.topic)
  where g.kind = 'case_opened' and g.order_id is not null
),

shipped as (
  select
    o.shop,
    o.order_id,
    substr(
      cast(cast(at_timezone(with_timezone(o.dispatched_at, 'UTC'), coalesce(s.time_zone, 'UTC')) as date) as varchar), 1, 7
    ) as month
  from orders as o
  cross join as_of as n
  left join config_shops as s on s.shop = o.shop
  where o.dispatched_at is not null
    and date_diff('millisecond', o.dispatched_at, n.latest_at) >= 14 * bigint '86400000'
)

select
  s.shop,
  s.month,
  count(*) as shipped_orders,
  count(a.order_id) as wismo_orders,
  cast(count(a.order_id) as double) / count(*) as wismo_rate
from shipped as s
left join asked as a on a.shop = s.shop and a.order_id = s.order_id
group by s.shop, s.month
