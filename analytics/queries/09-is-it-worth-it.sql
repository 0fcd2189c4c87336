-- Is it worth it?
--
-- description: Each arm's customers and mean of each metric, beside its sufficient statistics. Read the split first (planned and real
--   shares), then ask npm run report for intervals: two means are no result.
select
  experiment,
  metric,
  arm,
  is_control,
  n,
  planned_share,
  cast(n as double) / sum(n) over (partition by experiment, metric) as real_share,
  converters,
  sum / nullif(denominator_sum, 0e0) as mean
from experiment_lift
order by experiment, metric, is_control desc, arm
