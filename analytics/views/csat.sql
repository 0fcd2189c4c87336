-- Customer satisfaction
--
-- definition: The share of answers of 4 or 5 to the satisfaction survey, with Wilson's 95 % interval, and the mean.
-- grain: a shop and month of the answer
-- pitfalls: Of several answers about one order the latest counts. Who answers is not who buys.
-- question: How content are customers with what arrived?
-- columns:
--   shop string: Key of the shop
--   month string: Of the answer in the shop's time zone, 2026-03
--   answers bigint: All who answered
--   satisfied bigint: 4 or 5
--   csat double: satisfied / answers
--   lower double: Of csat, 95 %
--   upper double: Of csat, 95 %
--   mean_score double: 1 to 5
with counts as (
  select
    shop,
    substr(cast(answered_on as varchar), 1, 7) as month,
    count(*) as answers,
    count(*) filter (where score >= 4) as satisfied,
    avg(cast(score as double)) as mean_score
  from answers
  where survey = 'csat'
  group by 1, 2
),

shares as (
  select
    *,
    cast(satisfied as double) / answers as csat,
    power(1.959963984540054e0, 2e0) / answers as z2
  from counts
)

select
  shop,
  month,
  answers,
  satisfied,
  csat,
  (csat + z2 / 2e0 - sqrt(z2 * csat * (1e0 - csat) + z2 * z2 / 4e0)) / (1e0 + z2) as lower,
  (csat + z2 / 2e0 + sqrt(z2 * csat * (1e0 - csat) + z2 * z2 / 4e0)) / (1e0 + z2) as upper,
  mean_score
from shares
