import * as z from 'zod';

const text = z.string().min(1);
const day = z.iso.date();
const whole = z
  .string()
  .regex(/^-?\d+$/, 'a whole number')
  .transform(Number);
const number = z
  .string()
  .min(1)
  .transform(Number)
  .refine((value) => Number.isFinite(value), 'a number');

/** Of a shop: nothing is scored across shops. */
const shop = text;

/** Views that the models are fitted to: the state machine asks for each of them. */
export const statisticsViews = [
  'score_groups',
  'spend_groups',
  'time_to_second_purchase',
  'rfm_cuts',
  'category_affinity',
] as const;

/** What is read of a view, by column: Athena answers with text. Columns that are not named here are passed over. */
export const scoreViews = {
  score_groups: z.object({
    shop,
    frequency: whole,
    recency: number,
    age: number,
    customers: whole,
  }),
  spend_groups: z.object({ shop, transactions: whole, mean_value: number, customers: whole }),
  time_to_second_purchase: z.object({
    shop,
    day: whole,
    at_risk: whole,
    events: whole,
    survival: number,
  }),
  rfm_cuts: z.object({
    shop,
    measure: z.enum(['recency', 'frequency', 'monetary']),
    p20: number,
    p40: number,
    p60: number,
    p80: number,
  }),
  category_affinity: z.object({
    shop,
    category: text,
    with_category: text,
    customers_with_both: whole,
    customers: whole,
  }),
  customer_stats: z.object({
    shop,
    customer: text,
    frequency: whole,
    recency_days: whole,
    age_days: whole,
    days_since_last: whole,
    last_on: day,
    spend_minor: whole,
    valued_days: whole,
    mean_value: number.optional(),
    categories: z.string().default(''),
  }),
} as const;

export type ScoreView = keyof typeof scoreViews;

export type RowOf<View extends ScoreView> = z.output<(typeof scoreViews)[View]>;

/**
 * The rows of an answer as values, one by one as they come.
 *
 * @param view of `scoreViews`, for the message
 * @throws for a row that is none of the view, with what is wrong
 */
export async function* rowsAs<Row>(
  view: ScoreView,
  schema: z.ZodType<Row>,
  rows: AsyncIterable<Readonly<Record<string, string>>>,
): AsyncGenerator<Row> {
  for await (const row of rows) {
    const { success, data, error } = schema.safeParse(row);
    if (!success)
      throw new Error(
        `${view} answered ${JSON.stringify(row)}, which is no row of it: ${z.prettifyError(error)}. Deploy the Insight stack: view and code are of different versions`,
        { cause: error },
      );
    yield data;
  }
}
