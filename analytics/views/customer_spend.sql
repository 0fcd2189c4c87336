-- Customer spend
--
-- definition: What every customer's orders earned, net of what was taken back until now.
-- grain: a customer with a purchase
-- pitfalls: Without shipping and tax; orders that were cancelled as a whole are left out.
-- question: How much has a customer spent?
-- columns:
--   shop string: Key of the shop
--   customer string: Pseudonym, after merges
--   order_count bigint: Orders that were not cancelled
--   spend_minor bigint: Net, minor units of the reporting currency
select
  o.shop,
  o.customer,
  count(*) as order_count,
  cast(coalesce(sum(r.revenue_minor), 0) as bigint) as spend_minor
from orders as o
left join order_revenue as r on r.shop = o.shop and r.order_id = o.order_id
where o.customer is not null and not o.is_cancelled
group by o.shop, o.customer
