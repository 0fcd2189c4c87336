import * as z from 'zod';

const webPage = z.url({ protocol: /^https$/, error: 'an https address' }).max(1000);
const sku = z.string().min(1).max(128);

/** What a shop may say of a category in its configuration, or of a SKU there or in its catalogue. */
export const itemFacts = z.strictObject({
  complexity: z.enum(['simple', 'considered', 'complex']).optional(),
  /** Days that one piece lasts; a product without is not used up. */
  daysOfSupply: z.number().positive().max(3650).optional(),
  /** Days after delivery in which it can be sent back; 0: not at all. */
  returnableDays: z.int().nonnegative().max(3650).optional(),
  /** Months of warranty that has to be registered. */
  warrantyMonths: z.int().positive().max(1200).optional(),
  /** Whether its first use is reported as UsageMilestoneReached. */
  reportsUse: z.boolean().optional(),
  subscribable: z.boolean().optional(),
  /** The product or plan that comes above it. */
  upgradeSku: sku.optional(),
  /** SKUs that go with it, best first. */
  pairsWith: z.array(sku).max(20).optional(),
  /** A page that shows how to use and care for it. */
  guideUrl: webPage.optional(),
  url: webPage.optional(),
});

export const productKind = z.enum(['physical', 'digital', 'subscription', 'service']);

export const productFacts = itemFacts.extend({ kind: productKind.optional() });
