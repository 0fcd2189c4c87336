-- Touch outcomes
--
-- definition: Every touch that was decided, with what became of it: decided, sent, delivered, clicked, and the orders that it is
--   credited with.
-- grain: a touch of an order
-- pitfalls: A touch that was held is decided again; the last decision counts. clicked includes links that mail scanners follow.
-- question: What became of a touch?
-- columns:
--   shop string: Key of the shop
--   order_id string: The order that it is of
--   touch string: What the message is
--   touch_id string: Names the touch within its order
--   purpose string: transactional, service or marketing
--   channel string: By which it was last to go out; absent when it never was
--   first_decided_at timestamp: UTC
--   decision string: The last one: send, reroute, hold or drop
--   reason string: Of the last decision, why it was held or dropped
--   was_held boolean: Whether it was ever held
--   is_sent boolean: Whether a provider took it
--   is_delivered boolean: Whether the provider says it arrived
--   is_clicked boolean: Whether one of its links was opened
--   is_bounced boolean: Whether it came back
--   is_complained boolean: Whether it was called spam
--   credited_orders bigint: Orders that it is credited with, net of what was taken back
--   revenue_minor bigint: Credited to it, net, minor units of the reporting currency
with decided as (
  select
    shop,
    order_id,
    touch_id,
    arbitrary(touch) as touch,
    arbitrary(purpose) as purpose,
    min(occurred_at) as first_decided_at,
    max_by(decision, turn) as decision,
    max_by(coalesce(reason, ''), turn) as reason,
    max_by(coalesce(channel, ''), turn) as channel,
    bool_or(decision = 'hold') as was_held
  from touches
  group by shop, order_id, touch_id
),

happened as (
  select
    shop,
    order_id,
    touch_id,
    max_by(channel, occurred_at) as channel,
    bool_or(kind = 'sent') as is_sent,
    bool_or(kind = 'delivered') as is_delivered,
    bool_or(kind = 'clicked') as is_clicked,
    bool_or(kind = 'bounced') as is_bounced,
    bool_or(kind = 'complained') as is_complained
  from message_events
  group by shop, order_id, touch_id
),

credited_orders as (
  select shop, credit_order_id, credit_id, order_id, cast(sum(earned_minor) as bigint) as revenue_minor
  from ledger
  where credit_kind = 'touch' and account in ('revenue', 'commission')
  group by shop, credit_order_id, credit_id, order_id
),

credited as (
  select
    shop,
    credit_order_id as order_id,
    credit_id as touch_id,
    count(*) filter (where revenue_minor > 0) as credited_orders,
    cast(sum(revenue_minor) as bigint) as revenue_minor
  from credited_orders
  group by shop, credit_order_id, credit_id
)

select
  d.shop,
  d.order_id,
  d.touch,
  d.touch_id,
  d.purpose,
  coalesce(h.channel, nullif(d.channel, '')) as channel,
  d.first_decided_at,
  d.decision,
  nullif(d.reason, '') as reason,
  d.was_held,
  coalesce(h.is_sent, false) as is_sent,
  coalesce(h.is_delivered, false) as is_delivered,
  coalesce(h.is_clicked, false) as is_clicked,
  coalesce(h.is_bounced, false) as is_bounced,
  coalesce(h.is_complained, false) as is_complained,
  coalesce(c.credited_orders, 0) as credited_orders,
  coalesce(c.revenue_minor, 0) as revenue_minor
from decided as d
left join happened as h on h.shop = d.shop and h.order_id = d.order_id and h.touch_id = d.touch_id
left join credited as c on c.shop = d.shop and c.order_id = d.order_id and c.touch_id = d.touch_id
