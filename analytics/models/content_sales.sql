-- Sales by product
--
-- definition: What each product earned in the last 90 days: lines of orders as they were placed, offers of our own among
--   them, without cancelled orders. A roll-out of product texts begins with what sells most.
-- grain: a product of a shop
-- pitfalls: Before discounts of orders, refunds and returns; of the currency of each order, which matters only where a
--   shop sells in several. A product that changed its category has all of its sales in the newest. Single cancelled
--   lines are not left out.
-- question: Which products do most orders hang on?
-- columns:
--   shop string: Key of the shop
--   category string: Of the product, as its newest line has it; empty without one
--   sku string: The product
--   revenue_minor bigint: What customers paid for its lines, minor units
--   pieces bigint: How many were sold
with lines as (
  select
    shop,
    order_id,
    line_id,
    arbitrary(sku) as sku,
    arbitrary(category) as category,
    arbitrary(quantity) as quantity,
    arbitrary(total_minor) as total_minor,
    min(placed_at) as placed_at
  from order_lines
  where dt >= cast(date_add('day', -90, current_date) as varchar)
  group by shop, order_id, line_id
),

cancelled as (
  select distinct shop, order_id
  from order_events
  where dt >= cast(date_add('day', -90, current_date) as varchar) and status = 'cancelled'
)

select
  l.shop,
  coalesce(max_by(l.category, l.placed_at) filter (where l.category is not null), '') as category,
  l.sku,
  cast(sum(l.total_minor) as bigint) as revenue_minor,
  cast(sum(l.quantity) as bigint) as pieces
from lines as l
left join cancelled as c on c.shop = l.shop and c.order_id = l.order_id
where c.order_id is null
group by l.shop, l.sku
order by 1, 4 desc, 3
