-- What Trino, and so Athena engine 3, does otherwise than DuckDB 1.5, from https://trino.io/docs/current/functions.html.
-- Aggregates that may be followed by FILTER cannot be macros: trino-names.ts renames those.

-- Overloads by type are not used: DuckDB does not know the type of an aggregate when it chooses among them.

-- Whole numbers divide to whole numbers, cut off towards zero: with this setting / is the operator //. Nothing divides
-- by zero; of doubles Trino makes Infinity, which no report should show either. (error() is volatile, so that try()
-- would refuse it; a cast that fails is not.)
SET integer_division = true;
CREATE MACRO divisor(b) AS
  CASE WHEN b = 0 THEN b + CAST('Division by zero, which NULLIF(…, 0) prevents: ' || b AS TINYINT) ELSE b END;
CREATE MACRO "//"(a, b) AS system.main."//"(a, divisor(b));
CREATE MACRO "%"(a, b) AS system.main."%"(a, divisor(b));
CREATE MACRO mod(a, b) AS system.main."%"(a, divisor(b));

CREATE MACRO ln(x) AS CASE WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN x < 0 THEN CAST('NaN' AS DOUBLE) ELSE system.main.ln(x) END;
CREATE MACRO sqrt(x) AS CASE WHEN x < 0 THEN CAST('NaN' AS DOUBLE) ELSE system.main.sqrt(x) END;
CREATE MACRO truncate(x) AS trunc(x);
CREATE MACRO infinity() AS CAST('Infinity' AS DOUBLE);
CREATE MACRO nan() AS CAST('NaN' AS DOUBLE);
CREATE MACRO is_nan(x) AS isnan(x);
CREATE MACRO is_finite(x) AS isfinite(x);
CREATE MACRO is_infinite(x) AS isinf(x);
CREATE MACRO e() AS system.main.exp(1);

-- One NULL makes all of it NULL.
CREATE MACRO greatest
  (a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE system.main.greatest(a, b) END,
  (a, b, c) AS CASE WHEN a IS NULL OR b IS NULL OR c IS NULL THEN NULL ELSE system.main.greatest(a, b, c) END,
  (a, b, c, d) AS CASE WHEN a IS NULL OR b IS NULL OR c IS NULL OR d IS NULL THEN NULL ELSE system.main.greatest(a, b, c, d) END;
CREATE MACRO least
  (a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE system.main.least(a, b) END,
  (a, b, c) AS CASE WHEN a IS NULL OR b IS NULL OR c IS NULL THEN NULL ELSE system.main.least(a, b, c) END,
  (a, b, c, d) AS CASE WHEN a IS NULL OR b IS NULL OR c IS NULL OR d IS NULL THEN NULL ELSE system.main.least(a, b, c, d) END;
CREATE MACRO concat
  (a, b) AS a || b,
  (a, b, c) AS a || b || c,
  (a, b, c, d) AS a || b || c || d,
  (a, b, c, d, e) AS a || b || c || d || e,
  (a, b, c, d, e, f) AS a || b || c || d || e || f;

-- Whole units that have passed, not boundaries that were crossed.
CREATE MACRO date_diff(unit, a, b) AS date_sub(unit, a, b);
CREATE MACRO interval_of(unit, n) AS CASE lower(unit)
  WHEN 'millisecond' THEN to_milliseconds(n)
  WHEN 'second' THEN to_seconds(n)
  WHEN 'minute' THEN to_minutes(CAST(n AS BIGINT))
  WHEN 'hour' THEN to_hours(CAST(n AS BIGINT))
  WHEN 'day' THEN to_days(CAST(n AS INTEGER))
  WHEN 'week' THEN to_weeks(CAST(n AS INTEGER))
  WHEN 'month' THEN to_months(CAST(n AS INTEGER))
  WHEN 'quarter' THEN to_months(CAST(3 * n AS INTEGER))
  WHEN 'year' THEN to_years(CAST(n AS INTEGER))
  ELSE CAST('not a unit of time: ' || unit AS INTERVAL) END;
CREATE MACRO date_add(unit, n, x) AS cast_to_type(x + interval_of(unit, n), x);
CREATE MACRO date_trunc(unit, x) AS cast_to_type(system.main.date_trunc(unit, x), x);
CREATE MACRO date(x) AS CAST(x AS DATE);
CREATE MACRO day_of_week(x) AS isodow(x);
CREATE MACRO dow(x) AS isodow(x);
CREATE MACRO day_of_month(x) AS day(x);
CREATE MACRO day_of_year(x) AS dayofyear(x);
CREATE MACRO doy(x) AS dayofyear(x);
CREATE MACRO week_of_year(x) AS week(x);
CREATE MACRO year_of_week(x) AS isoyear(x);
CREATE MACRO yow(x) AS isoyear(x);
CREATE MACRO last_day_of_month(x) AS CAST(last_day(CAST(x AS DATE)) AS DATE);
CREATE MACRO to_unixtime(t) AS epoch(t);
CREATE MACRO from_unixtime(seconds) AS to_timestamp(CAST(seconds AS DOUBLE));
CREATE MACRO from_iso8601_timestamp(s) AS CAST(s AS TIMESTAMPTZ);
CREATE MACRO from_iso8601_date(s) AS CAST(s AS DATE);
CREATE MACRO to_iso8601(x) AS CASE typeof(x)
  WHEN 'DATE' THEN strftime(x, '%Y-%m-%d')
  WHEN 'TIMESTAMP' THEN strftime(x, '%Y-%m-%dT%H:%M:%S.%g')
  ELSE strftime(x, '%Y-%m-%dT%H:%M:%S.%gZ') END;
-- MySQL's letters of minutes, seconds and month names in the place of C's.
CREATE MACRO c_format(format) AS
  replace(replace(replace(replace(replace(format, '%M', '%B'), '%i', '%M'), '%s', '%S'), '%T', '%H:%M:%S'), '%W', '%A');
CREATE MACRO date_format(t, format) AS strftime(t, c_format(format));
-- A timestamp without a zone is in UTC, the session's zone; the result is the local time there, without its zone.
CREATE MACRO timezone(zone, t) AS system.main.timezone(zone, CAST(t AS TIMESTAMPTZ));
CREATE MACRO at_timezone(t, zone) AS system.main.timezone(zone, CAST(t AS TIMESTAMPTZ));
CREATE MACRO with_timezone(t, zone) AS system.main.timezone(zone, CAST(t AS TIMESTAMP));

CREATE MACRO cardinality(a) AS len(a);
CREATE MACRO array_join
  (a, separator) AS array_to_string(a, separator),
  (a, separator, absent) AS array_to_string(list_transform(a, lambda x: coalesce(CAST(x AS VARCHAR), absent)), separator);
CREATE MACRO sequence
  (a, b) AS generate_series(a, b),
  (a, b, step) AS list_transform(generate_series(a, b, step), lambda x: cast_to_type(x, a));

CREATE MACRO regexp_like(s, pattern) AS regexp_matches(s, pattern);
CREATE MACRO json_extract_scalar(json, path) AS json_extract_string(json, path);
CREATE MACRO json_parse(s) AS CAST(s AS JSON);
CREATE MACRO json_format(json) AS CAST(json AS VARCHAR);
