import { describe, expect, it } from 'vitest';
import { type ImportMap, parseImportMap } from '#rehearsal/input/order-import/import-map.ts';
import { booksReportInWords, differencesAsCsv } from '#rehearsal/reconcile/books-report.ts';
import { eventsOf, ledgerOf } from './booked.ts';
import { lines, linesCsv, oms, omsFiles } from './oms-files.ts';

const { fileOf, booksOf, reconciled } = omsFiles();

describe('reconciling lines', () => {
  it('finds what was imported equal, document by document', async () => {
    const report = await reconciled(oms, await booksOf(oms), lines);

    expect(report.isEqual).toBe(true);
    expect(report.differences).toStrictEqual([]);
    expect(report.totals).toMatchObject([
      { kind: 'sales', documents: 2, lines: 2, oms: '22.95', ledger: '22.95' },
      { kind: 'cancellations', documents: 1, lines: 2, oms: '-6.10', ledger: '-6.10' },
      { kind: 'adjustments', documents: 1, oms: '-20.00', ledger: '-20.00' },
      { kind: 'net', documents: 4, oms: '-3.15', ledger: '-3.15', difference: '0.00' },
    ]);
  });

  it('lists what is only in the OMS, and whether it may still come', async () => {
    const later = `${oms}\n5,2026-02-01,MUG,1,2.55,ada`;
    const ledger = (await booksOf(oms)).filter(({ orderId }) => orderId !== '1');
    const report = await reconciled(later, ledger, lines);

    expect(report.isEqual).toBe(false);
    expect(report.differences).toMatchObject([
      {
        document: '1',
        where: 'in the OMS, not in the ledger',
        difference: '-15.30',
        reason: 'no event of it was booked: npm run parked shows what could not be',
      },
      {
        document: '5',
        difference: '-2.55',
        reason: 'not delivered yet: it is later than the last booking, 2026-01-03T23:00:00.000Z',
      },
    ]);
  });

  it('lists what is only in the ledger', async () => {
    const less = linesCsv(...oms.split('\n').slice(2));
    const report = await reconciled(less, await booksOf(oms), lines);

    expect(report.differences).toMatchObject([
      {
        document: '1',
        kind: 'sale',
        where: 'in the ledger, not in the OMS',
        oms: '0.00',
        ledger: '15.30',
        difference: '15.30',
      },
    ]);
  });

  it('lists other amounts, the greatest first', async () => {
    const other = oms.replace('MUG,3,2.55', 'MUG,3,2.56').replace('-20.00', '-25.00');
    const report = await reconciled(other, await booksOf(oms), lines);

    expect(report.differences).toMatchObject([
      { document: 'A4', oms: '-25.00', ledger: '-20.00', difference: '5.00' },
      { document: '2', oms: '7.68', ledger: '7.65', difference: '-0.03', where: 'another amount' },
    ]);
  });

  it('says what is booked in another currency', async () => {
    const map: ImportMap = { ...lines, defaultCurrency: 'SEK' };
    const report = await reconciled(
      'id,at,sku,n,price,customer\n1,2026-01-01,MUG,1,2.55,',
      await booksOf(oms),
      map,
    );

    expect(report.differences.filter(({ document }) => document === '1')).toMatchObject([
      { currency: 'EUR', reason: 'the OMS has it in SEK' },
      { currency: 'SEK', reason: 'the ledger has it in EUR' },
    ]);
  });

  it('takes less than the smallest unit for a difference that no ledger can avoid', async () => {
    const csv = linesCsv('1,2026-01-01,PADS,1,0.001,ada', '2,2026-01-01,MUG,1,2.551,ada');
    const report = await reconciled(csv, await booksOf(csv), lines);

    expect(report.isEqual).toBe(true);
    expect(
      report.differences.map(({ document, difference, reason }) => [document, difference, reason]),
    ).toStrictEqual([
      ['1', '-0.001', 'a price of less than the smallest unit of EUR'],
      ['2', '-0.001', 'a price of less than the smallest unit of EUR'],
    ]);
    expect(report.totals.at(-1)).toMatchObject({ oms: '2.552', ledger: '2.55' });
  });

  it('is not equal while a row cannot be read', async () => {
    const csv = linesCsv('1,2026-01-01,MUG,six,2.55,ada', ',2026-01-01,MUG,6,2.55,ada');
    const report = await reconciled(csv, [], lines);

    expect(report.isEqual).toBe(false);
    expect(report.unreadable.map(({ id, row }) => [id, row])).toStrictEqual([
      ['', 3],
      ['1', 2],
    ]);
  });

  it('adds decimals that floats cannot', async () => {
    const csv = linesCsv(
      '1,2026-01-01,A,3,0.1,ada',
      '1,2026-01-01,B,1,9007199254740.93,ada',
      '2,2026-01-01,C,1,0.000000000001,ada',
    );
    const { totals } = await reconciled(csv, [], lines);

    expect(totals).toMatchObject([
      { oms: '9007199254741.230000000001' },
      { oms: '9007199254741.230000000001' },
    ]);
  });
});

