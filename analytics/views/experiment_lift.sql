-- Experiment lift
--
-- definition: What a read-out needs of each arm: counts, sums, sums of squares and cross products over its customers, zeros
--   included. Means, intervals, lift and verdict are computed from these by the rules of docs/experiments-statistics.md.
-- grain: an experiment, arm and metric
-- pitfalls: These are no results: look at the split first, and at intervals, never at two means. Amounts of all shops are together in
--   the reporting currency. The cap is one for all arms.
-- question: Did the treatment do better than the holdout?
-- columns:
--   experiment string: Key of the experiment; holdout of the holdout
--   arm string: Of the customer's first exposure
--   is_control boolean: Whether the configuration calls it control; absent when it no more names the arm
--   planned_share double: Of customers, as configured; absent when it no more names the arm
--   metric string: As in experiment_outcomes
--   kind string: proportion, amount or ratio
--   n bigint: Customers exposed
--   converters bigint: Of them those with a value other than zero
--   sum double: Of values
--   sum_of_squares double: Of values
--   cap double: Values beyond it count as it in the capped sums; absent while all are zero
--   capped_sum double: Of capped values
--   capped_sum_of_squares double: Of capped values
--   before_sum double: Of values before the first exposure
--   before_sum_of_squares double: Of values before the first exposure
--   before_cross double: Sum of value times value before
--   denominator_sum double: Of a ratio's denominators; n of the others
--   denominator_sum_of_squares double: Of a ratio's denominators; n of the others
--   denominator_cross double: Sum of value times denominator
--   promoters bigint: Of nps
--   detractors bigint: Of nps
--   answers bigint: Of nps; 0 of the others
with ranked as (
  select
    experiment,
    metric,
    abs(value) as size,
    cume_dist() over (partition by experiment, metric order by abs(value)) as share
  from experiment_outcomes
  where value <> 0e0
),

caps as (
  select r.experiment, r.metric, min(r.size) as cap
  from ranked as r
  cross join config_reading as c
  where r.share >= c.cap_share
  group by r.experiment, r.metric
),

capped as (
  select
    o.*,
    c.cap,
    case
      when c.cap is null then o.value
      when o.value > c.cap then c.cap
      when o.value < -c.cap then -c.cap
      else o.value
    end as capped_value
  from experiment_outcomes as o
  left join caps as c on c.experiment = o.experiment and c.metric = o.metric
)

select
  o.experiment,
  o.arm,
  x.is_control,
  x.planned_share,
  o.metric,
  o.kind,
  count(*) as n,
  count(*) filter (where o.value <> 0e0) as converters,
  sum(o.value) as sum,
  sum(o.value * o.value) as sum_of_squares,
  max(o.cap) as cap,
  sum(o.capped_value) as capped_sum,
  sum(o.capped_value * o.capped_value) as capped_sum_of_squares,
  sum(o.value_before) as before_sum,
  sum(o.value_before * o.value_before) as before_sum_of_squares,
  sum(o.value * o.value_before) as before_cross,
  sum(o.denominator) as denominator_sum,
  sum(o.denominator * o.denominator) as denominator_sum_of_squares,
  sum(o.value * o.denominator) as denominator_cross,
  cast(sum(o.promoters) as bigint) as promoters,
  cast(sum(o.detractors) as bigint) as detractors,
  cast(sum(case when o.metric = 'nps' then o.denominator else 0e0 end) as bigint) as answers
from capped as o
left join config_experiments as x on x.experiment = o.experiment and x.arm = o.arm
group by o.experiment, o.arm, x.is_control, x.planned_share, o.metric, o.kind
