import * as z from 'zod';
import { attributeTypes } from '../domain/catalogue/attribute.ts';
import { careCategories } from '../domain/catalogue/product.ts';
import { PAIRS_WITH, reservedFactIds } from '../domain/content/citable-facts.ts';

const webPage = z.url({ protocol: /^https$/, error: 'an https address' }).max(1000);
const sku = z.string().min(1).max(128);

/** What a shop may say of a category in its configuration, or of a SKU there or in its catalogue. */
export const itemFacts = z.strictObject({
  complexity: z.enum(['simple', 'considered', 'complex']).optional(),
  /** What it takes to keep it; texts of some categories always wait for a person. */
  careCategory: z.enum(careCategories).optional(),
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

const attributeId = z
  .string()
  .regex(/^[a-z][a-z0-9.-]{0,63}$/, 'lower-case letters, digits, dots and dashes')
  .refine(
    (id) => !reservedFactIds.some((each) => each === id) && !id.startsWith(PAIRS_WITH),
    `none of ${reservedFactIds.join(', ')}, nor ${PAIRS_WITH}…: what they say is taken from elsewhere`,
  );

const byLanguage = z
  .record(
    z.string().regex(/^[a-z]{2,3}$/, 'an ISO 639 language such as en'),
    z.string().trim().min(1).max(2000),
  )
  .refine((texts) => Object.keys(texts).length > 0, 'the statement in at least one language');

/** What a shop says of a product, statement by statement; texts may cite them by their ids. */
export const productAttributes = z
  .array(z.strictObject({ id: attributeId, type: z.enum(attributeTypes), text: byLanguage }))
  .max(100)
  .refine(
    (all) => new Set(all.map(({ id }) => id)).size === all.length,
    'ids that occur once each',
  );
