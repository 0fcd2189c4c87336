-- Customer value
--
-- definition: What customers who first bought in a month earned the shop within so many days, net of everything taken back until
--   now; only customers who were observed that long.
-- grain: a shop, month of the first purchase, and number of days
-- pitfalls: Revenue, not margin. The orders of the last weeks still have their returns before them.
-- question: What is a new customer worth after a quarter, half a year, a year?
-- columns:
--   shop string: Key of the shop
--   cohort string: Month of the first purchase, 2026-03
--   within_days int: 30, 90, 180 or 365
--   customers bigint: Observed for that long
--   order_count bigint: Their orders within it
--   revenue_minor bigint: Minor units of the reporting currency
--   revenue_per_customer_minor double: revenue_minor / customers
--   is_complete boolean: Whether every customer of the month has been observed for that long
with valued as (
  select
    b.shop,
    substr(cast(min(b.first_on) as varchar), 1, 7) as cohort,
    min(date_diff('day', b.first_on, b.today)) as observed_days,
    count(*) filter (where date_diff('day', b.first_on, o.placed_on) <= 30) as orders_30,
    count(*) filter (where date_diff('day', b.first_on, o.placed_on) <= 90) as orders_90,
    count(*) filter (where date_diff('day', b.first_on, o.placed_on) <= 180) as orders_180,
    count(*) filter (where date_diff('day', b.first_on, o.placed_on) <= 365) as orders_365,
    sum(r.revenue_minor) filter (where date_diff('day', b.first_on, o.placed_on) <= 30) as revenue_30,
    sum(r.revenue_minor) filter (where date_diff('day', b.first_on, o.placed_on) <= 90) as revenue_90,
    sum(r.revenue_minor) filter (where date_diff('day', b.first_on, o.placed_on) <= 180) as revenue_180,
    sum(r.revenue_minor) filter (where date_diff('day', b.first_on, o.placed_on) <= 365) as revenue_365
  from buyers as b
  join orders as o on o.shop = b.shop and o.customer = b.customer and not o.is_cancelled
  left join order_revenue as r on r.shop = o.shop and r.order_id = o.order_id
  group by b.shop, b.customer
),

windows as (
  select
    v.shop,
    v.cohort,
    w.days as within_days,
    v.observed_days >= w.days as is_mature,
    case w.days
      when 30 then v.orders_30
      when 90 then v.orders_90
      when 180 then v.orders_180
      else v.orders_365
    end as order_count,
    case w.days
      when 30 then v.revenue_30
      when 90 then v.revenue_90
      when 180 then v.revenue_180
      else v.revenue_365
    end as revenue_minor
  from valued as v
  cross join (values (30), (90), (180), (365)) as w (days)
)

select
  shop,
  cohort,
  within_days,
  count(*) filter (where is_mature) as customers,
  cast(coalesce(sum(order_count) filter (where is_mature), 0) as bigint) as order_count,
  cast(coalesce(sum(revenue_minor) filter (where is_mature), 0) as bigint) as revenue_minor,
  cast(coalesce(sum(revenue_minor) filter (where is_mature), 0) as double)
    / nullif(count(*) filter (where is_mature), 0) as revenue_per_customer_minor,
  bool_and(is_mature) as is_complete
from windows
group by shop, cohort, within_days
