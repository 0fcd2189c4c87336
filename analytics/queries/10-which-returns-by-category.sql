-- What comes back, by category
--
-- description: Of the orders with a line of each category that were delivered, the share with a return. An order with two categories
--   counts in both.
select
  l.shop,
  l.category,
  count(distinct l.order_id) as delivered_orders,
  count(distinct g.order_id) as returned_orders,
  cast(count(distinct g.order_id) as double) / count(distinct l.order_id) as return_rate
from lines as l
join orders as o on o.shop = l.shop and o.order_id = l.order_id
left join signals as g
  on g.shop = l.shop and g.order_id = l.order_id and g.kind in ('return_requested', 'return_received')
where o.delivered_at is not null and l.category is not null
group by l.shop, l.category
order by return_rate desc, l.shop, l.category
