-- Message events
--
-- definition: Everything that happened to a message, once.
-- grain: something that happened to a message
-- pitfalls: Opens are not recorded. A message that was sent and never delivered may have arrived: SMS, inserts and audiences
--   report little.
-- question: What became of what was sent?
-- columns:
--   shop string: Key of the shop
--   order_id string: The order that it is of
--   touch string: What the message is
--   touch_id string: Names the touch within its order
--   channel string: email, sms, push, inbox, insert or audience
--   message_id string: The provider's id
--   occurred_at timestamp: When it happened, UTC
--   kind string: sent, delivered, bounced, complained or clicked
--   link string: Which link was clicked
--   segments int: Parts that an SMS was sent in
--   in_doubt boolean: Whether a crash leaves open that the customer got it before
--   personalised string: What of a sent message depends on order or customer, joined by commas
select
  shop,
  arbitrary(order_id) as order_id,
  arbitrary(touch) as touch,
  arbitrary(touch_id) as touch_id,
  channel,
  arbitrary(message_id) as message_id,
  min(occurred_at) as occurred_at,
  kind,
  arbitrary(link) as link,
  arbitrary(segments) as segments,
  arbitrary(in_doubt) as in_doubt,
  arbitrary(personalised) as personalised
-- Kind and channel are the same for one fact_id; as keys they let a query read only what it asks for.
from message_events
group by shop, fact_id, kind, channel
