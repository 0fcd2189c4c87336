-- Post-purchase revenue
--
-- definition: What upsells, cross-sells and partners earned, by when it was booked and what brought it. What is taken back counts
--   in the month in which it is.
-- grain: a shop, month, class, channel, touch, offer and category
-- pitfalls: A line that several messages share is split among them: sums are right, an order may count in several rows. Credit is
--   not lift: experiment_lift says what would not have come anyway.
-- question: Which messages and offers earned how much this quarter?
-- columns:
--   shop string: Key of the shop
--   quarter string: 2026-Q1, in the shop's time zone
--   month string: 2026-03, in the shop's time zone
--   class string: confirmation_upsell, followup_crosssell or partner_commission
--   channel string: Of the message; page of a session, code of a code, none of what nothing of ours brought
--   touch string: Name of the message
--   offer_id string: The offer that was taken up
--   category string: Of the line
--   orders bigint: Orders with an entry
--   booked_minor bigint: Before what was taken back, minor units of the reporting currency
--   reversed_minor bigint: What was taken back, zero or below, minor units of the reporting currency
--   revenue_minor bigint: Net
--   currency string: The reporting currency, ISO 4217
with booked as (
  select
    l.shop,
    date_trunc(
      'month',
      cast(at_timezone(with_timezone(l.occurred_at, 'UTC'), coalesce(s.time_zone, 'UTC')) as date)
    ) as month,
    l.class,
    coalesce(
      l.credit_channel,
      case l.credit_kind when 'session' then 'page' when 'code' then 'code' end,
      'none'
    ) as channel,
    l.credit_touch as touch,
    l.credit_offer_id as offer_id,
    l.category,
    l.order_id,
    l.earned_minor,
    l.reverses,
    l.reporting_currency as currency
  from ledger as l
  left join config_shops as s on s.shop = l.shop
  where l.account in ('revenue', 'commission') and l.class <> 'primary'
)

select
  shop,
  cast(year(month) as varchar) || '-Q' || cast(quarter(month) as varchar) as quarter,
  substr(cast(month as varchar), 1, 7) as month,
  class,
  channel,
  touch,
  offer_id,
  category,
  count(distinct order_id) as orders,
  cast(sum(case when reverses is null then earned_minor else 0 end) as bigint) as booked_minor,
  cast(sum(case when reverses is null then 0 else earned_minor end) as bigint) as reversed_minor,
  cast(sum(earned_minor) as bigint) as revenue_minor,
  currency
from booked
group by shop, booked.month, class, channel, touch, offer_id, category, currency
