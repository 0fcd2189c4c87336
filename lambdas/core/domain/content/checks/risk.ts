import type { AttributeType } from '../../catalogue/attribute.ts';
import type { CareCategory } from '../../catalogue/product.ts';
import type { CitableFact } from '../citable-facts.ts';
import type { ContentKind, ContentRisk } from '../content.ts';

/** A wrong word about these can hurt someone. */
const highTypes = new Set<CitableFact['type']>([
  'warning',
  'allergens',
  'ingredients',
  'age',
] satisfies AttributeType[]);
const highCategories = new Set<CareCategory>(['electrical', 'food', 'cosmetic']);

/** A wrong word about these can spoil the product or mislead. */
const mediumTypes = new Set<CitableFact['type']>([
  'temperature',
  'power',
  'compatibility',
  'certification',
] satisfies AttributeType[]);

/** Texts that do not tell anyone what to do with a product. */
const offers = new Set<ContentKind>(['pairing', 'upsell']);

/**
 * How much harm a wrong word could do. High: the product is electrical, food or a cosmetic, or it has a warning,
 * allergens, ingredients or an age (a guide that leaves them out harms as well, so having them is enough; an offer has
 * to cite them). Medium: a fact on temperature, power, compatibility or certification, by the same measure. Else low.
 *
 * @param facts all of the product's
 * @param cited ids of those that the text cites
 */
export const riskOf = (
  kind: ContentKind,
  {
    facts,
    cited,
    careCategory,
  }: {
    readonly facts: readonly CitableFact[];
    readonly cited: ReadonlySet<string>;
    readonly careCategory?: CareCategory | undefined;
  },
): ContentRisk => {
  const counting = facts.filter(({ id }) => !offers.has(kind) || cited.has(id));
  const isHigh = careCategory !== undefined && highCategories.has(careCategory);
  if (isHigh || counting.some(({ type }) => highTypes.has(type))) return 'high';
  return counting.some(({ type }) => mediumTypes.has(type)) ? 'medium' : 'low';
};
