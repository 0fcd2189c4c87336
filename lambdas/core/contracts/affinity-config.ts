import * as z from 'zod';

const days = z.int().positive();

/** What is learnt of which products go together, and when (docs/affinity.md). */
export const affinityConfig = z
  .strictObject({
    /** Without it nothing starts the learning by itself; lists that were learnt stay in use until they expire. */
    enabled: z.boolean().default(true),
    /** Nightly: orders of the day before count the next morning. */
    schedule: z
      .string()
      .regex(/^(cron|rate)\(.+\)$/, 'a schedule of EventBridge such as cron(30 2 * * ? *)')
      .default('cron(30 2 * * ? *)'),
    timeZone: z
      .string()
      .refine((zone) => isTimeZone(zone), 'an IANA zone such as Europe/Berlin')
      .default('UTC'),
    /** After so many days an order counts half: 90 where assortments change with the season, 180 where they last. */
    halfLifeDays: z.int().min(7).max(730).default(150),
    /** How much a product's own popularity counts against it: 0.3, or 0.5 for catalogues with a long tail. */
    popularityExponent: z.number().min(0).max(1).default(0.3),
    /** Orders before that are forgotten: at the default half-life one of then counts a twelfth. */
    windowDays: z.int().min(30).max(730).default(540),
    /** Days of which best sellers are told. */
    bestSellerDays: days.default(60),
    /** Of a larger order so many lines count, the first; pairs grow with its square: 50 lines make 1,225. */
    basketCap: z.int().min(2).max(200).default(50),
    /** Orders that a pair needs to be in a list. */
    leastOrders: z.int().positive().default(3),
    /** Of so many days it is seen whether orders were cancelled since: in them most cancellations come. */
    recomputeDays: days.default(3),
    /** A list that is not written again vanishes after so many days: its product is sold no more. */
    expireDays: z.int().min(2).default(14),
  })
  .refine(({ bestSellerDays, windowDays }) => bestSellerDays <= windowDays, {
    path: ['bestSellerDays'],
    error: 'at most windowDays',
  })
  .refine(({ recomputeDays, windowDays }) => recomputeDays <= windowDays, {
    path: ['recomputeDays'],
    error: 'at most windowDays',
  });

export type AffinityConfig = z.output<typeof affinityConfig>;

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
