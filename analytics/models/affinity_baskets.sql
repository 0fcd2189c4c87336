-- Baskets
--
-- definition: Products of each order of some days, without what our own recommendations sold. A part of other models.
-- grain: a product of an order
-- pitfalls: Cancelled orders are left out, single cancelled lines are not. Test orders have no facts. Lines that a
--   confirmation page or a follow-up sold would teach the model its own advice.
-- question: What did customers put together of themselves?
-- columns:
--   shop string: Key of the shop
--   order_id string: The shop's id of the order
--   order_day string: When it was placed, in the shop's time zone
--   sku string: What was ordered
--   category string: Of the product
--   place bigint: From 1, by the number of its line
--   size bigint: Products of the order that count, at most affinity.basketCap
with orders as (
  select
    o.shop,
    o.order_id,
    cast(cast(at_timezone(with_timezone(o.placed_at, 'UTC'), coalesce(s.time_zone, 'UTC')) as date) as varchar) as order_day
  from (
    select shop, order_id, min(placed_at) as placed_at
    from order_lines
    where dt >= ? and placed_at >= cast(cast(? as date) as timestamp)
      and placed_at < cast(cast(? as date) as timestamp) and class = 'primary'
    group by shop, order_id
  ) as o
  left join config_shops as s on s.shop = o.shop
  left join (
    select distinct shop, order_id
    from order_events
    where dt >= ? and status = 'cancelled'
  ) as c on c.shop = o.shop and c.order_id = o.order_id
  where c.order_id is null
),

lines as (
  select
    l.shop,
    l.order_id,
    o.order_day,
    l.line_id,
    arbitrary(l.sku) as sku,
    arbitrary(l.category) as category
  from order_lines as l
  join orders as o on o.shop = l.shop and o.order_id = l.order_id
  where l.dt >= ? and l.class = 'primary' and contains(split(?, ','), o.order_day)
  group by l.shop, l.order_id, o.order_day, l.line_id
),

products as (
  select shop, order_id, order_day, sku, max(category) as category, min(lpad(line_id, 40, '0')) as first_line
  from lines
  group by shop, order_id, order_day, sku
)

select
  shop,
  order_id,
  order_day,
  sku,
  category,
  row_number() over (partition by shop, order_id order by first_line, sku) as place,
  least(count(*) over (partition by shop, order_id), {{basketCap}}) as size
from products
