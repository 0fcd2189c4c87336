-- Customer statistics
--
-- definition: What scores are computed from: purchase days, their times, spend and categories of every customer.
-- grain: a customer with a purchase
-- pitfalls: Purchase days rather than orders. Spend is net of what was taken back until now.
-- question: How often, how recently and for how much has a customer bought?
-- columns:
--   shop string: Key of the shop
--   customer string: Pseudonym, after merges
--   frequency bigint: Purchase days after the first (x)
--   recency_days bigint: From the first purchase day to the last (t_x)
--   age_days bigint: From the first purchase day to today (T)
--   days_since_last bigint: From the last purchase day to today
--   first_on date: First purchase day
--   last_on date: Last purchase day
--   mean_gap_days double: Between purchase days; absent with one
--   order_count bigint: Orders that were not cancelled
--   spend_minor bigint: Net, minor units of the reporting currency
--   valued_days bigint: Purchase days with a value above zero
--   mean_value double: Of such a day, minor units of the reporting currency; absent without one
--   categories string: Bought from, a line each, in order of the alphabet
with bought as (
  select o.shop, o.customer, array_join(array_agg(distinct l.category order by l.category), chr(10)) as categories
  from lines as l
  join orders as o on o.shop = l.shop and o.order_id = l.order_id
  where l.category is not null and o.customer is not null and not o.is_cancelled
  group by o.shop, o.customer
)

select
  b.shop,
  b.customer,
  b.day_count - 1 as frequency,
  date_diff('day', b.first_on, b.last_on) as recency_days,
  date_diff('day', b.first_on, b.today) as age_days,
  date_diff('day', b.last_on, b.today) as days_since_last,
  b.first_on,
  b.last_on,
  cast(date_diff('day', b.first_on, b.last_on) as double) / nullif(b.day_count - 1, 0) as mean_gap_days,
  s.order_count,
  s.spend_minor,
  coalesce(m.valued_days, 0) as valued_days,
  m.mean_value,
  c.categories
from buyers as b
join customer_spend as s on s.shop = b.shop and s.customer = b.customer
left join spend_means as m on m.shop = b.shop and m.customer = b.customer
left join bought as c on c.shop = b.shop and c.customer = b.customer
