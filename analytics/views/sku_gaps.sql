-- Gaps between purchases of a product
--
-- definition: How many days pass between two purchase days of one product by one customer.
-- grain: a shop and product
-- pitfalls: Only customers who bought it twice: who has not come back yet is missing, so young products look quick. The spread within
--   customers and between them is in variance_ln.
-- question: When does a product run out?
-- columns:
--   shop string: Key of the shop
--   sku string: The product
--   gaps bigint: Between two purchase days in a row
--   customers bigint: Who bought it on two days or more
--   mean_gap_days double: Of the gaps
--   mean_ln double: Mean of the logarithm of the gap in days
--   variance_ln double: Variance of it; absent with one gap
with days as (
  select distinct o.shop, o.customer, l.sku, o.placed_on as day
  from lines as l
  join orders as o on o.shop = l.shop and o.order_id = l.order_id
  where o.customer is not null and not o.is_cancelled
),

gaps as (
  select
    shop,
    customer,
    sku,
    date_diff('day', lag(day) over (partition by shop, customer, sku order by day), day) as gap
  from days
)

select
  shop,
  sku,
  count(*) as gaps,
  count(distinct customer) as customers,
  avg(cast(gap as double)) as mean_gap_days,
  avg(ln(cast(gap as double))) as mean_ln,
  case when count(*) > 1 then var_samp(ln(cast(gap as double))) end as variance_ln
from gaps
where gap is not null
group by shop, sku
