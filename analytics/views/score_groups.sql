-- Score groups
--
-- definition: Customers with one and the same purchase history: what the purchase model is fitted to (docs/scores.md).
-- grain: a shop and history
-- pitfalls: Purchase days rather than orders; weeks are days / 7.
-- question: How often do customers buy, and when do they stop?
-- columns:
--   shop string: Key of the shop
--   frequency bigint: Purchase days after the first (x)
--   recency double: Weeks from the first purchase day to the last (t_x)
--   age double: Weeks from the first purchase day to today (T)
--   customers bigint: With this history
select
  shop,
  day_count - 1 as frequency,
  date_diff('day', first_on, last_on) / 7e0 as recency,
  date_diff('day', first_on, today) / 7e0 as age,
  count(*) as customers
from buyers
group by 1, 2, 3, 4
