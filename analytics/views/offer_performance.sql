-- Offer performance
--
-- definition: What was done with each offer that was shown, and what it earned, net.
-- grain: a shop and offer
-- pitfalls: An offer that is shown in better places is clicked more: compare offers within one slot, or weigh by propensity. Revenue
--   of a click may still come, and go back.
-- question: Which offers earn their place on the page?
-- columns:
--   shop string: Key of the shop
--   offer_id string: What was offered
--   offer_type string: upsell, cross-sell, subscription, loyalty, referral, review or partner
--   sku string: The product of an offer of one
--   partner string: Whose offer it is
--   shown bigint: Showings
--   clicked bigint: Showings that were clicked
--   accepted bigint: Showings that were taken up
--   dismissed bigint: Showings that were sent away
--   mean_slot double: Place on the page, from 1
--   click_rate double: clicked / shown
--   accept_rate double: accepted / shown
--   orders bigint: Orders that it is credited with
--   revenue_minor bigint: Net, minor units of the reporting currency
--   revenue_per_thousand_minor double: A thousand showings
with done as (
  select
    shop,
    offer_id,
    max(offer_type) as offer_type,
    max(sku) as sku,
    max(partner) as partner,
    count(*) filter (where is_shown) as shown,
    count(*) filter (where is_shown and is_clicked) as clicked,
    count(*) filter (where is_shown and is_accepted) as accepted,
    count(*) filter (where is_shown and is_dismissed) as dismissed,
    avg(cast(slot as double)) as mean_slot
  from offers
  group by shop, offer_id
),

earned as (
  select
    shop,
    credit_offer_id as offer_id,
    count(distinct order_id) as orders,
    cast(sum(earned_minor) as bigint) as revenue_minor
  from ledger
  where credit_offer_id is not null and account in ('revenue', 'commission')
  group by shop, credit_offer_id
)

select
  d.shop,
  d.offer_id,
  d.offer_type,
  d.sku,
  d.partner,
  d.shown,
  d.clicked,
  d.accepted,
  d.dismissed,
  d.mean_slot,
  cast(d.clicked as double) / nullif(d.shown, 0) as click_rate,
  cast(d.accepted as double) / nullif(d.shown, 0) as accept_rate,
  coalesce(e.orders, 0) as orders,
  coalesce(e.revenue_minor, 0) as revenue_minor,
  1000e0 * coalesce(e.revenue_minor, 0) / nullif(d.shown, 0) as revenue_per_thousand_minor
from done as d
left join earned as e on e.shop = d.shop and e.offer_id = d.offer_id
