-- Computed days
--
-- definition: Which run of a day counts: written once pairs and products of the day are there, and only then. A run
--   that failed half-way, or an attempt of one that was repeated, is in no row here.
-- grain: a day of a shop and a run
-- pitfalls: The newest of a day counts. Without orders a day has its row too: whatever it had before counts no more.
-- question: What is computed, and when was that?
-- columns:
--   shop string: Key of the shop
--   order_day string: The day
--   orders bigint: Its orders that count
--   pairs_at timestamp: computed_at of its pairs
--   skus_at timestamp: computed_at of its products
--   computed_at timestamp: When its last part was computed, UTC
--   order_month string: Of order_day, the partition
insert into affinity_days
with basket as ({{baskets}}),

-- Athena takes parameters in WHERE alone: of all days of the window those that were computed.
days as (
  select s.shop, cast(d.day as varchar) as order_day
  from config_shops as s
  cross join unnest(
    sequence(date_add('day', -{{windowDays}}, current_date), current_date, interval '1' day)
  ) as d (day)
  where contains(split(?, ','), cast(d.day as varchar))
),

placed as (
  select shop, order_day, count(distinct order_id) as orders
  from basket
  group by shop, order_day
),

pairs as (
  select shop, order_day, max(computed_at) as computed_at
  from affinity_pairs
  where order_month >= substr(?, 1, 7) and computed_at >= cast(from_iso8601_timestamp(?) as timestamp)
  group by shop, order_day
),

skus as (
  select shop, order_day, max(computed_at) as computed_at
  from affinity_skus
  where order_month >= substr(?, 1, 7) and computed_at >= cast(from_iso8601_timestamp(?) as timestamp)
  group by shop, order_day
)

select
  d.shop,
  d.order_day,
  coalesce(o.orders, 0) as orders,
  coalesce(p.computed_at, timestamp '1970-01-01 00:00:00') as pairs_at,
  coalesce(k.computed_at, timestamp '1970-01-01 00:00:00') as skus_at,
  cast(current_timestamp as timestamp) as computed_at,
  substr(d.order_day, 1, 7) as order_month
from days as d
left join placed as o on o.shop = d.shop and o.order_day = d.order_day
left join pairs as p on p.shop = d.shop and p.order_day = d.order_day
left join skus as k on k.shop = d.shop and k.order_day = d.order_day
