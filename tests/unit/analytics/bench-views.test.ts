import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { benchViews } from '#analytics/bench-views.ts';
import { fileViews } from '#analytics/views.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'afterglow-views-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Goods that went back and nobody's order do not count; who first bought on the last day is not at risk yet. */
const csv = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
1,MUG,MUG,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
1,BAG,BAG,2,2010-12-01 08:26:00,0,17850,United Kingdom
C2,MUG,MUG,-6,2010-12-05 08:26:00,2.55,17850,United Kingdom
3,MUG,MUG,1,2010-12-21 09:00:00,2.55,17850,United Kingdom
4,MUG,MUG,1,2010-12-02 10:00:00,2.55,17851,France
5,MUG,MUG,1,2010-12-03 10:00:00,2.55,,France
6,MUG,MUG,1,2011-11-30 10:00:00,2.55,17852,France
`;

describe('the bench', () => {
  test('runs every view over facts that it makes up', async () => {
    const { lines, views } = await benchViews({ lines: 5_000 });

    expect(lines).toBeGreaterThan(4_500);
    expect(views.map(({ view }) => view).toSorted()).toEqual(fileViews().map(({ name }) => name));
    expect(views.filter(({ rows }) => rows === 0).map(({ view }) => view)).toEqual([]);
  });

  test('reads order lines as UCI Online Retail has them', async () => {
    const file = join(dir, 'retail.csv');
    await writeFile(file, csv);

    const { lines, repeat } = await benchViews({ file });

    expect(lines).toBe(6);
    expect(repeat).toEqual({
      customers: 2,
      retention: 0.5,
      boughtAgain: [30, 60, 90, 180, 365].map((days) => ({ days, share: 0.5 })),
      median: 20,
      medianLower: 20,
      medianUpper: undefined,
    });
  });
});
