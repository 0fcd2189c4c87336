-- Spend groups
--
-- definition: Customers with the same number of purchase days of some value and the same mean value of one: what the spend model is
--   fitted to (docs/scores.md).
-- grain: a shop, number of days and mean value
-- pitfalls: All of a customer's purchase days, the first too. Means are rounded to whole minor units. Days of no value, or of which
--   everything was taken back, are left out.
-- question: How much do customers spend when they buy, and how different are they?
-- columns:
--   shop string: Key of the shop
--   transactions bigint: Purchase days with a value above zero
--   mean_value double: Of such a day, minor units of the reporting currency
--   customers bigint: With both
select shop, valued_days as transactions, mean_value, count(*) as customers
from spend_means
group by shop, valued_days, mean_value
