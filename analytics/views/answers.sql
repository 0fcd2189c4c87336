-- Survey answers
--
-- definition: What a customer answered in the end: of several answers to one survey about one order the latest.
-- grain: a survey of an order
-- pitfalls: Who answers is not who buys: read the number of answers before the score.
-- question: How content are the customers who answer?
-- columns:
--   shop string: Key of the shop
--   order_id string: The order; absent of an answer that names none
--   customer string: Who answered, after merges
--   survey string: csat or nps
--   score int: 1 to 5 of csat, 0 to 10 of nps
--   answered_at timestamp: When, UTC
--   answered_on date: The day of that in the shop's time zone
--   touch string: The touch by which it was asked for
with ranked as (
  select
    *,
    row_number() over (
      partition by shop, survey, coalesce(order_id, fact_id) order by occurred_at desc, fact_id desc
    ) as nth
  from signals
  where kind = 'survey_answered' and survey is not null and score is not null
)

select
  r.shop,
  r.order_id,
  r.customer,
  r.survey,
  r.score,
  r.occurred_at as answered_at,
  cast(at_timezone(with_timezone(r.occurred_at, 'UTC'), coalesce(s.time_zone, 'UTC')) as date) as answered_on,
  r.touch
from ranked as r
left join config_shops as s on s.shop = r.shop
where r.nth = 1
