-- Orders by their products
--
-- definition: How many orders of the last 30 days had exactly these products, without cancelled orders. With the texts
--   that there are it says which share of orders a message can say something useful to.
-- grain: a set of products of a shop
-- pitfalls: By the day that a line came to the lake: an order whose lines are older but for one that was added counts
--   with that one alone. Digital goods and services count as products.
-- question: Of how many orders has every product a text?
-- columns:
--   shop string: Key of the shop
--   skus string: The products, each once, in the order of the alphabet, joined by chr(31)
--   orders bigint: How many orders had these and no others
with orders as (
  select shop, order_id, array_join(array_sort(array_agg(distinct sku)), chr(31)) as skus
  from order_lines
  where dt >= cast(date_add('day', -30, current_date) as varchar)
  group by shop, order_id
),

cancelled as (
  select distinct shop, order_id
  from order_events
  where dt >= cast(date_add('day', -30, current_date) as varchar) and status = 'cancelled'
)

select o.shop, o.skus, count(*) as orders
from orders as o
left join cancelled as c on c.shop = o.shop and c.order_id = o.order_id
where c.order_id is null
group by o.shop, o.skus
order by 3 desc, 1, 2
