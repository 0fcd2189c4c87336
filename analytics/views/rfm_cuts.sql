-- RFM cut points
--
-- definition: The values that part a shop's customers into fifths by recency, frequency and spend: the largest of the first, second,
--   third and fourth fifth.
-- grain: a shop and measure
-- pitfalls: Where many customers share a value, as with one purchase day, cut points coincide and fifths differ in size.
-- question: What makes a customer one of the best fifth?
-- columns:
--   shop string: Key of the shop
--   measure string: recency (days since the last purchase day), frequency (purchase days) or monetary (spend in minor units)
--   p20 double: Not exceeded by a fifth of the customers
--   p40 double: Not exceeded by two fifths
--   p60 double: Not exceeded by three fifths
--   p80 double: Not exceeded by four fifths
--   customers bigint: In all
with measured as (
  select
    b.shop,
    m.measure,
    case m.measure
      when 'recency' then cast(date_diff('day', b.last_on, b.today) as double)
      when 'frequency' then cast(b.day_count as double)
      else cast(s.spend_minor as double)
    end as value
  from buyers as b
  join customer_spend as s on s.shop = b.shop and s.customer = b.customer
  cross join (values ('recency'), ('frequency'), ('monetary')) as m (measure)
),

ranked as (
  select shop, measure, value, cume_dist() over (partition by shop, measure order by value) as share
  from measured
)

select
  shop,
  measure,
  min(case when share >= 2e-1 then value end) as p20,
  min(case when share >= 4e-1 then value end) as p40,
  min(case when share >= 6e-1 then value end) as p60,
  min(case when share >= 8e-1 then value end) as p80,
  count(*) as customers
from ranked
group by shop, measure