describe('reconciling totals', () => {
  const map = parseImportMap('order=Id,total=Sum,refunded=Back,currency=Cur', 'totals');
  const totalsCsv = (...rows: readonly string[]): string => ['Id,Sum,Back,Cur', ...rows].join('\n');

  it('compares what was sold and what was given back apart', async () => {
    const books = await booksOf(oms);
    const report = await reconciled(totalsCsv('1,15.30,0,EUR', '2,7.65,6.10,EUR'), books, map);

    expect(report.totals).toMatchObject([
      { kind: 'sales', oms: '22.95', ledger: '22.95' },
      { kind: 'refunds', oms: '-6.10', ledger: '-5.10' },
      { kind: 'adjustments', oms: '0.00', ledger: '-21.00' },
      { kind: 'net' },
    ]);
    expect(report.differences).toMatchObject([
      { document: 'A4', where: 'in the ledger, not in the OMS' },
      { document: '2', kind: 'refund', difference: '1.00', reason: 'a refund is missing' },
      { document: 'C3', kind: 'adjustment', difference: '-1.00' },
    ]);
  });

  it('says what is booked twice', async () => {
    const books = await booksOf(oms);
    const report = await reconciled(totalsCsv('1,7.65,,EUR', '2,7.65,5.10,EUR'), books, map);

    expect(report.differences.find(({ document }) => document === '1')?.reason).toBe(
      'it is booked twice',
    );
  });
});

describe("reconciling Shopify's order export", () => {
  const header =
    'Name,Email,Created at,Currency,Shipping,Taxes,Total,Discount Amount,Lineitem quantity,Lineitem name,Lineitem price,Cancelled at,Refunded Amount';
  const order = (name: string, cancelledAt: string, refunded: string): string =>
    `${name},ada@customers.example,2026-01-02 10:00:00 +0100,EUR,4.90,1.59,22.40,2.50,2,Mug,10.00,${cancelledAt},${refunded}`;
  const csv = [
    header,
    order('#1', '', '0.00'),
    order('#2', '', '5.60'),
    order('#3', '2026-01-03 10:00:00 +0100', '0.00'),
    order('#4', '2026-01-03 10:00:00 +0100', '20.00'),
  ].join('\n');

  it('finds refunds and orders that were cancelled, paid or not', async () => {
    const report = await reconciled(csv, ledgerOf(await eventsOf(await fileOf(csv))));

    expect(report.differences).toStrictEqual([]);
    expect(report.totals).toMatchObject([
      { kind: 'sales', documents: 4, oms: '89.60', ledger: '89.60' },
      { kind: 'refunds', documents: 3, oms: '-48.00', ledger: '-48.00' },
      { kind: 'net', oms: '41.60' },
    ]);
  });
});

describe('the report', () => {
  it('has every difference in words and as CSV', async () => {
    const report = await reconciled(oms, [], lines);

    const words = [...booksReportInWords(report)];
    const csv = [...differencesAsCsv(report)];

    expect(words).toContain('4 differences, together 3.15 EUR');
    expect(words.at(-1)).toBe('NOT equal: see the differences above.');
    expect(csv).toHaveLength(5);
    expect(csv[1]).toBe(
      'A4,adjustment,"in the OMS, not in the ledger",EUR,-20.00,0.00,20.00,the ledger is empty\n',
    );
  });
});
