-- 90-day retention
--
-- definition: Of the customers whose first purchase lies at least 90 days back, the share with a second purchase day within 90 days
--   of the first.
-- grain: a shop and month of the first purchase
-- pitfalls: Matured customers only, and purchase days rather than orders. For a figure of the whole shop divide the sums.
-- question: How many new customers are still customers after three months?
-- columns:
--   shop string: Key of the shop
--   cohort string: Month of the first purchase, 2026-03
--   customers bigint: Whose first purchase lies at least 90 days back
--   retained bigint: Of them those who bought again within 90 days
--   retention double: retained / customers
--   is_complete boolean: Whether the whole month has matured
select
  shop,
  cohort,
  customers,
  repeat_customers as retained,
  repeat_rate as retention,
  is_complete
from repeat_purchase
where within_days = 90 and customers > 0
