-- Purchase days
--
-- definition: The days on which a customer ordered something that was not cancelled as a whole. Two orders on one day are one
--   purchase day: repeat, retention and scores count these.
-- grain: a customer and day
-- pitfalls: Orders that nobody is known for are left out. Days are days of the shop's time zone.
-- question: On how many days did a customer buy?
-- columns:
--   shop string: Key of the shop
--   customer string: Who bought, after merges
--   day date: In the shop's time zone
--   order_count bigint: Orders of that day
select shop, customer, placed_on as day, count(*) as order_count
from orders
where customer is not null and not is_cancelled
group by shop, customer, placed_on
