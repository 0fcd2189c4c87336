-- Repeat purchase
--
-- definition: Of the customers who first bought in a month, and whom we have observed for so many days since: the share who bought
--   again, on another day, within those days.
-- grain: a shop, month of the first purchase, and number of days
-- pitfalls: Only matured customers count, so a young month has few or none; is_complete says whether all of it has matured. One who
--   buys again the same day has bought once.
-- question: Do newer customers come back sooner than older ones did?
-- columns:
--   shop string: Key of the shop
--   cohort string: Month of the first purchase, 2026-03
--   within_days int: 30, 60, 90, 180 or 365
--   customers bigint: Observed for that long
--   repeat_customers bigint: Of them those who bought again within it
--   repeat_rate double: repeat_customers / customers
--   is_complete boolean: Whether every customer of the month has been observed for that long
with cohorts as (
  select
    b.shop,
    substr(cast(b.first_on as varchar), 1, 7) as cohort,
    w.days as within_days,
    date_diff('day', b.first_on, b.today) >= w.days as is_mature,
    coalesce(date_diff('day', b.first_on, b.second_on) <= w.days, false) as has_repeated
  from buyers as b
  cross join (values (30), (60), (90), (180), (365)) as w (days)
)

select
  shop,
  cohort,
  within_days,
  count(*) filter (where is_mature) as customers,
  count(*) filter (where is_mature and has_repeated) as repeat_customers,
  cast(count(*) filter (where is_mature and has_repeated) as double) / nullif(count(*) filter (where is_mature), 0) as repeat_rate,
  bool_and(is_mature) as is_complete
from cohorts
group by shop, cohort, within_days
