import { describe, expect, it } from 'vitest';
import { MAX_EVENT_BYTES } from '#core/contracts/incoming-events.ts';
import { bookedDocuments } from '#rehearsal/input/order-import/books-events.ts';
import { booksInWords } from '#rehearsal/input/order-import/books-in-words.ts';
import { readBooks } from '#rehearsal/input/order-import/import-books.ts';
import { type ImportMap, parseImportMap } from '#rehearsal/input/order-import/import-map.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { eventsOf, ledgerOf, owed } from '../../reconcile/booked.ts';
import { orderFiles, shop, uci } from './order-files.ts';

const { fileOf } = orderFiles();

const booked = async (csv: string, map?: ImportMap): Promise<readonly TimedEvent[]> =>
  eventsOf(await fileOf(csv), map);

/** Rows of one customer: invoice, SKU, pieces, day of December 2010, price. */
const row = (
  id: string,
  sku: string,
  quantity: number | string,
  day: number,
  price: string,
  customer = '17850',
): string =>
  `${id},${sku},The ${sku},${quantity},2010-12-${String(day).padStart(2, '0')} 09:00:00,${price},${customer},United Kingdom`;

const ofType = (events: readonly TimedEvent[], type: string) =>
  events.filter(({ detailType }) => detailType === type).map(({ detail }) => detail);

const pounds = (amountMinor: number) => ({ amountMinor, currency: 'GBP' });

describe('an order of the books', () => {
  it('has postage, fees and free lines as lines', async () => {
    const events = await booked(
      uci(
        row('536365', 'MUG', 6, 1, '2.55'),
        row('536365', 'POST', 1, 1, '18.00'),
        row('536365', 'BANK CHARGES', 1, 1, '15.00'),
        row('536365', 'GIFT', 2, 1, '0.00'),
      ),
    );

    expect(events).toHaveLength(1);
    expect(events[0]?.detail).toMatchObject({
      orderId: '536365',
      total: pounds(4830),
      contact: { customerId: '17850' },
      lines: [
        { sku: 'MUG', quantity: 6, unitPrice: pounds(255) },
        { sku: 'POST', kind: 'service', unitPrice: pounds(1800) },
        { sku: 'BANK CHARGES', kind: 'service' },
        { sku: 'GIFT', quantity: 2, unitPrice: pounds(0) },
      ],
    });
    expect(events[0]?.detail['shipping']).toBeUndefined();
  });

  it('has a line of a row that names no product', async () => {
    const events = await booked(uci('1,,,1,2010-12-01 09:00:00,2.55,1,France'));

    expect(ofType(events, 'OrderPlaced')).toMatchObject([{ lines: [{ sku: 'none' }] }]);
  });

  it('of more than 500 lines is amended by the others, and ends at its total', async () => {
    const rows = Array.from({ length: 1114 }, (_, at) => row('1', `SKU-${at}`, 1, 1, '0.01'));
    const events = await booked(uci(...rows));

    expect(ofType(events, 'OrderPlaced')).toMatchObject([{ total: pounds(500) }]);
    expect(ofType(events, 'OrderAmended')).toMatchObject([
      { total: pounds(1000) },
      { total: pounds(1114) },
    ]);
    expect(
      events.map(({ detail }) => [detail['lines'], detail['addedLines']].flat().length),
    ).toEqual([501, 501, 115]);
    expect(owed(ledgerOf(events))).toBe(1114);
  });

  it('leaves names out where an event would not fit with them', async () => {
    const name = '€'.repeat(200);
    const rows = Array.from(
      { length: 900 },
      (_, at) => `1,SKU-${at},${name},1,2010-12-01 09:00:00,1.00,1,France`,
    );
    const file = await fileOf(uci(...rows));
    const { documents } = await readBooks(file, { shop });
    const [only] = bookedDocuments(documents, shop.id);

    expect(only?.notes).toStrictEqual(['names-left-out']);
    for (const { detail } of only?.events ?? [])
      expect(Buffer.byteLength(JSON.stringify(detail))).toBeLessThan(MAX_EVENT_BYTES);
  });

  it('is rounded once, half to even, whatever its lines are', async () => {
    const events = await booked(
      uci(
        row('1', 'PADS', 1, 1, '0.001'),
        row('2', 'PADS', 3, 1, '0.004'),
        row('3', 'HALF', 1, 1, '0.125'),
        row('4', 'HALF', 8, 1, '0.125'),
        row('5', 'A', 1, 1, '0.004'),
        row('5', 'B', 1, 1, '1.004'),
      ),
    );

    const orders = ofType(events, 'OrderPlaced');
    expect(orders.map((order) => order['total'])).toStrictEqual([0, 1, 12, 100, 101].map(pounds));
    expect(orders[4]).toMatchObject({
      lines: [{ unitPrice: pounds(0), total: pounds(1) }, { unitPrice: pounds(100) }],
    });
    expect(owed(ledgerOf(events))).toBe(214);
  });

  it('takes a line with a price below zero off the order', async () => {
    const events = await booked(uci(row('1', 'MUG', 1, 1, '10.00'), row('1', 'D', 1, 1, '-2.50')));

    expect(events).toMatchObject([{ detail: { total: pounds(750), discount: pounds(250) } }]);
  });

  it('of half a kilogram has one piece', async () => {
    const map = parseImportMap('order=id,at=at,sku=sku,quantity=kg,unitPrice=price');
    const events = await booked('id,at,sku,kg,price\n1,2026-01-01,FLOUR,0.5,2.30', map);

    expect(events).toMatchObject([
      { detail: { lines: [{ quantity: 1, unitPrice: { amountMinor: 115 } }] } },
    ]);
  });
});

