-- Orders
--
-- definition: Every order once: who placed it and when, what was ordered, and when it was dispatched and delivered.
-- grain: an order
-- pitfalls: A cancelled order is here; it is no purchase (is_cancelled). An order that was ever cancelled as a whole stays
--   cancelled. Days are days of the shop's time zone. An order without a physical line has no delivered_at.
-- question: How many orders were placed last week, and how many have arrived?
-- columns:
--   shop string: Key of the shop
--   order_id string: The shop's id of the order
--   customer string: Who ordered, after merges; absent when nobody is known
--   placed_at timestamp: When it was placed, UTC
--   placed_on date: The day of that in the shop's time zone
--   currency string: ISO 4217
--   country string: ISO 3166-1, where it goes
--   is_gift boolean: Whether it is a gift
--   line_count bigint: Lines, added ones too
--   pieces bigint: Pieces ordered
--   ordered_minor bigint: What its lines cost before discounts of the order, minor units of currency
--   is_cancelled boolean: Whether all of it was cancelled
--   dispatched_at timestamp: When its first parcel left, UTC
--   delivered_at timestamp: When its last parcel had arrived; absent while anything is outstanding, UTC
with placed as (
  select
    shop,
    order_id,
    max(customer) as customer,
    min(placed_at) as placed_at,
    arbitrary(currency) as currency,
    arbitrary(country) as country,
    bool_or(is_gift) as is_gift,
    count(*) as line_count,
    cast(sum(quantity) as bigint) as pieces,
    cast(sum(total_minor) as bigint) as ordered_minor
  from lines
  group by shop, order_id
),

-- Parcels first: one that was scanned twice arrived when it was scanned first.
parcels as (
  select
    shop,
    order_id,
    parcel_id,
    bool_or(status = 'cancelled') as is_cancelled,
    bool_or(status = 'delivered') as is_delivered,
    min(case when type = 'ShipmentDispatched' then occurred_at end) as dispatched_at,
    min(case when type = 'ShipmentDelivered' then occurred_at end) as delivered_at
  from order_events
  group by shop, order_id, parcel_id
),

progress as (
  select
    shop,
    order_id,
    bool_or(is_cancelled) as is_cancelled,
    bool_or(is_delivered) as is_delivered,
    min(dispatched_at) as dispatched_at,
    max(delivered_at) as delivered_at
  from parcels
  group by shop, order_id
)

select
  o.shop,
  o.order_id,
  o.customer,
  o.placed_at,
  cast(at_timezone(with_timezone(o.placed_at, 'UTC'), coalesce(s.time_zone, 'UTC')) as date) as placed_on,
  o.currency,
  o.country,
  o.is_gift,
  o.line_count,
  o.pieces,
  o.ordered_minor,
  coalesce(p.is_cancelled, false) as is_cancelled,
  p.dispatched_at,
  case when p.is_delivered then p.delivered_at end as delivered_at
from placed as o
left join progress as p on p.shop = o.shop and p.order_id = o.order_id
left join config_shops as s on s.shop = o.shop
