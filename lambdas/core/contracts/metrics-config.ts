import * as z from 'zod';
import { allChannels } from '../domain/touches/touch.ts';

const shopName = z.string().min(1);
const minor = z.int('a whole number of minor units').nonnegative();
const micro = z.int('a whole number of millionths').nonnegative();

/** What post-purchase revenue should come to in a quarter, in minor units of the reporting currency. */
const target = z
  .strictObject({
    quarter: z.string().regex(/^\d{4}-Q[1-4]$/, 'a quarter such as 2026-Q3'),
    /** @default all shops together */
    shop: shopName.optional(),
    /** Of these three one at most says which revenue counts. @default all of it */
    class: z.enum(['confirmation_upsell', 'followup_crosssell', 'partner_commission']).optional(),
    touch: z.string().min(1).optional(),
    category: z.string().min(1).optional(),
    targetMinor: minor,
    /** What may be spent on it. */
    budgetMinor: minor.optional(),
    /** Who answers for it. */
    owner: z.string().min(1),
  })
  .refine(
    (each) => [each.class, each.touch, each.category].filter((of) => of !== undefined).length <= 1,
    'one of class, touch and category at most',
  );

const price = z.strictObject({
  /** A message, or a part of an SMS. */
  per: z.enum(['message', 'part']).default('message'),
  /** Millionths of the reporting currency. */
  micro,
});

/**
 * List prices of AWS in USD, taken one to one (us-east-1, 2026): SES 0.10 per 1,000, an SMS part to the US 0.008
 * with 0.004 for its carrier, a push 1.00 per million. What a card costs to print is the shop's to say.
 */
const listPrices = {
  email: { per: 'message', micro: 100 },
  sms: { per: 'part', micro: 12_000 },
  push: { per: 'message', micro: 1 },
  inbox: { per: 'message', micro: 0 },
  insert: { per: 'message', micro: 0 },
  audience: { per: 'message', micro: 0 },
} as const;

/** What the metrics take from the configuration. */
export const metricsConfig = z.strictObject({
  targets: z.array(target).default([]),
  /** By channel; one that is not named has its list price. */
  messagePrices: z
    .partialRecord(z.enum(allChannels), price)
    .default({})
    .transform((named) => ({ ...listPrices, ...named })),
  /** Of an order, messages left out, in millionths of the reporting currency; `npm run bench` says what it is. */
  infrastructureMicro: micro.default(1_200),
  /** Topics of support cases that ask where an order is, as the service desk names them, in any case. */
  wismoTopics: z
    .array(z.string().min(1))
    .default(['where-is-my-order', 'wismo', 'delivery', 'delivery-status', 'shipping', 'tracking']),
  /** Days before the first exposure whose behaviour makes an experiment's intervals narrower. */
  prePeriodDays: z.int().positive().max(730).default(90),
  /** Of an experiment's amounts, the share that stays as it is in the capped twin. */
  capShare: z.number().gt(0.5, 'a share above 0.5').lt(1, 'a share below 1').default(0.99),
});

export type MetricsConfig = z.output<typeof metricsConfig>;
