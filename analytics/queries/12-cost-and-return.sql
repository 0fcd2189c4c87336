-- Cost and return
--
-- description: What an order costs in messages and infrastructure, beside the post-purchase revenue of the same month, in units of the
--   reporting currency.
select
  c.shop,
  c.month,
  c.orders,
  c.cost_per_order,
  cast(coalesce(sum(r.revenue_minor), 0) as double)
    / power(1e1, cast(max(k.reporting_exponent) as double))
    / c.orders as post_purchase_revenue_per_order
from cost_per_order as c
cross join config_reading as k
left join post_purchase_revenue as r on r.shop = c.shop and r.month = c.month
group by c.shop, c.month, c.orders, c.cost_per_order
order by c.shop, c.month
