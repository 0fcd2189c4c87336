-- Category affinity
--
-- definition: Which categories are bought by the same customers, and in the same orders.
-- grain: a shop and ordered pair of categories
-- pitfalls: Big categories go with everything: divide by what each has alone. Customers without a known identity count in orders only.
-- question: What do buyers of one category buy besides?
-- columns:
--   shop string: Key of the shop
--   category string: Of which one is a buyer
--   with_category string: What they buy besides
--   orders_with_both bigint: Orders with both
--   orders bigint: Orders with category
--   customers_with_both bigint: Customers who bought both, at any time
--   customers bigint: Customers who bought category
with bought as (
  select distinct l.shop, l.order_id, o.customer, l.category
  from lines as l
  join orders as o on o.shop = l.shop and o.order_id = l.order_id
  where l.category is not null and not o.is_cancelled
),

owned as (
  select distinct shop, customer, category
  from bought
  where customer is not null
),

order_pairs as (
  select a.shop, a.category, b.category as with_category, count(*) as n
  from bought as a
  join bought as b on b.shop = a.shop and b.order_id = a.order_id and b.category <> a.category
  group by a.shop, a.category, b.category
),

customer_pairs as (
  select a.shop, a.category, b.category as with_category, count(*) as n
  from owned as a
  join owned as b on b.shop = a.shop and b.customer = a.customer and b.category <> a.category
  group by a.shop, a.category, b.category
),

order_counts as (
  select shop, category, count(*) as n
  from bought
  group by shop, category
),

customer_counts as (
  select shop, category, count(*) as n
  from owned
  group by shop, category
),

pairs as (
  select shop, category, with_category from order_pairs
  union
  select shop, category, with_category from customer_pairs
)

select
  p.shop,
  p.category,
  p.with_category,
  coalesce(o.n, 0) as orders_with_both,
  coalesce(oc.n, 0) as orders,
  coalesce(c.n, 0) as customers_with_both,
  coalesce(cc.n, 0) as customers
from pairs as p
left join order_pairs as o
  on o.shop = p.shop and o.category = p.category and o.with_category = p.with_category
left join customer_pairs as c
  on c.shop = p.shop and c.category = p.category and c.with_category = p.with_category
left join order_counts as oc on oc.shop = p.shop and oc.category = p.category
left join customer_counts as cc on cc.shop = p.shop and cc.category = p.category
