-- Personalisation coverage
--
-- definition: The share of messages of which something depends on the order or the customer, and how many such elements they have.
-- grain: a shop, month in which they were sent, touch and channel
-- pitfalls: It counts what was there, not whether it was any good.
-- question: Which messages are still the same for everybody?
-- columns:
--   shop string: Key of the shop
--   month string: In UTC, 2026-03
--   touch string: What the message is
--   channel string: email, sms, push, inbox, insert or audience
--   messages bigint: Sent
--   personalised_messages bigint: Of them those with such an element
--   coverage double: personalised_messages / messages
--   elements_per_message double: Mean number of such elements
select
  shop,
  substr(cast(cast(occurred_at as date) as varchar), 1, 7) as month,
  touch,
  channel,
  count(*) as messages,
  count(*) filter (where coalesce(personalised, '') <> '') as personalised_messages,
  cast(count(*) filter (where coalesce(personalised, '') <> '') as double) / count(*) as coverage,
  avg(
    case
      when coalesce(personalised, '') = '' then 0e0
      else 1e0 + length(personalised) - length(replace(personalised, ',', ''))
    end
  ) as elements_per_message
from messages
where kind = 'sent'
group by 1, 2, 3, 4
