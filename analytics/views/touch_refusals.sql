-- Touch refusals
--
-- definition: Why touches were held or dropped.
-- grain: a shop, week of the decision, touch, decision and reason
-- pitfalls: A touch that was held for several reasons in turn counts under each. What was held may have been sent later.
-- question: What keeps messages from going out?
-- columns:
--   shop string: Key of the shop
--   week date: Its Monday, in UTC
--   touch string: What the message is
--   purpose string: transactional, service or marketing
--   decision string: hold or drop
--   reason string: Why
--   touches bigint: Touches
--   decisions bigint: Decisions; a touch may be held for the same reason again
select
  shop,
  cast(date_trunc('week', cast(occurred_at as date)) as date) as week,
  touch,
  purpose,
  decision,
  coalesce(reason, 'unknown') as reason,
  count(distinct order_id || chr(10) || touch_id) as touches,
  count(*) as decisions
from (
  select
    shop,
    fact_id,
    arbitrary(order_id) as order_id,
    arbitrary(touch_id) as touch_id,
    arbitrary(touch) as touch,
    arbitrary(purpose) as purpose,
    arbitrary(decision) as decision,
    arbitrary(reason) as reason,
    min(occurred_at) as occurred_at
  from touches
  where decision in ('hold', 'drop')
  group by shop, fact_id
) as refused
group by 1, 2, 3, 4, 5, 6
