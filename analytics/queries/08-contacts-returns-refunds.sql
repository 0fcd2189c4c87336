-- Contacts, returns and refunds
--
-- description: What goes wrong, by month: the share of shipped orders that were asked for, of delivered orders that came back, and of
--   orders that were refunded. Each by its own cohort, so the rows of one month are not the same orders.
select shop, month, 'asked where it is' as what, shipped_orders as orders, wismo_orders as affected, wismo_rate as rate
from wismo_rate
union all
select shop, cohort, 'sent back', delivered_orders, returned_orders, return_rate
from return_rate
union all
select shop, month, 'refunded', sum(orders), sum(refunded_orders), cast(sum(refunded_orders) as double) / sum(orders)
from refund_rate
group by shop, month
order by 1, 2, 3
