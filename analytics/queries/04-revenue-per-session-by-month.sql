-- Revenue per session by month
--
-- description: Of matured days only, sums divided: the figure to report. Beside it revenue per page view.
select
  shop,
  substr(cast(opened_on as varchar), 1, 7) as month,
  sum(sessions) as sessions,
  cast(sum(revenue_minor) as double) / nullif(sum(sessions), 0) as revenue_per_session_minor,
  cast(sum(revenue_minor) as double) / nullif(sum(page_views), 0) as revenue_per_view_minor
from revenue_per_session
where is_mature
group by 1, 2
order by 1, 2
