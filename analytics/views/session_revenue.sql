-- Session revenue
--
-- definition: What a session of the confirmation page earned: upsells that were taken up in it and commission that partners
--   confirmed for it, each as it stood 30 days after it was booked.
-- grain: a session: one an order, from its first view, closed 24 hours later
-- pitfalls: Sessions that earned nothing are here, with zeros. What is taken back later than 30 days after it was booked stays in.
--   What was earned without a session that was recorded is not here.
-- question: What did each visit of the confirmation page earn?
-- columns:
--   shop string: Key of the shop
--   order_id string: The order of the session
--   opened_at timestamp: First view, UTC
--   opened_on date: The day of that in the shop's time zone
--   page_views bigint: Views within 24 hours, the first included
--   upsell_minor bigint: Net of what was taken back within 30 days, minor units of the reporting currency
--   commission_minor bigint: Net of what was taken back within 30 days, minor units of the reporting currency
--   revenue_minor bigint: Both
--   is_mature boolean: Whether 31 days have passed since the first view
with views as (
  select shop, fact_id, arbitrary(order_id) as order_id, min(occurred_at) as occurred_at
  from sessions
  group by shop, fact_id
),

opened as (
  select shop, order_id, min(occurred_at) as opened_at
  from views
  group by shop, order_id
),

visits as (
  select
    o.shop,
    o.order_id,
    o.opened_at,
    count(*) as page_views
  from opened as o
  join views as v
    on v.shop = o.shop
    and v.order_id = o.order_id
    and date_diff('millisecond', o.opened_at, v.occurred_at) <= 24 * 3600000
  group by o.shop, o.order_id, o.opened_at
),

entries as (
  select
    shop,
    case when credit_kind = 'session' then coalesce(credit_order_id, order_id) else order_id end as order_id,
    class,
    earned_minor,
    reverses,
    occurred_at,
    min(case when reverses is null then occurred_at end) over (
      partition by shop, coalesce(reverses, entry_id)
    ) as booked_at
  from ledger
  where account in ('revenue', 'commission') and class in ('confirmation_upsell', 'partner_commission')
),

earned as (
  select
    shop,
    order_id,
    cast(sum(case when class = 'confirmation_upsell' then earned_minor else 0 end) as bigint) as upsell_minor,
    cast(sum(case when class = 'partner_commission' then earned_minor else 0 end) as bigint) as commission_minor
  from entries
  where reverses is null or date_diff('millisecond', booked_at, occurred_at) <= 30 * bigint '86400000'
  group by shop, order_id
)

select
  v.shop,
  v.order_id,
  v.opened_at,
  cast(at_timezone(with_timezone(v.opened_at, 'UTC'), coalesce(s.time_zone, 'UTC')) as date) as opened_on,
  v.page_views,
  coalesce(e.upsell_minor, 0) as upsell_minor,
  coalesce(e.commission_minor, 0) as commission_minor,
  coalesce(e.upsell_minor, 0) + coalesce(e.commission_minor, 0) as revenue_minor,
  date_diff('millisecond', v.opened_at, a.latest_at) >= 31 * bigint '86400000' as is_mature
from visits as v
cross join as_of as a
left join earned as e on e.shop = v.shop and e.order_id = v.order_id
left join config_shops as s on s.shop = v.shop
