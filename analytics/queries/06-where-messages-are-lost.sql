-- Where messages are lost
--
-- description: For each touch how many were decided, sent, delivered and clicked, and the commonest reason for which one was dropped.
with funnel as (
  select
    shop,
    touch,
    sum(decided) as decided,
    sum(sent) as sent,
    sum(delivered) as delivered,
    sum(clicked) as clicked,
    sum(dropped) as dropped,
    sum(credited_orders) as credited_orders
  from touch_funnel
  group by shop, touch
),

reasons as (
  select shop, touch, reason, sum(touches) as touches
  from touch_refusals
  where decision = 'drop'
  group by shop, touch, reason
),

commonest as (
  select shop, touch, max_by(reason, touches) as reason
  from reasons
  group by shop, touch
)

select
  f.shop,
  f.touch,
  f.decided,
  f.sent,
  f.delivered,
  f.clicked,
  f.dropped,
  c.reason as commonest_reason,
  f.credited_orders
from funnel as f
left join commonest as c on c.shop = f.shop and c.touch = f.touch
order by f.shop, f.dropped desc, f.touch
