-- Journey progress
--
-- definition: How many orders of a month have reached each milestone, and how long they took: the median and the 90th percentile of
--   the hours since they were placed, and the median of the hours since the milestone before.
-- grain: a shop, month in which the orders were placed, and milestone
-- pitfalls: Recent months are still on their way. Percentiles are of the orders that reached the milestone, so late ones are missing
--   from young months. The milestone before is whichever the order reached before.
-- question: Where do orders get stuck, and what takes long?
-- columns:
--   shop string: Key of the shop
--   month string: Of the order in the shop's time zone, 2026-03
--   milestone string: placed, dispatched, delivered, used, answered, reviewed, return_requested, refunded, cancelled or ordered_again
--   orders bigint: All orders of the month
--   reached bigint: Of them those that reached it
--   share double: reached / orders
--   hours_median double: Since the order was placed
--   hours_p90 double: Since the order was placed
--   hours_before_median double: Since the milestone before; absent of the first
with happened as (
  select
    shop,
    order_id,
    min(case when type = 'UsageMilestoneReached' then occurred_at end) as used_at,
    min(case when type = 'SurveyAnswered' then occurred_at end) as answered_at,
    min(case when type = 'ReviewPosted' then occurred_at end) as reviewed_at,
    min(case when type = 'ReturnRequested' then occurred_at end) as return_requested_at,
    min(case when type = 'RefundIssued' then occurred_at end) as refunded_at,
    min(case when status = 'cancelled' then occurred_at end) as cancelled_at
  from order_events
  group by shop, order_id
),

placed as (
  select
    shop,
    order_id,
    substr(cast(placed_on as varchar), 1, 7) as month,
    placed_at,
    dispatched_at,
    delivered_at,
    case
      when customer is not null and not is_cancelled
        then lead(placed_at) over (partition by shop, customer, is_cancelled order by placed_at, order_id)
    end as ordered_again_at
  from orders
),

milestones as (
  select
    p.shop,
    p.order_id,
    p.month,
    m.milestone,
    p.placed_at,
    case m.milestone
      when 'placed' then p.placed_at
      when 'dispatched' then p.dispatched_at
      when 'delivered' then p.delivered_at
      when 'used' then h.used_at
      when 'answered' then h.answered_at
      when 'reviewed' then h.reviewed_at
      when 'return_requested' then h.return_requested_at
      when 'refunded' then h.refunded_at
      when 'cancelled' then h.cancelled_at
      else p.ordered_again_at
    end as reached_at
  from placed as p
  left join happened as h on h.shop = p.shop and h.order_id = p.order_id
  cross join (
    values
      ('placed'),
      ('dispatched'),
      ('delivered'),
      ('used'),
      ('answered'),
      ('reviewed'),
      ('return_requested'),
      ('refunded'),
      ('cancelled'),
      ('ordered_again')
  ) as m (milestone)
),

timed as (
  select
    shop,
    month,
    milestone,
    date_diff('millisecond', placed_at, reached_at) / 3600000e0 as hours,
    date_diff(
      'millisecond',
      lag(reached_at) over (partition by shop, order_id order by reached_at, milestone),
      reached_at
    ) / 3600000e0 as hours_before
  from milestones
  where reached_at is not null
),

ranked as (
  select
    *,
    cume_dist() over (partition by shop, month, milestone order by hours) as hours_rank,
    case
      when hours_before is not null
        then cume_dist() over (partition by shop, month, milestone, hours_before is null order by hours_before)
    end as before_rank
  from timed
),

counted as (
  select
    shop,
    month,
    milestone,
    count(*) as reached,
    min(case when hours_rank >= 5e-1 then hours end) as hours_median,
    min(case when hours_rank >= 9e-1 then hours end) as hours_p90,
    min(case when before_rank >= 5e-1 then hours_before end) as hours_before_median
  from ranked
  group by shop, month, milestone
),

-- Every order was placed: that milestone counts them all.
shared as (
  select
    *,
    max(case when milestone = 'placed' then reached end) over (partition by shop, month) as orders
  from counted
)

select
  shop,
  month,
  milestone,
  orders,
  reached,
  cast(reached as double) / orders as share,
  hours_median,
  hours_p90,
  hours_before_median
from shared
