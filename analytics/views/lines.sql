-- Order lines
--
-- definition: Every line of an order as it was placed or added, once, with the customer as known today.
-- grain: a line of an order
-- pitfalls: Amounts are what was ordered, before discounts of the order and whatever was cancelled or returned since: money is
--   in ledger. Test orders are absent.
-- question: What was ordered?
-- columns:
--   shop string: Key of the shop
--   order_id string: The shop's id of the order
--   line_id string: Unique within the order
--   customer string: Who ordered, after merges; absent when nobody is known
--   placed_at timestamp: When the order was placed, UTC
--   occurred_at timestamp: When the line was placed or added, UTC
--   sku string: What was ordered
--   category string: Of the product
--   kind string: physical, digital, subscription or service
--   quantity int: Pieces ordered
--   total_minor bigint: What the line costs before discounts of the order, minor units of currency
--   currency string: ISO 4217
--   country string: ISO 3166-1, where the order goes
--   class string: primary, confirmation_upsell or followup_crosssell
--   origin_order_id string: The order whose messages or page brought the line
--   is_gift boolean: Whether the order is a gift
select
  l.shop,
  l.order_id,
  l.line_id,
  coalesce(c.customer_now, l.customer) as customer,
  l.placed_at,
  l.occurred_at,
  l.sku,
  l.category,
  l.kind,
  l.quantity,
  l.total_minor,
  l.currency,
  l.country,
  l.class,
  l.origin_order_id,
  l.is_gift
from (
  select
    shop,
    order_id,
    line_id,
    arbitrary(customer) as customer,
    min(placed_at) as placed_at,
    min(occurred_at) as occurred_at,
    arbitrary(sku) as sku,
    arbitrary(category) as category,
    arbitrary(kind) as kind,
    arbitrary(quantity) as quantity,
    arbitrary(total_minor) as total_minor,
    arbitrary(currency) as currency,
    arbitrary(country) as country,
    arbitrary(class) as class,
    arbitrary(origin_order_id) as origin_order_id,
    arbitrary(is_gift) as is_gift
  from order_lines
  group by shop, order_id, line_id
) as l
left join customers as c on c.shop = l.shop and c.customer = l.customer
