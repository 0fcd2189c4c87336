-- Is the data there?
--
-- description: How many orders, touches and messages there are by week, and up to when the lake reaches. A gap here explains a gap
--   anywhere else.
select
  o.shop,
  cast(date_trunc('week', o.placed_on) as date) as week,
  count(*) as orders,
  count(o.customer) as orders_of_known_customers,
  count(*) filter (where o.is_cancelled) as cancelled,
  count(o.delivered_at) as delivered,
  max(a.latest_at) as data_until
from orders as o
cross join as_of as a
group by 1, 2
order by 1, 2
