-- Revenue against this quarter's targets
--
-- description: Each target with what has been earned, the share of it, the share of the quarter that has passed, and its owner; those
--   furthest behind first.
select quarter, shop, class, touch, category, owner, target_minor, revenue_minor, reached, elapsed
from revenue_targets
order by quarter desc, reached - elapsed
