-- When the second purchase comes
--
-- description: The share of customers who have bought again after 30, 60, 90, 180 and 365 days, with its interval, and after how
--   many days half of them have. Absent where nobody has been observed that long.
select
  c.shop,
  w.days as within_days,
  max_by(c.bought_again, c.day) as bought_again,
  max_by(coalesce(c.lower, c.bought_again), c.day) as lower,
  max_by(coalesce(c.upper, c.bought_again), c.day) as upper,
  min(m.median_days) as median_days
from time_to_second_purchase as c
join (
  select shop, max(day) as last_day, min(day) filter (where bought_again >= 5e-1) as median_days
  from time_to_second_purchase
  group by shop
) as m on m.shop = c.shop
join (values (30), (60), (90), (180), (365)) as w (days) on c.day <= w.days and m.last_day >= w.days
group by c.shop, w.days
order by c.shop, w.days
