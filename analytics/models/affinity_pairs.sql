-- Pairs of a day
--
-- definition: Products that were in one order, by order day. A basket counts the same however large it is: each of its
--   products shares a weight of 1 among the others.
-- grain: two products and a day, the one that sorts first as sku
-- pitfalls: A day that is computed again is there again: affinity_days says which of them counts.
-- question: What was bought together on that day?
-- columns:
--   shop string: Key of the shop
--   order_day string: Of the orders, in the shop's time zone
--   sku string: The product that sorts first
--   with_sku string: The other
--   weight double: Sum over the orders of 1 / (products of the order - 1)
--   orders bigint: Orders that have both
--   computed_at timestamp: Of the run, UTC
--   order_month string: Of order_day, the partition
insert into affinity_pairs
with basket as ({{baskets}})

select
  a.shop,
  a.order_day,
  a.sku,
  b.sku as with_sku,
  sum(1e0 / (a.size - 1)) as weight,
  count(*) as orders,
  cast(current_timestamp as timestamp) as computed_at,
  substr(a.order_day, 1, 7) as order_month
from basket as a
join basket as b on b.shop = a.shop and b.order_id = a.order_id and b.sku > a.sku
where a.place <= a.size and b.place <= b.size
group by a.shop, a.order_day, a.sku, b.sku
