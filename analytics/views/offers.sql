-- Offers
--
-- definition: Every showing of an offer, once, with what the customer did with it.
-- grain: an impression
-- pitfalls: What is done with an offer may arrive before its showing; until that comes type, product and partner are unknown.
-- question: What was shown where, and taken up?
-- columns:
--   shop string: Key of the shop
--   impression_id string: Names the showing
--   order_id string: On whose page
--   session_id string: In which session
--   offer_id string: What was offered
--   offer_type string: upsell, cross-sell, subscription, loyalty, referral, review or partner
--   sku string: The product of an offer of one
--   partner string: Whose offer it is
--   slot int: Place on the page, from 1
--   propensity double: How likely the policy was to show it there
--   policy string: What decided
--   first_at timestamp: When it was shown, UTC
--   is_shown boolean: Whether the showing was recorded
--   is_clicked boolean: Whether the customer looked at it
--   is_accepted boolean: Whether the customer took it up
--   is_dismissed boolean: Whether the customer sent it away
select
  shop,
  impression_id,
  max(order_id) as order_id,
  max(session_id) as session_id,
  max(offer_id) as offer_id,
  max(offer_type) as offer_type,
  max(sku) as sku,
  max(partner) as partner,
  max(slot) as slot,
  max(propensity) as propensity,
  max(policy) as policy,
  min(occurred_at) as first_at,
  bool_or(kind = 'shown') as is_shown,
  bool_or(kind = 'clicked') as is_clicked,
  bool_or(kind = 'accepted') as is_accepted,
  bool_or(kind = 'dismissed') as is_dismissed
from impressions
group by shop, impression_id
