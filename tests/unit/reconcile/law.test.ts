import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines, linesCsv, omsFiles } from './oms-files.ts';

const { booksOf, reconciled } = omsFiles();

const price = fc
  .tuple(fc.bigInt({ min: -400n, max: 4000n }), fc.integer({ min: 0, max: 4 }))
  .map(([units, digits]) => decimal(units, digits));

const decimal = (units: bigint, digits: number): string => {
  const text = String(units < 0n ? -units : units).padStart(digits + 1, '0');
  const fraction = digits === 0 ? '' : `.${text.slice(-digits)}`;
  return `${units < 0n ? '-' : ''}${text.slice(0, text.length - digits)}${fraction}`;
};

const row = fc.record({
  id: fc.constantFrom('1', '2', '#3', 'C1', 'C2', 'A1', '1/rest'),
  day: fc.integer({ min: 1, max: 9 }),
  sku: fc.constantFrom('MUG', 'CUP', ''),
  quantity: fc.constantFrom('-3', '-1', '0', '1', '2', '5', '0.5'),
  price,
  customer: fc.constantFrom('ada', 'bob', ''),
});

/** In 10^−5 of a euro. */
const exactly = (quantity: string, each: string): bigint => {
  const scaled = (text: string, digits: number): bigint => {
    const [whole = '', fraction = ''] = text.split('.');
    return BigInt(`${whole}${fraction.padEnd(digits, '0')}`);
  };
  return scaled(quantity, 1) * scaled(each, 4);
};

describe('a law of the books', () => {
  it('is that the ledger has the sum of the file, each document to half a unit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 25 }), async (rows) => {
        const csv = linesCsv(
          ...rows.map(
            (each) =>
              `${each.id},2026-01-0${each.day},${each.sku},${each.quantity},${each.price},${each.customer}`,
          ),
        );
        const sum = rows.reduce((all, each) => all + exactly(each.quantity, each.price), 0n);

        const report = await reconciled(csv, await booksOf(csv), lines);

        expect(report.isEqual).toBe(true);
        for (const { difference } of report.differences)
          expect(Math.abs(Number(difference))).toBeLessThanOrEqual(0.005);
        expect(withFive(report.totals.at(-1)?.oms ?? '0')).toBe(sum);
      }),
      { numRuns: 150 },
    );
  });
});

const withFive = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(5, '0')}`);
};
