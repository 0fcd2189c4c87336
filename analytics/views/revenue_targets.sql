-- Revenue against targets
--
-- definition: Post-purchase revenue of a quarter beside the target that the configuration sets for it, its budget and its owner.
-- grain: a target of the configuration
-- pitfalls: Targets may overlap (one of the shop, one of a touch): do not add them up. A target without a shop is of all shops.
-- question: Will this quarter's target be met, and who owns it?
-- columns:
--   quarter string: 2026-Q1
--   shop string: Key of the shop; absent of a target for all
--   class string: Of the revenue that counts; absent of one for all
--   touch string: Of the revenue that counts; absent of one for all
--   category string: Of the revenue that counts; absent of one for all
--   owner string: Who answers for it
--   target_minor bigint: Minor units of the reporting currency
--   budget_minor bigint: What may be spent on it, minor units of the reporting currency
--   revenue_minor bigint: Net until now, minor units of the reporting currency
--   reached double: revenue_minor / target_minor
--   elapsed double: The part of the quarter that has passed, 0 to 1
with elapsed as (
  select
    t.quarter,
    case
      when date_diff('day', t.starts_on, cast(a.latest_at as date)) < 0 then 0e0
      when date_diff('day', cast(a.latest_at as date), t.ends_on) < 0 then 1e0
      else (1e0 + date_diff('day', t.starts_on, cast(a.latest_at as date))) / (1e0 + date_diff('day', t.starts_on, t.ends_on))
    end as elapsed
  from (select distinct quarter, starts_on, ends_on from config_targets) as t
  cross join as_of as a
),

revenue as (
  select quarter, shop, class, touch, category, cast(sum(revenue_minor) as bigint) as revenue_minor
  from post_purchase_revenue
  group by quarter, shop, class, touch, category
)

select
  t.quarter,
  t.shop,
  t.class,
  t.touch,
  t.category,
  t.owner,
  t.target_minor,
  t.budget_minor,
  cast(coalesce(sum(r.revenue_minor), 0) as bigint) as revenue_minor,
  cast(coalesce(sum(r.revenue_minor), 0) as double) / nullif(t.target_minor, 0) as reached,
  coalesce(max(e.elapsed), 0e0) as elapsed
from config_targets as t
left join elapsed as e on e.quarter = t.quarter
left join revenue as r
  on r.quarter = t.quarter
  and (t.shop is null or r.shop = t.shop)
  and (t.class is null or r.class = t.class)
  and (t.touch is null or r.touch = t.touch)
  and (t.category is null or r.category = t.category)
group by t.quarter, t.shop, t.class, t.touch, t.category, t.owner, t.target_minor, t.budget_minor