describe('pieces that came back', () => {
  it('are a refund of the latest order of the customer that has enough of them at the price', async () => {
    const events = await booked(
      uci(
        row('1', 'MUG', 6, 1, '2.55'),
        row('2', 'MUG', 6, 2, '2.55'),
        row('3', 'MUG', 2, 3, '2.55'),
        row('4', 'MUG', 6, 3, '9.99'),
        row('5', 'MUG', 6, 4, '2.55', '99'),
        row('C6', 'MUG', -4, 5, '2.55'),
        row('7', 'MUG', 6, 6, '2.55'),
      ),
    );

    expect(ofType(events, 'RefundIssued')).toMatchObject([
      {
        orderId: '2',
        refundId: 'C6',
        eventId: 'imported/C6/of/2',
        reason: 'returned',
        amount: pounds(1020),
        lines: [{ lineId: '3', quantity: 4 }],
      },
    ]);
  });

  it('are taken back once', async () => {
    const events = await booked(
      uci(
        row('1', 'MUG', 6, 1, '2.55'),
        row('C2', 'MUG', -4, 2, '2.55'),
        row('C3', 'MUG', -4, 3, '2.55'),
      ),
    );

    expect(ofType(events, 'RefundIssued')).toMatchObject([{ refundId: 'C2' }]);
    expect(ofType(events, 'AdjustmentPosted')).toMatchObject([
      { adjustmentId: 'C3', amountMinor: -1020, currency: 'GBP' },
    ]);
  });

  it('of several orders are a refund each, and the rest an adjustment', async () => {
    const events = await booked(
      uci(
        row('1', 'MUG', 6, 1, '2.55'),
        row('2', 'CUP', 6, 1, '1.00'),
        row('C3', 'MUG', -1, 2, '2.55'),
        row('C3', 'CUP', -2, 2, '1.00'),
        row('C3', 'D', -1, 2, '7.00'),
      ),
    );

    expect(ofType(events, 'RefundIssued')).toMatchObject([
      { refundId: 'C3/1', amount: pounds(255) },
      { refundId: 'C3/2', amount: pounds(200) },
    ]);
    expect(ofType(events, 'AdjustmentPosted')).toMatchObject([{ amountMinor: -700 }]);
    expect(owed(ledgerOf(events))).toBe(1530 + 600 - 1155);
  });

  it('may be given back for less than they cost, and not for more', async () => {
    const events = await booked(
      uci(
        row('1', 'MUG', 6, 1, '2.55'),
        row('C2', 'MUG', -1, 2, '2.00'),
        row('C3', 'MUG', -1, 2, '3.00'),
      ),
    );

    expect(ofType(events, 'RefundIssued')).toMatchObject([{ refundId: 'C2', orderId: '1' }]);
    expect(ofType(events, 'AdjustmentPosted')).toMatchObject([{ adjustmentId: 'C3' }]);
  });

  it('of a guest are an adjustment', async () => {
    const events = await booked(
      uci(row('1', 'MUG', 6, 1, '2.55', ''), row('C2', 'MUG', -1, 2, '2.55', '')),
    );

    expect(ofType(events, 'RefundIssued')).toStrictEqual([]);
    expect(ofType(events, 'AdjustmentPosted')).toMatchObject([{ amountMinor: -255 }]);
  });

  it('are of the order that the file names', async () => {
    const map = parseImportMap(
      'order=id,at=at,sku=sku,quantity=n,unitPrice=price,refundOf=of,cancellationPrefix=R',
    );
    const events = await booked(
      'id,at,sku,n,price,of\n1,2026-01-01,MUG,5,2.00,\n2,2026-01-02,MUG,5,2.00,\nR3,2026-01-03,MUG,-1,2.00,1',
      map,
    );

    expect(ofType(events, 'RefundIssued')).toMatchObject([{ orderId: '1', refundId: 'R3' }]);
  });

  it('of an ordinary document are of its own lines first', async () => {
    const events = await booked(
      uci(
        row('1', 'MUG', 5, 1, '2.00'),
        row('2', 'MUG', 5, 2, '2.00'),
        row('2', 'MUG', -1, 2, '2.00'),
      ),
    );

    expect(ofType(events, 'RefundIssued')).toMatchObject([{ orderId: '2', refundId: '2' }]);
    expect(owed(ledgerOf(events))).toBe(1800);
  });
});

