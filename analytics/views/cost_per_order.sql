-- Cost per order
--
-- definition: What the orders of a month have cost until now: their messages at the configured prices, and the infrastructure of an
--   order.
-- grain: a shop and month in which the orders were placed
-- pitfalls: Prices are those of the configuration, not of a bill. Recent orders have messages still to come. SMS are paid by the part.
-- question: What does the programme cost an order?
-- columns:
--   shop string: Key of the shop
--   month string: Of the order in the shop's time zone, 2026-03
--   orders bigint: Placed in the month
--   messages bigint: Sent for them
--   sms_parts bigint: Parts of SMS among them
--   message_micro bigint: Their cost, millionths of the reporting currency
--   infrastructure_micro bigint: Of the orders, millionths of the reporting currency
--   cost_per_order double: In units of the reporting currency
with sent as (
  select
    m.shop,
    m.order_id,
    count(*) as messages,
    sum(case when m.channel = 'sms' then coalesce(m.segments, 1) else 0 end) as sms_parts,
    sum(coalesce(p.micro, 0) * (case when p.per = 'part' then coalesce(m.segments, 1) else 1 end)) as micro
  from messages as m
  left join config_prices as p on p.channel = m.channel
  where m.kind = 'sent'
  group by m.shop, m.order_id
),

totals as (
  select
    o.shop,
    substr(cast(o.placed_on as varchar), 1, 7) as month,
    count(*) as orders,
    cast(coalesce(sum(s.messages), 0) as bigint) as messages,
    cast(coalesce(sum(s.sms_parts), 0) as bigint) as sms_parts,
    cast(coalesce(sum(s.micro), 0) as bigint) as message_micro,
    cast(count(*) * max(r.infrastructure_micro) as bigint) as infrastructure_micro
  from orders as o
  cross join config_reading as r
  left join sent as s on s.shop = o.shop and s.order_id = o.order_id
  group by 1, 2
)

select
  *,
  cast(message_micro + infrastructure_micro as double) / orders / 1000000 as cost_per_order
from totals
