-- Shop days
--
-- definition: Which day it is in each shop's time zone, as of the latest fact.
-- grain: a shop of the configuration
-- pitfalls: Only shops that the configuration names have a zone; the days of others are UTC days.
-- question: Which day is the latest that a shop's figures can know of?
-- columns:
--   shop string: Key of the shop
--   today date: The day of the latest fact, in the shop's time zone
select
  s.shop,
  cast(at_timezone(with_timezone(a.latest_at, 'UTC'), s.time_zone) as date) as today
from config_shops as s
cross join as_of as a
