-- Order revenue
--
-- definition: What an order earned, net of everything taken back until now: goods less discounts, and commission.
-- grain: an order with an entry in the ledger
-- pitfalls: Without shipping and tax. In the reporting currency. A young order has its returns before it.
-- question: What was an order worth?
-- columns:
--   shop string: Key of the shop
--   order_id string: The order
--   booked_minor bigint: Earned before anything was taken back, minor units of the reporting currency
--   revenue_minor bigint: Net of what was taken back, minor units of the reporting currency
--   post_purchase_minor bigint: Of the net: upsell, cross-sell and commission
select
  shop,
  order_id,
  cast(sum(case when reverses is null then earned_minor else 0 end) as bigint) as booked_minor,
  cast(sum(earned_minor) as bigint) as revenue_minor,
  cast(sum(case when class <> 'primary' then earned_minor else 0 end) as bigint) as post_purchase_minor
from ledger
where account in ('revenue', 'commission')
group by shop, order_id
