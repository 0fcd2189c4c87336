-- As of
--
-- definition: The instant that every other view calls now: the latest time of a fact in the lake, by its own account, but
--   not later than the end of the day on which that fact arrived.
-- grain: one row; none while the lake is empty
-- pitfalls: It is the same for all shops and moves only when facts arrive, so a figure can be computed again tomorrow and be the
--   same. A clock that runs ahead cannot move it past the day of arrival.
-- question: Up to when does the data reach?
-- columns:
--   latest_at timestamp: The latest fact, UTC
select max(occurred_at) as latest_at
from (
  select occurred_at, dt from order_events
  union all
  select occurred_at, dt from touches
  union all
  select occurred_at, dt from message_events
  union all
  select occurred_at, dt from sessions
  union all
  select occurred_at, dt from service_signals
) as facts
where cast(occurred_at as date) <= cast(dt as date)
having max(occurred_at) is not null
