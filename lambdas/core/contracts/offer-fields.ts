import * as z from 'zod';
import { offerTypes, productTypes } from '../domain/offers/offer.ts';
import { id, instant, text } from './event-fields.ts';

const webPage = z.url({ protocol: /^https$/, error: 'an https address' }).max(1000);
const minor = z.int().positive();
const categories = z.array(text(100)).min(1).max(50);
const skus = z.array(id).min(1).max(200);
const countries = z.array(z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166-1 code such as DE')).min(1);

const creative = z.strictObject({
  headline: text(120),
  text: text(400).optional(),
  action: text(40),
});

const creatives = z
  .record(
    z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'a locale such as en or de-AT'),
    creative,
  )
  .refine((each) => Object.keys(each).length > 0, 'at least one language');

const product = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sku'), sku: id }),
  z.strictObject({ kind: z.literal('affinity'), categories: categories.optional() }),
]);

const value = z.union(
  [
    z.strictObject({ kind: z.literal('margin'), amountMinor: minor }),
    z.strictObject({ kind: z.literal('margin'), shareOfPrice: z.number().gt(0).lte(1) }),
    z.strictObject({ kind: z.enum(['cpa', 'cpc', 'worth']), amountMinor: minor }),
  ],
  'a margin of amountMinor or shareOfPrice (0 to 1), or a cpa, cpc or worth of amountMinor',
);

const conditions = z.strictObject({
  boughtCategories: categories.optional(),
  boughtSkus: skus.optional(),
  notBoughtCategories: categories.optional(),
  totalFromMinor: z.int().nonnegative().optional(),
  totalBelowMinor: minor.optional(),
  countries: countries.optional(),
  notCountries: countries.optional(),
  customers: z
    .array(z.enum(['guest', 'account', 'new', 'returning', 'member', 'not-member']))
    .min(1)
    .optional(),
});

const shape = z.strictObject({
  offerId: id,
  type: z.enum(offerTypes),
  product: product.optional(),
  partner: text(100).optional(),
  url: webPage.optional(),
  imageUrl: webPage.optional(),
  creative: creatives,
  /** By the name that an arm of an experiment has. */
  variants: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'lower-case letters, digits and dashes'),
      creatives,
    )
    .optional(),
  value,
  conditions: conditions.default({}),
  cap: z.strictObject({ max: z.int().positive(), days: z.int().positive().max(365) }).optional(),
  budget: z.strictObject({ amountMinor: minor, pacing: z.enum(['even', 'asap']) }).optional(),
  stock: z.int().nonnegative().optional(),
  from: instant.optional(),
  until: instant.optional(),
  isActive: z.boolean().default(true),
});

type Shape = z.output<typeof shape>;

interface Problem {
  readonly path: string[];
  readonly message: string;
}

const ofProducts: ReadonlySet<string> = new Set(productTypes);

/** What of an offer does not go together; each problem with the key that it is about. */
const problemsOf = (offer: Shape): readonly Problem[] => [
  ...(ofProducts.has(offer.type) ? productProblems(offer) : pageProblems(offer)),
  ...timeProblems(offer),
];

const productProblems = ({ type, product: offered, value: { kind }, url }: Shape) =>
  problems([
    [offered === undefined, 'product', `the product that the ${type} is of`],
    [kind !== 'margin', 'value', `the margin of the ${type}: its kind is ${kind}`],
    [url !== undefined, 'url', `none: an accepted ${type} is added to the order`],
  ]);

const pageProblems = ({ type, product: offered, partner, url, value: { kind }, budget }: Shape) => {
  const isPartners = type === 'partner';
  const kinds = isPartners ? ['cpa', 'cpc'] : ['worth'];
  return problems([
    [offered !== undefined, 'product', `none: a ${type} offer is of no product`],
    [isPartners && partner === undefined, 'partner', 'whose offer it is'],
    [isPartners && url === undefined, 'url', 'where it leads'],
    [!isPartners && partner !== undefined, 'partner', `none: a ${type} offer is the shop's own`],
    [!kinds.includes(kind), 'value', `${kinds.join(' or ')} of a ${type} offer, got ${kind}`],
    [!isPartners && budget !== undefined, 'budget', 'none: only partners pay by budget'],
  ]);
};

const timeProblems = ({ from, until, budget }: Shape) =>
  problems([
    [from !== undefined && until !== undefined && until <= from, 'until', 'a time after from'],
    [
      budget?.pacing === 'even' && (from === undefined || until === undefined),
      'budget',
      'from and until: an even pace needs both',
    ],
  ]);

const problems = (
  all: readonly (readonly [isWrong: boolean, key: string, expected: string])[],
): readonly Problem[] =>
  all.flatMap(([isWrong, key, expected]) =>
    isWrong ? [{ path: [key], message: `expected ${expected}` }] : [],
  );

/** An offer as files and OfferUpdated state it. */
export const offerFields = shape.superRefine((offer, context) => {
  for (const { path, message } of problemsOf(offer))
    context.addIssue({ code: 'custom', path, message });
});

export type OfferFields = z.output<typeof offerFields>;
