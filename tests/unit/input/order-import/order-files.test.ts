import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseImportMap } from '#rehearsal/input/order-import/import-map.ts';
import { importItems, importOrders } from '#rehearsal/input/order-import/import-orders.ts';
import { UnreadableFile } from '#rehearsal/input/order-import/read-rows.ts';
import { orderFiles, reasons, shop, uci } from './order-files.ts';

const { fileOf, imported } = orderFiles();

describe('files of orders', () => {
  it('reads the sample file with its map: semicolons, decimal commas, German dates and names', async () => {
    const map = parseImportMap(await readFile('samples/orders.map.json', 'utf8'));

    const result = await importOrders('samples/orders.csv', { shop, map });

    expect(
      result.orders.map(({ orderId, total, occurredAt, shipTo }) => [
        orderId,
        total.amountMinor,
        occurredAt,
        shipTo?.country,
      ]),
    ).toStrictEqual([
      ['A-2001', 4500, '2026-03-28T20:40:00.000Z', 'DE'],
      ['A-2002', 129_900, '2026-03-29T01:30:00.000Z', 'AT'],
      ['A-2005', 4390, '2026-03-30T16:20:00.000Z', undefined],
    ]);
    expect(reasons(result)).toStrictEqual([
      [5, 'unreadable-quantity'],
      [6, 'order-incomplete'],
      [7, 'cancellation'],
      [8, 'price-too-precise'],
    ]);
  });

  const shopify = [
    'Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem discount,Shipping Name,Shipping City,Shipping Zip,Shipping Country,Phone,Cancelled at',
    "#1001,ada@example.com,paid,USD,47.00,6.00,3.29,56.29,5.00,2026-03-08 01:30:00 -0600,2,Fern print,16.00,FERN-1,true,0.00,Ada Example,Chicago,'00601,US,+1 555 0100,",
    '#1001,ada@example.com,,,,,,,,2026-03-08 01:30:00 -0600,1,Sticker,0.00,,true,0.00,,,,,,',
    '#1002,bo@example.com,paid,USD,20.00,0.00,0.00,20.00,0.00,2026-03-08 04:00:00 -0500,1,"Course, online",25.00,,false,5.00,,,,,,',
    '#1003,di@example.com,voided,USD,9.00,0.00,0.00,9.00,0.00,2026-03-08 05:00:00 -0500,1,Mug,9.00,MUG,true,0.00,,,,US,,2026-03-08 06:00:00 -0500',
  ].join('\n');

  it('reads a Shopify export: what is the order’s from its first row, names for missing SKUs', async () => {
    const { orders } = await imported(shopify);

    expect(orders).toHaveLength(2);
    expect(orders[0]).toMatchObject({
      orderId: '#1001',
      occurredAt: '2026-03-08T07:30:00.000Z',
      contact: { email: 'ada@example.com', name: 'Ada Example', phone: '+1 555 0100' },
      shipTo: { city: 'Chicago', postcode: '00601', country: 'US' },
      lines: [
        { lineId: '2', sku: 'FERN-1', quantity: 2 },
        { lineId: '3', sku: 'Sticker', unitPrice: { amountMinor: 0, currency: 'USD' } },
      ],
      shipping: { amountMinor: 600 },
      discount: { amountMinor: 500 },
      tax: { amountMinor: 329 },
      total: { amountMinor: 5629, currency: 'USD' },
    });
  });

  it('reads what a Shopify export says of a line: no shipping, a discount; and of a cancelled order', async () => {
    const result = await imported(shopify);

    expect(result.orders[1]?.lines).toStrictEqual([
      {
        lineId: '4',
        sku: 'Course, online',
        quantity: 1,
        unitPrice: { amountMinor: 2500, currency: 'USD' },
        total: { amountMinor: 2000, currency: 'USD' },
        name: 'Course, online',
        kind: 'digital',
      },
    ]);
    expect(reasons(result)).toStrictEqual([[5, 'cancellation']]);
  });

  it('reads a packed file and a byte order mark', async () => {
    const csv = `\uFEFF${uci('1,A,a,1,2010-12-01 08:26:00,2.55,1,Japan')}`;

    const { orders } = await importOrders(await fileOf(gzipSync(csv), 'csv.gz'), { shop });

    expect(orders).toHaveLength(1);
  });

  it('reads JSON lines that hold canonical orders', async () => {
    const [order] = (await imported(uci('1,A,a,1,2010-12-01 08:26:00,2.55,1,Japan'))).orders;
    const { schemaVersion: _, shop: __, ...bare } = { ...order };
    const lines = [order, bare, { ...order, shop: 'northside' }, { ...order, lines: [] }];
    const file = await fileOf(
      `${lines.map((each) => JSON.stringify(each)).join('\n')}\n\n{"order`,
      'jsonl',
    );

    const result = await importOrders(file, { shop });

    expect(result.orders).toStrictEqual([order, order]);
    expect(reasons(result)).toStrictEqual([
      [3, 'invalid'],
      [4, 'invalid'],
      [6, 'unreadable-row'],
    ]);
    expect(result.rejected[0]?.rejection.problem).toBe('the order is not of shop hearth');
  });

  it('reads JSON lines with a map, an order a line with its list of lines', async () => {
    const map = parseImportMap(
      'order=id,at=placed,lines=items,sku=items.code,quantity=items.n,unitPrice=items.price,customer=buyer.id',
    );
    const order = {
      id: 77,
      placed: '2026-03-01T10:00:00Z',
      buyer: { id: 'b1' },
      items: [
        { code: 'A', n: 2, price: '1.10' },
        { code: 'B', n: 1, price: 3 },
      ],
    };
    const file = await fileOf(`${JSON.stringify(order)}\n[]\n"x"`, 'jsonl');

    const result = await importOrders(file, { shop, map });

    expect(result.orders).toMatchObject([
      {
        orderId: '77',
        contact: { customerId: 'b1' },
        lines: [
          { lineId: '1.1', sku: 'A', quantity: 2 },
          { lineId: '1.2', sku: 'B' },
        ],
        total: { amountMinor: 520, currency: 'EUR' },
      },
    ]);
    expect(reasons(result)).toStrictEqual([
      [2, 'no-order-id'],
      [3, 'unreadable-row'],
    ]);
  });

  it('names the columns that no mapping fits, or that a map names and the file has not', async () => {
    const file = await fileOf('no,product\n1,A');
    const map = parseImportMap('order=no,sku=product,quantity=n,at=at,unitPrice=price');

    await expect(importOrders(file, { shop })).rejects.toThrow('got the columns no, product');
    await expect(importOrders(file, { shop, map })).rejects.toThrow(
      'quantity=n, at=at, unitPrice=price; it has no, product',
    );
  });

  it('does not choose between two columns of one name', async () => {
    const map = parseImportMap('order=no,sku=sku,quantity=n,at=at,unitPrice=price');

    await expect(
      imported('no,sku,n,at,price,price\n1,A,1,2026-01-01,2,3', { map }),
    ).rejects.toThrow('the file has two columns price');
  });

  it('says when a file is missing, empty, broken off or has an open quotation mark', async () => {
    const whole = gzipSync(uci('1,A,a,1,2010-12-01 08:26:00,2.55,1,Japan'));
    const broken = await fileOf(whole.subarray(0, whole.length - 12), 'csv.gz');
    const brokenLines = await fileOf(whole.subarray(0, whole.length - 12), 'jsonl.gz');
    const quoted = await fileOf(uci('1,A,"a,1,2010-12-01 08:26:00,2.55,1,Japan'));

    await expect(importOrders('none.csv', { shop })).rejects.toThrow(UnreadableFile);
    await expect(importOrders('none.jsonl', { shop })).rejects.toThrow(UnreadableFile);
    await expect(imported('')).rejects.toThrow('the file is empty');
    await expect(importOrders(broken, { shop })).rejects.toThrow(UnreadableFile);
    await expect(importOrders(brokenLines, { shop })).rejects.toThrow(UnreadableFile);
    await expect(importOrders(quoted, { shop })).rejects.toThrow(UnreadableFile);
  });

  it('yields orders before it has read the file to its end', async () => {
    const rows = Array.from(
      { length: 40_000 },
      (_, at) => `${at},A,a,1,2010-12-01 08:26:00,2.55,1,Japan`,
    );
    const file = await fileOf(uci(...rows, '"'));

    for await (const item of importItems(file, { shop })) {
      expect(item.kind).toBe('order');
      break;
    }
  });
});
