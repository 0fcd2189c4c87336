-- Order days to be computed
--
-- definition: Days whose orders have not been computed, have got order lines since, or, if they are young, are not as
--   many as were counted, as one has been cancelled since; and, half-way to the expiry of lists that nothing has had
--   made anew, the newest day; a month a row.
-- grain: a month
-- pitfalls: Today is not over and is left out. Of a day that is older than affinity.recomputeDays a cancellation alone
--   does not have it computed again. Lines that we sold have no day computed again: no model counts them.
-- question: What has the next run to compute?
-- columns:
--   order_month string: 2026-03
--   days string: Its days, joined by commas
--   since string: The first partition of the facts that may have rows of these days
--   until string: A day after which nobody's clock says that it is one of them
with orders as (
  select shop, order_id, min(placed_at) as placed_at, max(dt) filter (where class = 'primary') as last_dt
  from order_lines
  where dt >= cast(date_add('day', -{{windowDays}}, current_date) as varchar)
  group by shop, order_id
),

-- Of young days all: a shop's clock is at most fourteen hours ahead of the partitions'.
cancelled as (
  select distinct shop, order_id
  from order_events
  where dt >= cast(date_add('day', -{{recomputeDays}} - 1, current_date) as varchar) and status = 'cancelled'
),

sold as (
  select
    cast(cast(at_timezone(with_timezone(o.placed_at, 'UTC'), coalesce(s.time_zone, 'UTC')) as date) as varchar) as order_day,
    max(o.last_dt) as last_dt,
    count(o.last_dt) filter (where c.order_id is null) as orders
  from orders as o
  left join config_shops as s on s.shop = o.shop
  left join cancelled as c on c.shop = o.shop and c.order_id = o.order_id
  group by 1
),

computed as (
  select order_day, max(computed_at) as computed_at, sum(orders) as orders
  from (
    select shop, order_day, max(computed_at) as computed_at, max_by(orders, computed_at) as orders
    from affinity_days
    where order_month >= substr(cast(date_add('day', -{{windowDays}}, current_date) as varchar), 1, 7)
    group by shop, order_day
  ) as d
  group by order_day
),

-- The day is compared after the window: before it, a filter would have every order's day worked out twice.
-- A row gets its partition when it comes and lies there minutes later: an hour's grace before midnight.
due as (
  select d.order_day
  from (
    select *, max(case when order_day < cast(current_date as varchar) then order_day end) over () as newest_day
    from sold
  ) as d
  left join computed as c on c.order_day = d.order_day
  where d.order_day < cast(current_date as varchar)
    and d.order_day >= cast(date_add('day', -{{windowDays}}, current_date) as varchar)
    and (
      c.computed_at is null
      or (
        d.order_day = d.newest_day
        and cast(c.computed_at as date) <= date_add('day', -{{expireDays}} / 2, current_date)
      )
      or d.last_dt >= cast(cast(date_add('hour', -1, c.computed_at) as date) as varchar)
      or (
        d.orders <> c.orders
        and d.order_day >= cast(date_add('day', -{{recomputeDays}}, current_date) as varchar)
      )
    )
)

select
  substr(order_day, 1, 7) as order_month,
  array_join(array_agg(order_day order by order_day), ',') as days,
  cast(date_add('day', -1, cast(min(order_day) as date)) as varchar) as since,
  cast(date_add('day', 2, cast(max(order_day) as date)) as varchar) as until
from due
group by substr(order_day, 1, 7)
order by 1
