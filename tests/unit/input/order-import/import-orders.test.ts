import { describe, expect, it } from 'vitest';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { parseImportMap } from '#rehearsal/input/order-import/import-map.ts';
import { ROWS_APART } from '#rehearsal/input/order-import/import-orders.ts';
import { orderFiles, reasons, uci } from './order-files.ts';

const { imported } = orderFiles();

describe('importOrders', () => {
  it('makes one order of the rows that have its id, each a line by its row number', async () => {
    const { orders, rejected } = await imported(
      uci(
        '536365,85123A,"HEART, HANGING",6,2010-12-01 08:26:00,2.55,17850,United Kingdom',
        '536366,22633,HAND WARMER,6,2010-12-01 08:28:00,1.85,,EIRE',
        '536365,85123A,"HEART, HANGING",2,2010-12-01 08:26:00,2.55,17850,United Kingdom',
      ),
    );

    expect(rejected).toStrictEqual([]);
    expect(orders).toStrictEqual([
      {
        eventId: 'imported/536365',
        occurredAt: '2010-12-01T08:26:00.000Z',
        schemaVersion: 1,
        shop: 'hearth',
        orderId: '536365',
        contact: { customerId: '17850', email: 'customer-17850@customers.example' },
        shipTo: { country: 'GB' },
        lines: [
          {
            lineId: '2',
            sku: '85123A',
            quantity: 6,
            unitPrice: { amountMinor: 255, currency: 'GBP' },
            name: 'HEART, HANGING',
          },
          {
            lineId: '4',
            sku: '85123A',
            quantity: 2,
            unitPrice: { amountMinor: 255, currency: 'GBP' },
            name: 'HEART, HANGING',
          },
        ],
        total: { amountMinor: 2040, currency: 'GBP' },
      },
      expect.objectContaining({ orderId: '536366', contact: {}, shipTo: { country: 'IE' } }),
    ]);
    for (const order of orders) expect(incomingEvents.OrderPlaced.parse(order)).toBeDefined();
  });

  it('leaves out rows that are no goods sold, and their order stands', async () => {
    const result = await imported(
      uci(
        '1,A,a,1,2010-12-01 08:26:00,2.55,1,Japan',
        '1,POST,POSTAGE,1,2010-12-01 08:26:00,18.00,1,Japan',
        '1,M,Manual,1,2010-12-01 08:26:00,1.00,1,Japan',
        '1,B,free,1,2010-12-01 08:26:00,0.0,1,Japan',
        '1,C,free,1,2010-12-01 08:26:00,0.0,1,Japan',
        '1,D1,back,-1,2010-12-01 08:26:00,2.0,1,Japan',
      ),
    );

    expect(reasons(result)).toStrictEqual([
      [4, 'not-a-product'],
      [5, 'not-a-product'],
      [6, 'zero-price'],
      [7, 'negative-quantity'],
    ]);
    expect(result.orders).toHaveLength(1);
    expect(result.orders[0]).toMatchObject({
      lines: [{ lineId: '2' }],
      shipping: { amountMinor: 1800, currency: 'GBP' },
      total: { amountMinor: 2055, currency: 'GBP' },
    });
  });

  it.each([
    ['two', '2.55', 'unreadable-quantity'],
    ['1.5', '2.55', 'unreadable-quantity'],
    ['1', 'free', 'unreadable-price'],
    ['1', '0.001', 'price-too-precise'],
  ])('rejects an order with a row of quantity %s at %s', async (quantity, price, reason) => {
    const result = await imported(
      uci(
        '1,A,a,1,2010-12-01 08:26:00,2.55,1,Japan',
        `1,B1,b,${quantity},2010-12-01 08:26:00,${price},1,Japan`,
        '2,A,a,1,2010-12-01 08:26:00,2.55,1,Japan',
      ),
    );

    expect(result.orders.map(({ orderId }) => orderId)).toStrictEqual(['2']);
    expect(reasons(result)).toStrictEqual([
      [2, 'order-incomplete'],
      [3, reason],
    ]);
  });

  it('rejects cancellations, adjustments, unreadable dates and rows without an id or a SKU', async () => {
    const result = await imported(
      uci(
        'C1,A,a,-1,2010-12-01 08:26:00,2.55,1,Japan',
        'A1,B,Adjust bad debt,1,2010-12-01 08:26:00,11062.06,,Japan',
        '1,A,a,1,someday,2.55,1,Japan',
        ',A,a,1,2010-12-01 08:26:00,2.55,1,Japan',
        '2,,a,1,2010-12-01 08:26:00,2.55,1,Japan',
        '3,A,a,1,2010-12-01 08:26:00',
      ),
    );

    expect(result.orders).toStrictEqual([]);
    expect(new Map(reasons(result).map(([row, reason]) => [row, reason]))).toStrictEqual(
      new Map<unknown, unknown>([
        [2, 'cancellation'],
        [3, 'adjustment'],
        [4, 'unreadable-date'],
        [5, 'no-order-id'],
        [6, 'no-sku'],
        [7, 'unreadable-row'],
      ]),
    );
  });

  it('rejects an order of more than 500 lines rather than splitting it', async () => {
    const rows = (count: number, id: string) =>
      Array.from({ length: count }, (_, at) => `${id},S${at},a,1,2010-12-01 08:26:00,2.55,1,Japan`);

    const result = await imported(uci(...rows(500, '1'), ...rows(501, '2')));

    expect(result.orders.map(({ lines }) => lines.length)).toStrictEqual([500]);
    expect(result.rejected).toHaveLength(501);
    expect(new Set(reasons(result).map(([, reason]) => reason))).toStrictEqual(
      new Set(['too-many-lines']),
    );
  });

  it('adds prices exactly where floating point would not', async () => {
    const rows = Array.from(
      { length: 100 },
      (_, at) => `1,S${at},a,3,2010-12-01 08:26:00,0.1,1,Japan`,
    );

    const { orders } = await imported(uci(...rows, '1,X,a,7,2010-12-01 08:26:00,1.15,1,Japan'));

    expect(orders[0]?.total).toStrictEqual({ amountMinor: 3000 + 805, currency: 'GBP' });
  });

  it('stops after the first usable orders, in the order of their first rows', async () => {
    const csv = uci(
      'C1,A,a,-1,2010-12-01 08:26:00,2.55,1,Japan',
      '2,A,a,1,2010-12-01 08:26:00,2.55,1,Japan',
      '3,A,a,1,2010-12-01 08:26:00,2.55,1,Japan',
      '4,A,a,1,2010-12-01 08:26:00,2.55,1,Japan',
      '2,B1,a,1,2010-12-01 08:26:00,2.55,1,Japan',
    );

    const { orders } = await imported(csv, { limit: 2 });

    expect(orders.map(({ orderId, lines }) => [orderId, lines.length])).toStrictEqual([
      ['2', 2],
      ['3', 1],
    ]);
  });

  it('rejects a row that comes long after the others of its order', async () => {
    const others = Array.from(
      { length: ROWS_APART + 1 },
      (_, at) => `o${at},A,a,1,2010-12-01 08:26:00,2.55,1,Japan`,
    );
    const first = '1,A,a,1,2010-12-01 08:26:00,2.55,1,Japan';

    const result = await imported(uci(first, ...others, first));

    expect(reasons(result)).toStrictEqual([[ROWS_APART + 4, 'order-already-read']]);
  });

  it.each([
    ['customers', ['customer-K-17@customers.example', undefined]],
    ['customers-and-guests', ['customer-K-17@customers.example', 'guest-9-9@customers.example']],
    ['none', [undefined, undefined]],
  ] as const)('makes up e-mail addresses for %s', async (emails, expected) => {
    const csv = uci(
      '1,A,a,1,2010-12-01 08:26:00,2.55,K/17,Japan',
      '9/9,A,a,1,2010-12-01 08:26:00,2.55,,Japan',
    );

    const { orders } = await imported(csv, { emails });

    expect(orders.map(({ contact }) => contact.email)).toStrictEqual(expected);
  });

  it('takes currency and time zone from the shop where neither file nor map says them', async () => {
    const map = parseImportMap('order=no,sku=sku,quantity=n,at=at,unitPrice=price');

    const { orders } = await imported('no,sku,n,at,price\n1,A,2,2026-07-01 10:00,3.50', { map });

    expect(orders[0]).toMatchObject({
      occurredAt: '2026-07-01T08:00:00.000Z',
      total: { amountMinor: 700, currency: 'EUR' },
    });
  });

  it('counts in the decimals of the currency', async () => {
    const map = parseImportMap('order=no,sku=sku,quantity=n,at=at,unitPrice=price,currency=cur');
    const csv = [
      'no,sku,n,at,price,cur',
      '1,A,2,2026-07-01,350,JPY',
      '2,A,2,2026-07-01,3.505,KWD',
      '3,A,2,2026-07-01,3.50,JPY',
      '4,A,2,2026-07-01,3.50,EURO',
      '5,A,2,2026-07-01,3.50,EUR',
      '5,B,2,2026-07-01,3.50,USD',
    ].join('\n');

    const result = await imported(csv, { map });

    expect(result.orders.map(({ total }) => total)).toStrictEqual([
      { amountMinor: 700, currency: 'JPY' },
      { amountMinor: 7010, currency: 'KWD' },
    ]);
    expect(reasons(result).map(([, reason]) => reason)).toStrictEqual([
      'price-too-precise',
      'unknown-currency',
      'mixed-currencies',
      'mixed-currencies',
    ]);
  });
});
