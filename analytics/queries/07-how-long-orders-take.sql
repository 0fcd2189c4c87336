-- How long orders take
--
-- description: Median and 90th percentile of the hours from the order to its dispatch and its delivery, by month.
select shop, month, milestone, orders, reached, share, hours_median, hours_p90
from journey_progress
where milestone in ('dispatched', 'delivered')
order by shop, month, milestone
