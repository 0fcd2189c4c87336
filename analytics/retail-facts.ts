import { quoted } from '#rehearsal/lake/duckdb.ts';

/**
 * DuckDB statements that read a file with the columns of UCI Online Retail (InvoiceNo, StockCode, Quantity,
 * InvoiceDate, UnitPrice, CustomerID) into order lines and order events. Lines of a quantity above zero are
 * purchases, whatever their price: gifts and samples are orders too. Cancellations (C invoices) and write-offs
 * have quantities below zero and are left out. Times are taken as UTC: the file names no zone.
 */
export const retailFacts = (file: string): readonly string[] => [
  `create temp table retail as
    select InvoiceNo, StockCode, cast(Quantity as integer) as quantity, nullif(CustomerID, '') as customer,
      coalesce(try_cast(InvoiceDate as timestamp), try_strptime(InvoiceDate, '%m/%d/%Y %H:%M')) as placed_at,
      cast(round(cast(UnitPrice as decimal(18, 3)) * 100 * cast(Quantity as integer)) as bigint) as total_minor,
      row_number() over () as n
    from read_csv(${quoted(file, "'")}, header = true, all_varchar = true, store_rejects = false)`,
  `insert into order_lines by name
    select 'l' || n as fact_id, 'retail' as shop, placed_at as occurred_at, InvoiceNo as order_id, customer,
      cast(n as varchar) as line_id, placed_at, StockCode as sku, 'physical' as kind, quantity, total_minor,
      'GBP' as currency, 'primary' as class, false as is_gift, cast(cast(placed_at as date) as varchar) as dt
    from retail where quantity > 0`,
  `insert into order_events by name
    select 'p' || order_id as fact_id, shop, min(occurred_at) as occurred_at, order_id, 'OrderPlaced' as type,
      'open' as status, min(dt) as dt
    from order_lines group by shop, order_id`,
];
