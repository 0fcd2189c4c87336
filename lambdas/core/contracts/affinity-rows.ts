import * as z from 'zod';
import type { AffinityList, ShopList } from '../domain/affinity/affinity-list.ts';

const whole = z.string().regex(/^\d+$/, 'a whole number').transform(Number);
const number = z
  .string()
  .min(1)
  .transform(Number)
  .refine((value) => Number.isFinite(value), 'a number');

/** `chr(31)`: what no SKU has. */
const SEPARATOR = '\u001f';

const joined = z.string().transform((text) => text.split(SEPARATOR));

const affinityRow = z
  .object({
    shop: z.string().min(1),
    kind: z.enum(['sku', 'category', 'best-seller']),
    /** Athena leaves out what is null, and an empty text is none to some of its readers. */
    list: z.string().default(''),
    orders: whole,
    open_share: number,
    skus: joined,
    scores: joined.pipe(z.array(number)),
    together: joined.pipe(z.array(whole)),
    sku_orders: joined.pipe(z.array(whole)),
  })
  .refine(
    ({ skus, scores, together, sku_orders }) =>
      [scores, together, sku_orders].every(({ length }) => length === skus.length),
    'as many scores and counts as products',
  );

/** A score of four digits ranks as the whole one does. */
const DIGITS = 4;

/**
 * A row of the model affinity_lists as the list that it is; numbers are text, as Athena answers.
 *
 * @throws for what is no row of it, with what is wrong
 */
export const affinityListOf = (row: Readonly<Record<string, string>>): ShopList => {
  const { success, data, error } = affinityRow.safeParse(row);
  if (!success)
    throw new Error(
      `affinity_lists answered ${JSON.stringify(row)}, which is no row of it: ${z.prettifyError(error)}. Deploy the Affinity stack: statement and code are of different versions`,
      { cause: error },
    );
  const list: AffinityList = {
    kind: data.kind,
    of: data.list,
    orders: data.orders,
    openShare: short(data.open_share),
    neighbours: data.skus.map((sku, at) => ({
      sku,
      score: short(data.scores[at] ?? 0),
      together: data.together[at] ?? 0,
      orders: data.sku_orders[at] ?? 0,
    })),
  };
  return { shop: data.shop, list };
};

const short = (value: number): number => Number(value.toPrecision(DIGITS));
