-- Partner yield
--
-- definition: What each partner's offers were shown, clicked and taken up, and the commission that was confirmed for them, net.
-- grain: a shop and partner
-- pitfalls: Commission comes weeks after the click, and may be taken back. Commission that names no offer that was shown has the
--   partner unknown.
-- question: Which partner pays best for a place on the page?
-- columns:
--   shop string: Key of the shop
--   partner string: Whose offers, or unknown
--   sessions bigint: Sessions in which one was shown
--   shown bigint: Showings
--   clicked bigint: Showings that were clicked
--   accepted bigint: Showings that were taken up
--   commission_minor bigint: Net, minor units of the reporting currency
--   commission_per_session_minor double: A session in which one was shown
--   commission_per_click_minor double: A click
with partners as (
  select shop, offer_id, max(partner) as partner
  from offers
  where partner is not null
  group by shop, offer_id
),

done as (
  select
    shop,
    partner,
    count(distinct case when is_shown then session_id end) as sessions,
    count(*) filter (where is_shown) as shown,
    count(*) filter (where is_shown and is_clicked) as clicked,
    count(*) filter (where is_shown and is_accepted) as accepted,
    cast(0 as bigint) as commission_minor
  from offers
  where partner is not null
  group by shop, partner
),

earned as (
  select
    l.shop,
    coalesce(p.partner, 'unknown') as partner,
    cast(sum(l.earned_minor) as bigint) as commission_minor
  from ledger as l
  left join partners as p on p.shop = l.shop and p.offer_id = l.credit_offer_id
  where l.account = 'commission'
  group by 1, 2
),

together as (
  select shop, partner, sessions, shown, clicked, accepted, commission_minor from done
  union all
  select shop, partner, 0, 0, 0, 0, commission_minor from earned
)

select
  shop,
  partner,
  cast(sum(sessions) as bigint) as sessions,
  cast(sum(shown) as bigint) as shown,
  cast(sum(clicked) as bigint) as clicked,
  cast(sum(accepted) as bigint) as accepted,
  cast(sum(commission_minor) as bigint) as commission_minor,
  cast(sum(commission_minor) as double) / nullif(sum(sessions), 0) as commission_per_session_minor,
  cast(sum(commission_minor) as double) / nullif(sum(clicked), 0) as commission_per_click_minor
from together
group by shop, partner
