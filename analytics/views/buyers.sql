-- Buyers
--
-- definition: Everyone who bought: the first, second and last purchase day, and until when they have been observed.
-- grain: a customer with a purchase
-- pitfalls: Days are purchase days, not orders.
-- question: Who bought again, and after how long?
-- columns:
--   shop string: Key of the shop
--   customer string: Who bought, after merges
--   first_on date: First purchase day
--   second_on date: Second purchase day, absent before it
--   last_on date: Latest purchase day
--   day_count bigint: Purchase days
--   today date: Until when the customer was observed
with ranked as (
  select
    shop,
    customer,
    day,
    row_number() over (partition by shop, customer order by day) as nth
  from purchase_days
)

select
  r.shop,
  r.customer,
  min(r.day) as first_on,
  min(case when r.nth = 2 then r.day end) as second_on,
  max(r.day) as last_on,
  count(*) as day_count,
  coalesce(max(t.today), max(cast(a.latest_at as date))) as today
from ranked as r
cross join as_of as a
left join shop_days as t on t.shop = r.shop
group by r.shop, r.customer
