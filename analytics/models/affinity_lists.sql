-- Affinity lists
--
-- definition: What goes with each product and with each category, and the best sellers of the last
--   affinity.bestSellerDays, of every shop, best first, at most 20. A day weighs 2^(-age / affinity.halfLifeDays). Product
--   j goes with i by C(i,j) / ((n(i) + 2) · n(j)^a) · k / (k + 8): C the weight of their pairs, n of their orders, k the
--   orders that have both, a affinity.popularityExponent. A category's lists pool the pairs of its products; best
--   sellers share what a product's pairs weigh on average.
-- grain: a product, a category or a shop
-- pitfalls: A pair of fewer than affinity.leastOrders orders is in no list; a category that a product had before counts
--   as the one it has. Scores compare within a shop and a run.
-- question: What is offered with a product, and why?
-- columns:
--   shop string: Key of the shop
--   kind string: sku, category or best-seller
--   list string: The product or category; empty for best sellers
--   orders bigint: Orders that have the product, or a product of the category; for best sellers all orders of the shop
--   open_share double: How much of the list is left to the next wider one: 2 / (n + 2)
--   skus string: Products, joined by chr(31), as are the following
--   scores string: Score of each
--   together string: Orders that have both; of a category pairs; of best sellers orders of the last days
--   sku_orders string: Orders of each
with newest as (
  select
    shop,
    order_day,
    max_by(orders, computed_at) as orders,
    max_by(pairs_at, computed_at) as pairs_at,
    max_by(skus_at, computed_at) as skus_at
  from affinity_days
  where order_month >= substr(cast(date_add('day', -{{windowDays}}, current_date) as varchar), 1, 7)
  group by shop, order_day
),

aged as (
  select
    shop,
    order_day,
    orders,
    pairs_at,
    skus_at,
    date_diff('day', cast(order_day as date), cast(max(order_day) over (partition by shop) as date)) as age
  from newest
  where order_day >= cast(date_add('day', -{{windowDays}}, current_date) as varchar)
),

days as (
  select *, pow(2e0, -age / {{halfLifeDays}}e0) as day_weight
  from aged
),

shops as (
  select shop, cast(sum(orders) as bigint) as orders
  from days
  group by shop
),

sold as (
  select
    k.shop,
    k.sku,
    max_by(k.category, k.order_day) filter (where k.category is not null) as category,
    sum(k.orders * d.day_weight) as n,
    cast(sum(k.orders) as bigint) as orders,
    cast(coalesce(sum(k.orders) filter (where d.age < {{bestSellerDays}}), 0) as bigint) as late_orders
  from affinity_skus as k
  join days as d on d.shop = k.shop and d.order_day = k.order_day and d.skus_at = k.computed_at
  where k.order_month >= substr(cast(date_add('day', -{{windowDays}}, current_date) as varchar), 1, 7)
  group by k.shop, k.sku
),

-- Numbered in the order of products with equal scores: ranking carries a number instead of names and counts.
skus as (
  select
    *,
    pow(n, {{popularityExponent}}) as popularity,
    row_number() over (partition by shop order by orders desc, sku) as number
  from sold
),

undirected as (
  select
    p.shop,
    p.sku,
    p.with_sku,
    sum(p.weight * d.day_weight) as weight,
    cast(sum(p.orders) as bigint) as orders
  from affinity_pairs as p
  join days as d on d.shop = p.shop and d.order_day = p.order_day and d.pairs_at = p.computed_at
  where p.order_month >= substr(cast(date_add('day', -{{windowDays}}, current_date) as varchar), 1, 7)
  group by p.shop, p.sku, p.with_sku
),

lists as (
  select p.shop, 'sku' as kind, p.sku as list, i.orders, i.n, p.with_sku as sku, p.weight, p.orders as together
  from (
    select
      shop,
      case way when 1 then sku else with_sku end as sku,
      case way when 1 then with_sku else sku end as with_sku,
      weight,
      orders
    from undirected
    cross join (values (1), (2)) as w (way)
    where orders >= {{leastOrders}}
  ) as p
  join skus as i on i.shop = p.shop and i.sku = p.sku
),

categories as (
  select shop, category, sum(n) as n, cast(sum(orders) as bigint) as orders
  from skus
  where category is not null
  group by shop, category
),

category_pairs as (
  select p.shop, i.category, p.with_sku as sku, sum(p.weight) as weight, cast(sum(p.orders) as bigint) as together
  from (
    select
      shop,
      case way when 1 then sku else with_sku end as sku,
      case way when 1 then with_sku else sku end as with_sku,
      weight,
      orders
    from undirected
    cross join (values (1), (2)) as w (way)
  ) as p
  join skus as i on i.shop = p.shop and i.sku = p.sku
  where i.category is not null
  group by p.shop, i.category, p.with_sku
),

scored as (
  select
    l.shop,
    l.kind,
    l.list,
    l.orders,
    2e0 / (l.n + 2e0) as open_share,
    j.number,
    l.weight / (l.n + 2e0) / j.popularity * l.together / (l.together + 8e0) as score,
    l.together
  from (
    select shop, kind, list, orders, n, sku, weight, together
    from lists
    union all
    select c.shop, 'category' as kind, c.category as list, c.orders, c.n, p.sku, p.weight, p.together
    from category_pairs as p
    join categories as c on c.shop = p.shop and c.category = p.category
    where p.together >= {{leastOrders}}
  ) as l
  join skus as j on j.shop = l.shop and j.sku = l.sku
),

-- What the pairs of a product weigh in one of its orders, on average; of a shop without pairs some little.
mass as (
  select n.shop, greatest(coalesce(p.weight, 0e0) / n.n, 1e-6) as mass
  from (select shop, sum(n) as n from skus group by shop) as n
  left join (select shop, 2e0 * sum(weight) as weight from undirected group by shop) as p on p.shop = n.shop
),

best_sellers as (
  select
    k.shop,
    'best-seller' as kind,
    '' as list,
    s.orders,
    0e0 as open_share,
    k.number,
    m.mass * k.late_orders / sum(k.late_orders) over (partition by k.shop) / k.popularity as score,
    k.late_orders as together
  from skus as k
  join shops as s on s.shop = k.shop
  join mass as m on m.shop = k.shop
  where k.late_orders > 0
),

-- By one key the first twenty are found without sorting the rest.
ranked as (
  select *, row_number() over (partition by shop, kind, list order by row(-round(score, 12), number)) as place
  from scored
  union all
  select *, row_number() over (partition by shop order by together desc, number) as place
  from best_sellers
)

select
  r.shop,
  r.kind,
  r.list,
  max(r.orders) as orders,
  max(r.open_share) as open_share,
  array_join(min_by(k.sku, r.place, 20), chr(31)) as skus,
  array_join(min_by(cast(r.score as varchar), r.place, 20), chr(31)) as scores,
  array_join(min_by(cast(r.together as varchar), r.place, 20), chr(31)) as together,
  array_join(min_by(cast(k.orders as varchar), r.place, 20), chr(31)) as sku_orders
from ranked as r
join skus as k on k.shop = r.shop and k.number = r.number
where r.place <= 20
group by r.shop, r.kind, r.list
