-- Service signals
--
-- definition: Cases, returns, answers and reviews, once, with the customer as known today.
-- grain: a case, a return, an answer or a review
-- pitfalls: A case need not name an order. topic is in the service desk's own words.
-- question: What do customers come back with?
-- columns:
--   shop string: Key of the shop
--   fact_id string: Names the signal
--   occurred_at timestamp: When it happened, UTC
--   customer string: Of whom, after merges; absent when nobody is known
--   order_id string: Of the order that it is about
--   kind string: case_opened, case_closed, return_requested, return_received, survey_answered or review_posted
--   case_id string: The service desk's id, or the return's
--   topic string: What a case is about
--   survey string: csat or nps
--   score int: Of an answer, or the stars of a review
--   touch string: The touch by which an answer was asked for
select
  g.shop,
  g.fact_id,
  g.occurred_at,
  coalesce(c.customer_now, g.customer) as customer,
  g.order_id,
  g.kind,
  g.case_id,
  g.topic,
  g.survey,
  g.score,
  g.touch
from (
  select
    shop,
    fact_id,
    min(occurred_at) as occurred_at,
    arbitrary(customer) as customer,
    arbitrary(order_id) as order_id,
    kind,
    arbitrary(case_id) as case_id,
    arbitrary(topic) as topic,
    arbitrary(survey) as survey,
    arbitrary(score) as score,
    arbitrary(touch) as touch
  -- The kind is the same for one fact_id; as a key it lets a query read only what it asks for.
  from service_signals
  group by shop, fact_id, kind
) as g
left join customers as c on c.shop = g.shop and c.customer = g.customer
