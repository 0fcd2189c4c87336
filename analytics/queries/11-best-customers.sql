-- The best customers
--
-- description: The hundred who spent most, with how often and how recently they bought. Pseudonyms only: who they are the lake does
--   not know.
select shop, customer, order_count, spend_minor, frequency + 1 as purchase_days, days_since_last, mean_gap_days
from customer_stats
order by spend_minor desc, shop, customer
limit 100
