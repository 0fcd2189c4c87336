-- Net promoter score
--
-- definition: 100 · (promoters − detractors) / answers: promoters answer 9 or 10, detractors 0 to 6. Variance
--   (P + D − (P − D)²) / n; the interval is 95 %.
-- grain: a shop and month of the answer
-- pitfalls: Of several answers about one order the latest counts. Months with few answers swing widely: look at the interval. For a
--   longer span add the counts up; scores cannot be averaged.
-- question: Would customers recommend us, and is that a change or noise?
-- columns:
--   shop string: Key of the shop
--   month string: Of the answer in the shop's time zone, 2026-03
--   answers bigint: All who answered
--   promoters bigint: 9 or 10
--   passives bigint: 7 or 8
--   detractors bigint: 0 to 6
--   nps double: −100 to 100
--   standard_error double: Of the score, in its points
--   lower double: Of the score, 95 %
--   upper double: Of the score, 95 %
with counts as (
  select
    shop,
    substr(cast(answered_on as varchar), 1, 7) as month,
    count(*) as answers,
    count(*) filter (where score >= 9) as promoters,
    count(*) filter (where score in (7, 8)) as passives,
    count(*) filter (where score <= 6) as detractors
  from answers
  where survey = 'nps'
  group by 1, 2
),

shares as (
  select
    *,
    cast(promoters as double) / answers as p,
    cast(detractors as double) / answers as d
  from counts
),

scores as (
  select
    *,
    100e0 * (p - d) as nps,
    100e0 * sqrt((p + d - (p - d) * (p - d)) / answers) as standard_error
  from shares
)

select
  shop,
  month,
  answers,
  promoters,
  passives,
  detractors,
  nps,
  standard_error,
  nps - 1.959963984540054e0 * standard_error as lower,
  nps + 1.959963984540054e0 * standard_error as upper
from scores
