import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PurchaseGroup } from '#core/domain/scores/fit-purchase-model.ts';
import type { SpendGroup } from '#core/domain/scores/fit-spend-model.ts';

const counts = z.array(z.int().nonnegative()).min(100);

const fixture = z
  .object({
    groups: z.object({
      frequency: counts,
      recencyDays: counts,
      ageDays: counts,
      customers: counts,
      holdoutBuyers: counts,
      holdoutOrders: counts,
    }),
    repeatSpend: z.object({ transactions: counts, totalCents: counts, customers: counts }),
  })
  .parse(
    JSON.parse(
      readFileSync(new URL('../../fixtures/reference/cdnow.json', import.meta.url), 'utf8'),
    ),
  );

const at = (numbers: readonly number[], row: number): number => numbers[row] ?? Number.NaN;

/** As the published spreadsheet has it: weeks to two places. */
const weeks = (days: number): number => Math.round((days / 7) * 100) / 100;

const { groups, repeatSpend } = fixture;

/** The CDNOW sample up to 1997-09-30, with what its customers did in the 39 weeks after. */
export const cdnowGroups: readonly (PurchaseGroup & {
  readonly holdoutBuyers: number;
  readonly holdoutOrders: number;
})[] = groups.frequency.map((frequency, row) => ({
  frequency,
  recency: weeks(at(groups.recencyDays, row)),
  age: weeks(at(groups.ageDays, row)),
  customers: at(groups.customers, row),
  holdoutBuyers: at(groups.holdoutBuyers, row),
  holdoutOrders: at(groups.holdoutOrders, row),
}));

/** Repeat orders of the same customers, in dollars. */
export const cdnowSpend: readonly SpendGroup[] = repeatSpend.transactions.map(
  (transactions, row) => ({
    transactions,
    meanValue: at(repeatSpend.totalCents, row) / 100 / transactions,
    customers: at(repeatSpend.customers, row),
  }),
);
