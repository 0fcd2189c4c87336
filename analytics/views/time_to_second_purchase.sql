-- Time to second purchase
--
-- definition: The Kaplan–Meier estimate of the share of customers who have bought again so many days after their first purchase;
--   those who have not yet count for as long as they were observed. Standard error by Greenwood, 95 % interval by log-log.
-- grain: a shop and number of days on which someone bought again or was last observed
-- pitfalls: A curve per shop: two curves cannot be added. The tail rests on few customers (at_risk). The median is the first day on
--   which bought_again reaches one half.
-- question: When is a second purchase due, and when is one late?
-- columns:
--   shop string: Key of the shop
--   day bigint: Days since the first purchase
--   at_risk bigint: Customers observed up to this day without a second purchase before it
--   events bigint: Second purchases on this day
--   censored bigint: Customers last observed on this day, without a second purchase
--   survival double: Share without a second purchase after this day
--   bought_again double: 1 - survival
--   standard_error double: Of survival
--   lower double: Of bought_again, 95 %; absent at 0 and 1
--   upper double: Of bought_again, 95 %; absent at 0 and 1
with durations as (
  select
    shop,
    date_diff('day', first_on, coalesce(second_on, today)) as day,
    second_on is not null as is_event
  from buyers
),

counts as (
  select
    shop,
    day,
    count(*) filter (where is_event) as events,
    count(*) filter (where not is_event) as censored
  from durations
  where day >= 0
  group by shop, day
),

risks as (
  select
    shop,
    day,
    events,
    censored,
    cast(sum(events + censored) over (partition by shop order by day desc) as bigint) as at_risk
  from counts
),

steps as (
  select
    shop,
    day,
    at_risk,
    events,
    censored,
    sum(case when events < at_risk then ln(1e0 - cast(events as double) / at_risk) else 0e0 end) over (
      partition by shop order by day
    ) as log_survival,
    max(case when events = at_risk then 1 else 0 end) over (partition by shop order by day) as all_bought,
    sum(
      case
        when events < at_risk then cast(events as double) / (cast(at_risk as double) * (at_risk - events))
        else 0e0
      end
    ) over (partition by shop order by day) as greenwood
  from risks
),

curve as (
  select
    shop,
    day,
    at_risk,
    events,
    censored,
    case when all_bought = 1 then 0e0 else exp(log_survival) end as survival,
    greenwood,
    case
      when all_bought = 0 and log_survival < 0e0 then 1.959963984540054e0 * sqrt(greenwood) / log_survival
    end as reach
  from steps
)

select
  shop,
  day,
  at_risk,
  events,
  censored,
  survival,
  1e0 - survival as bought_again,
  survival * sqrt(greenwood) as standard_error,
  1e0 - power(survival, exp(reach)) as lower,
  1e0 - power(survival, exp(-reach)) as upper
from curve
