-- Products of a day
--
-- definition: Orders of each product, by order day.
-- grain: a product and a day
-- pitfalls: As of the pairs: affinity_days says which run counts. Products beyond the cap of a basket count here.
-- question: How often was it ordered on that day?
-- columns:
--   shop string: Key of the shop
--   order_day string: Of the orders, in the shop's time zone
--   sku string: The product
--   category string: Of the product, absent where no line says it
--   orders bigint: Orders that have it
--   computed_at timestamp: Of the run, UTC
--   order_month string: Of order_day, the partition
insert into affinity_skus
with basket as ({{baskets}})

select
  shop,
  order_day,
  sku,
  max(category) as category,
  count(*) as orders,
  cast(current_timestamp as timestamp) as computed_at,
  substr(order_day, 1, 7) as order_month
from basket
group by shop, order_day, sku
