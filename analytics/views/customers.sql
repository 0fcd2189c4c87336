-- Customers who were merged
--
-- definition: For every pseudonym that turned out to be another customer: who that is now, through up to six merges.
-- grain: a pseudonym that is no more used
-- pitfalls: A customer who was never merged has no row: join left, and take customer_now or else the pseudonym.
-- question: Which pseudonyms are one person?
-- columns:
--   shop string: Key of the shop
--   customer string: Pseudonym that facts were recorded with
--   customer_now string: Pseudonym of the same person today
with links as (
  select shop, customer, max_by(merged_into, occurred_at) as merged_into
  from customer_links
  group by shop, customer
)
select
  a.shop,
  a.customer,
  coalesce(
    f.merged_into, e.merged_into, d.merged_into, c.merged_into, b.merged_into, a.merged_into
  ) as customer_now
from links as a
left join links as b on b.shop = a.shop and b.customer = a.merged_into
left join links as c on c.shop = b.shop and c.customer = b.merged_into
left join links as d on d.shop = c.shop and d.customer = c.merged_into
left join links as e on e.shop = d.shop and e.customer = d.merged_into
left join links as f on f.shop = e.shop and f.customer = e.merged_into
