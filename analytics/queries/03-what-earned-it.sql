-- What earned it
--
-- description: Post-purchase revenue by month, class, channel and touch, net of what was taken back, the largest first. It is credit,
--   not lift.
select
  shop,
  month,
  class,
  channel,
  touch,
  sum(revenue_minor) as revenue_minor,
  sum(reversed_minor) as reversed_minor,
  currency
from post_purchase_revenue
group by shop, month, class, channel, touch, currency
order by shop, month desc, revenue_minor desc
