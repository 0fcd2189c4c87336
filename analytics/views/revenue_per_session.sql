-- Revenue per post-purchase session
--
-- definition: (upsell + confirmed commission, net of what was taken back within 30 days) / sessions. A session is one an order,
--   from the first view of its confirmation page, closed after 24 hours; those that earned nothing count.
-- grain: a shop and the day on which its sessions were opened
-- pitfalls: Never average the daily figures: divide sums. Until is_mature some reversals are still to come. Revenue per page view
--   falls when customers come back to look at their order; it is no goal.
-- question: What is a visit of the confirmation page worth?
-- columns:
--   shop string: Key of the shop
--   opened_on date: In the shop's time zone
--   sessions bigint: Sessions, zeros included
--   page_views bigint: Views in them
--   upsell_minor bigint: Minor units of the reporting currency
--   commission_minor bigint: Minor units of the reporting currency
--   revenue_minor bigint: Both
--   revenue_per_session_minor double: revenue_minor / sessions
--   revenue_per_view_minor double: revenue_minor / page_views
--   is_mature boolean: Whether 31 days have passed since the last of these sessions was opened
select
  shop,
  opened_on,
  count(*) as sessions,
  cast(sum(page_views) as bigint) as page_views,
  cast(sum(upsell_minor) as bigint) as upsell_minor,
  cast(sum(commission_minor) as bigint) as commission_minor,
  cast(sum(revenue_minor) as bigint) as revenue_minor,
  cast(sum(revenue_minor) as double) / count(*) as revenue_per_session_minor,
  cast(sum(revenue_minor) as double) / nullif(sum(page_views), 0) as revenue_per_view_minor,
  bool_and(is_mature) as is_mature
from session_revenue
group by shop, opened_on
