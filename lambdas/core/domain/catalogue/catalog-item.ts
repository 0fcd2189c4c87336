import type { Money } from '../money.ts';
import type { ProductAttribute } from './attribute.ts';
import type { Instant, PlacedLine, ProductKind } from '../orders/order-event.ts';
import { type ProductFacts, productOf, type ShopCatalogue } from './product.ts';

/** What the shop says of a product. */
export interface CatalogItem {
  readonly shop: string;
  readonly sku: string;
  readonly name: string;
  readonly category?: string | undefined;
  readonly kind?: ProductKind | undefined;
  readonly imageUrl?: string | undefined;
  readonly price?: Money | undefined;
  /** What journeys are chosen by; the configuration's category says the rest. */
  readonly facts?: Omit<ProductFacts, 'kind'> | undefined;
  /** What texts of it may state, and cite. */
  readonly attributes?: readonly ProductAttribute[] | undefined;
  /** What was proposed of it and approved: counts where nobody states it. */
  readonly approvedFacts?: ProductFacts | undefined;
  /** When the shop last said so; an older event does not change it. */
  readonly updatedAt: Instant;
}

const isIncomplete = ({ name, category, kind, imageUrl }: PlacedLine): boolean =>
  [name, category, kind, imageUrl].includes(undefined);

/** The SKUs whose lines leave something out that the catalogue may know. */
export const skusToLookUp = (lines: readonly PlacedLine[]): readonly string[] => [
  ...new Set(lines.filter(isIncomplete).map(({ sku }) => sku)),
];

/**
 * The line with what it leaves out taken from the catalogue, and its kind from the configuration where
 * that states one; what the order says wins.
 */
export const enriched = (
  line: PlacedLine,
  items: readonly CatalogItem[],
  shop: ShopCatalogue,
): PlacedLine => {
  const { sku } = line;
  const item = items.find((each) => each.sku === sku);
  const name = line.name ?? item?.name;
  const category = line.category ?? item?.category;
  const { kind } = productOf({ sku, name: name ?? sku, category, kind: item?.kind }, shop);
  const imageUrl = line.imageUrl ?? item?.imageUrl;
  return { ...line, name, category, imageUrl, kind: line.kind ?? kind };
};
