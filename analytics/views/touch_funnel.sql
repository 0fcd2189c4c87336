-- Touch funnel
--
-- definition: Touches by how far they came: decided, sent, delivered, clicked, credited with an order.
-- grain: a shop, week of the first decision, touch and channel
-- pitfalls: What was held or dropped and never sent has no channel: those rows have channel none. Credit is not lift. Delivered is
--   what providers report: inserts and audiences report nothing.
-- question: Which messages reach customers, and which lead to orders?
-- columns:
--   shop string: Key of the shop
--   week date: Its Monday, in UTC
--   touch string: What the message is
--   channel string: By which it went out, or none
--   decided bigint: Touches
--   sent bigint: Taken by a provider
--   delivered bigint: Arrived, as the provider says
--   clicked bigint: One of whose links was opened
--   bounced bigint: Came back
--   complained bigint: Called spam
--   held bigint: Were held at least once
--   dropped bigint: Whose last decision was to drop them
--   credited bigint: With at least one order to their credit
--   credited_orders bigint: Orders to their credit
--   revenue_minor bigint: Credited, net, minor units of the reporting currency
--   delivery_rate double: delivered / sent
--   click_rate double: clicked / sent
select
  shop,
  cast(date_trunc('week', cast(first_decided_at as date)) as date) as week,
  touch,
  coalesce(channel, 'none') as channel,
  count(*) as decided,
  count(*) filter (where is_sent) as sent,
  count(*) filter (where is_delivered) as delivered,
  count(*) filter (where is_clicked) as clicked,
  count(*) filter (where is_bounced) as bounced,
  count(*) filter (where is_complained) as complained,
  count(*) filter (where was_held) as held,
  count(*) filter (where decision = 'drop') as dropped,
  count(*) filter (where credited_orders > 0) as credited,
  cast(sum(credited_orders) as bigint) as credited_orders,
  cast(sum(revenue_minor) as bigint) as revenue_minor,
  cast(count(*) filter (where is_delivered) as double) / nullif(count(*) filter (where is_sent), 0) as delivery_rate,
  cast(count(*) filter (where is_clicked) as double) / nullif(count(*) filter (where is_sent), 0) as click_rate
from touch_outcomes
group by 1, 2, 3, 4
