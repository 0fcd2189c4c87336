-- Spend means
--
-- definition: On how many days a customer bought something of value, and what such a day was worth on average, net of what was
--   taken back until now.
-- grain: a customer with a purchase day of value
-- pitfalls: All of a customer's purchase days, the first too. Days of no value, or of which everything was taken back, are left
--   out. Means are rounded to whole minor units.
-- question: How much does a customer spend when they buy?
-- columns:
--   shop string: Key of the shop
--   customer string: Pseudonym, after merges
--   valued_days bigint: Purchase days with a value above zero
--   mean_value double: Of such a day, minor units of the reporting currency
with valued as (
  select o.shop, o.customer, o.placed_on, sum(r.revenue_minor) as value
  from orders as o
  join order_revenue as r on r.shop = o.shop and r.order_id = o.order_id
  where o.customer is not null and not o.is_cancelled
  group by o.shop, o.customer, o.placed_on
)

select shop, customer, count(*) as valued_days, round(avg(cast(value as double))) as mean_value
from valued
where value > 0
group by shop, customer