describe('what is no goods', () => {
  it('is an adjustment with its sign', async () => {
    const events = await booked(
      uci(row('A1', 'B', 1, 1, '11062.06', ''), row('A2', 'B', 1, 1, '-11062.06', '')),
    );

    expect(ofType(events, 'AdjustmentPosted')).toMatchObject([
      { adjustmentId: 'A1', amountMinor: 1106206, reason: 'The B' },
      { adjustmentId: 'A2', amountMinor: -1106206 },
    ]);
  });

  it('is named and counted where it has no money', async () => {
    const file = await fileOf(uci(row('1', 'MUG', 1, 1, '2.00'), row('2', 'MUG', -9, 1, '0')));
    const books = await readBooks(file, { shop });

    expect(books.rejected).toMatchObject([
      { row: { number: 3 }, rejection: { reason: 'stock-correction', problem: 'MUG The MUG' } },
    ]);
    expect(booksInWords(books, bookedDocuments(books.documents, shop.id))).toStrictEqual([
      '2 documents from 2 rows',
      '  sales 2.00 GBP in 2 documents with 1 lines',
      '  together 2.00 GBP',
      '1 events',
      '  1 OrderPlaced',
      '1 rows without money, or not booked',
      '  1 stock-correction',
    ]);
  });
});

describe('a document that cannot be read', () => {
  it.each([
    [[row('1', 'MUG', 'six', 1, '2.55')], 'unreadable-quantity'],
    [[row('1', 'MUG', 6, 1, 'free')], 'unreadable-price'],
    [[row('1', 'MUG', 6, 41, '2.55')], 'unreadable-date'],
    [[row('9'.repeat(129), 'MUG', 6, 1, '2.55')], 'invalid'],
  ])('is not booked, with the reason: %s', async (rows, reason) => {
    const books = await readBooks(await fileOf(uci(...rows)), { shop });

    expect(books.documents).toStrictEqual([]);
    expect(books.unusable).toMatchObject([{ rejection: { reason } }]);
    expect(books.rejected).toHaveLength(1);
  });

  it('takes its other rows with it', async () => {
    const rows = [row('1', 'MUG', 6, 1, '2.55'), row('1', 'CUP', 6, 1, 'x'), ',CUP,,1,,1,,'];
    const { rejected } = await readBooks(await fileOf(uci(...rows)), { shop });

    expect(rejected.map(({ row: { number }, rejection }) => [number, rejection.reason])).toEqual([
      [4, 'no-order-id'],
      [3, 'unreadable-price'],
      [2, 'order-incomplete'],
    ]);
  });
});

describe("Shopify's order export", () => {
  const header =
    'Name,Email,Created at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Refunded Amount';
  const shopify = (...rows: readonly string[]): string => [header, ...rows].join('\n');

  it('has refunds beside its orders', async () => {
    const events = await booked(
      shopify(
        '#1001,ada@customers.example,2026-01-02 10:00:00 +0100,EUR,30.00,5.00,0.00,33.00,2.00,1,Mug,10.00,MUG,,11.50',
        '#1001,ada@customers.example,,,,,,,,2,Cup,10.00,CUP,,',
      ),
    );

    expect(events).toMatchObject([
      { detail: { total: { amountMinor: 3300 }, lines: [{ sku: 'MUG' }, { quantity: 2 }] } },
      { detailType: 'RefundIssued', detail: { orderId: '#1001', amount: { amountMinor: 1150 } } },
    ]);
    expect(owed(ledgerOf(events))).toBe(3300 - 1150);
  });

  it('has orders that were cancelled, paid or not', async () => {
    const order = (name: string, refunded: string): string =>
      `${name},ada@customers.example,2026-01-02 10:00:00 +0100,EUR,10.00,0.00,0.00,10.00,0.00,1,Mug,10.00,MUG,2026-01-03 10:00:00 +0100,${refunded}`;
    const events = await booked(shopify(order('#1', '0.00'), order('#2', '10.00')));

    expect(events.map(({ detailType }) => detailType)).toStrictEqual([
      'OrderPlaced',
      'OrderPlaced',
      'OrderCancelled',
      'RefundIssued',
    ]);
    expect(events[3]).toMatchObject({ detail: { reason: 'cancelled' } });
    expect(owed(ledgerOf(events))).toBe(0);
  });
});
