-- Ledger
--
-- definition: Every part of a ledger entry, once. What was earned is above zero here (earned_minor), what was taken back below.
-- grain: the part of an entry that one touch, session or code is credited with
-- pitfalls: Sum earned_minor, which is in the reporting currency at the rate frozen with the order; amount_minor only per
--   currency. Only the accounts revenue and commission are earned; shipping and tax are not.
-- question: What was earned, and what brought it?
-- columns:
--   shop string: Key of the shop
--   order_id string: The order that it is of
--   occurred_at timestamp: When it was booked, UTC
--   transaction_id string: Its entries sum to zero
--   transaction_type string: sale, amendment, cancellation, refund, dispute, commission, adjustment, …
--   entry_id string: Names the entry
--   account string: receivable, revenue, shipping, tax, commission, goodwill, adjustment or difference
--   kind string: goods, discount, shipping, tax, commission, …
--   class string: primary, confirmation_upsell, followup_crosssell or partner_commission
--   line_id string: Of the line that it is for
--   sku string: Of the line
--   category string: Of the line
--   amount_minor bigint: As booked: debits above zero, minor units of currency
--   currency string: ISO 4217
--   reporting_minor bigint: As booked, minor units of the reporting currency
--   earned_minor bigint: What it adds to what was earned, minor units of the reporting currency; 0 of other accounts
--   reporting_currency string: ISO 4217
--   reverses string: The entry that it takes back
--   credit_kind string: touch, session or code; absent of what nothing of ours brought
--   credit_id string: Of the touch, the session or the code
--   credit_order_id string: The order whose touch or session it was
--   credit_touch string: Name of the touch
--   credit_channel string: By which it went out
--   credit_offer_id string: The offer that was taken up
select
  shop,
  arbitrary(order_id) as order_id,
  min(occurred_at) as occurred_at,
  arbitrary(transaction_id) as transaction_id,
  arbitrary(transaction_type) as transaction_type,
  arbitrary(entry_id) as entry_id,
  account,
  arbitrary(kind) as kind,
  class,
  arbitrary(line_id) as line_id,
  arbitrary(sku) as sku,
  arbitrary(category) as category,
  arbitrary(amount_minor) as amount_minor,
  arbitrary(currency) as currency,
  arbitrary(reporting_minor) as reporting_minor,
  case
    when account in ('revenue', 'commission') then -arbitrary(reporting_minor)
    else 0
  end as earned_minor,
  arbitrary(reporting_currency) as reporting_currency,
  arbitrary(reverses) as reverses,
  arbitrary(credit_kind) as credit_kind,
  arbitrary(credit_id) as credit_id,
  arbitrary(credit_order_id) as credit_order_id,
  arbitrary(credit_touch) as credit_touch,
  arbitrary(credit_channel) as credit_channel,
  arbitrary(credit_offer_id) as credit_offer_id
-- Account and class are the same for one fact_id; as keys they let a query read only what it asks for.
from ledger_entries
group by shop, fact_id, account, class
