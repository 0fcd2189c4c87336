-- Experiment outcomes
--
-- definition: What each customer of an experiment did since they were first exposed, and in as many days before as the
--   configuration says, one row a metric; those who did nothing have zeros.
-- grain: an experiment, customer and metric
-- pitfalls: By intention to treat: the arm is that of the first exposure, whatever the customer was shown. Revenue is everything that
--   was booked since then, reversals of earlier orders too.
-- question: What did customers of each arm do?
-- columns:
--   experiment string: Key of the experiment
--   arm string: Of the customer's first exposure
--   shop string: Key of the shop
--   customer string: Pseudonym, after merges
--   metric string: revenue, post-purchase-revenue, repeat-order, return-rate, support-case, review, click, complaint, revenue-per-session, nps or csat
--   kind string: proportion, amount or ratio
--   value double: Since the first exposure: 0 or 1 of a proportion, minor units of the reporting currency of an amount, the numerator of a ratio
--   denominator double: Of a ratio: sessions, or answers; 1 of the others
--   value_before double: The same before the first exposure; 0 of a ratio
--   promoters bigint: Of nps, answers of 9 and 10
--   detractors bigint: Of nps, answers of 0 to 6
with known as (
  select
    e.experiment,
    e.shop,
    coalesce(c.customer_now, e.customer) as customer,
    e.arm,
    e.occurred_at
  from exposures as e
  left join customers as c on c.shop = e.shop and c.customer = e.customer
  where e.customer is not null
),

exposed as (
  select
    experiment,
    shop,
    customer,
    min_by(arm, occurred_at) as arm,
    min(occurred_at) as exposed_at
  from known
  group by experiment, shop, customer
),

metrics as (
  select metric, kind
  from (
    values
      ('revenue', 'amount'),
      ('post-purchase-revenue', 'amount'),
      ('repeat-order', 'proportion'),
      ('return-rate', 'proportion'),
      ('support-case', 'proportion'),
      ('review', 'proportion'),
      ('click', 'proportion'),
      ('complaint', 'proportion'),
      ('revenue-per-session', 'ratio'),
      ('nps', 'ratio'),
      ('csat', 'ratio')
  ) as m (metric, kind)
),

buyers_of as (
  select shop, order_id, customer
  from orders
  where customer is not null
),

happened as (
  select shop, customer, placed_at as happened_at, 'repeat-order' as metric, 1e0 as value, 1e0 as denominator, 0 as promoters, 0 as detractors
  from orders
  where customer is not null and not is_cancelled
  union all
  select l.shop, o.customer, l.occurred_at, m.metric, cast(l.earned_minor as double), 1e0, 0, 0
  from ledger as l
  join buyers_of as o on o.shop = l.shop and o.order_id = l.order_id
  join (values ('revenue'), ('post-purchase-revenue')) as m (metric) on m.metric = 'revenue' or l.class <> 'primary'
  where l.account in ('revenue', 'commission')
  union all
  select
    shop,
    customer,
    occurred_at,
    case kind when 'case_opened' then 'support-case' when 'return_requested' then 'return-rate' else 'review' end,
    1e0,
    1e0,
    0,
    0
  from signals
  where kind in ('case_opened', 'return_requested', 'review_posted') and customer is not null
  union all
  select m.shop, o.customer, m.occurred_at, case m.kind when 'clicked' then 'click' else 'complaint' end, 1e0, 1e0, 0, 0
  from messages as m
  join buyers_of as o on o.shop = m.shop and o.order_id = m.order_id
  where m.kind in ('clicked', 'complained')
  union all
  select r.shop, o.customer, r.opened_at, 'revenue-per-session', cast(r.revenue_minor as double), 1e0, 0, 0
  from session_revenue as r
  join buyers_of as o on o.shop = r.shop and o.order_id = r.order_id
  union all
  select
    shop,
    customer,
    answered_at,
    survey,
    case
      when survey = 'csat' then cast(score as double)
      when score >= 9 then 1e0
      when score <= 6 then -1e0
      else 0e0
    end,
    1e0,
    case when survey = 'nps' and score >= 9 then 1 else 0 end,
    case when survey = 'nps' and score <= 6 then 1 else 0 end
  from answers
  where customer is not null
),

totals as (
  select
    e.experiment,
    e.shop,
    e.customer,
    h.metric,
    sum(case when h.happened_at >= e.exposed_at then h.value else 0e0 end) as value,
    sum(case when h.happened_at >= e.exposed_at then h.denominator else 0e0 end) as denominator,
    sum(case when h.happened_at < e.exposed_at then h.value else 0e0 end) as value_before,
    sum(case when h.happened_at >= e.exposed_at then h.promoters else 0 end) as promoters,
    sum(case when h.happened_at >= e.exposed_at then h.detractors else 0 end) as detractors
  from exposed as e
  join happened as h on h.shop = e.shop and h.customer = e.customer
  left join config_windows as w on w.shop = e.shop
  where h.happened_at >= e.exposed_at
    or date_diff('millisecond', h.happened_at, e.exposed_at) <= coalesce(w.pre_period_days, 90) * bigint '86400000'
  group by e.experiment, e.shop, e.customer, h.metric
)

select
  e.experiment,
  e.arm,
  e.shop,
  e.customer,
  m.metric,
  m.kind,
  case
    when m.kind = 'proportion' then (case when coalesce(t.value, 0e0) > 0e0 then 1e0 else 0e0 end)
    else coalesce(t.value, 0e0)
  end as value,
  case when m.kind = 'ratio' then coalesce(t.denominator, 0e0) else 1e0 end as denominator,
  case
    when m.kind = 'ratio' then 0e0
    when m.kind = 'proportion' then (case when coalesce(t.value_before, 0e0) > 0e0 then 1e0 else 0e0 end)
    else coalesce(t.value_before, 0e0)
  end as value_before,
  cast(coalesce(t.promoters, 0) as bigint) as promoters,
  cast(coalesce(t.detractors, 0) as bigint) as detractors
from exposed as e
cross join metrics as m
left join totals as t
  on t.experiment = e.experiment and t.shop = e.shop and t.customer = e.customer and t.metric = m.metric
