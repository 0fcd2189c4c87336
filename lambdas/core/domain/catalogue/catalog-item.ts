import type { Money } from '../money.ts';
import type { Instant, PlacedLine, ProductKind } from '../orders/order-event.ts';

/** What the shop says of a product. */
export interface CatalogItem {
  readonly shop: string;
  readonly sku: string;
  readonly name: string;
  readonly category?: string | undefined;
  readonly kind?: ProductKind | undefined;
  readonly imageUrl?: string | undefined;
  readonly price?: Money | undefined;
  /** When the shop last said so; an older event does not change it. */
  readonly updatedAt: Instant;
}

const isIncomplete = ({ name, category, kind, imageUrl }: PlacedLine): boolean =>
  [name, category, kind, imageUrl].includes(undefined);

/** The SKUs whose lines leave something out that the catalogue may know. */
export const skusToLookUp = (lines: readonly PlacedLine[]): readonly string[] => [
  ...new Set(lines.filter(isIncomplete).map(({ sku }) => sku)),
];

/** The line with what it leaves out taken from the catalogue; what the order says wins. */
export const enriched = (line: PlacedLine, items: readonly CatalogItem[]): PlacedLine => {
  const item = items.find(({ sku }) => sku === line.sku);
  if (item === undefined) return line;
  return {
    ...line,
    name: line.name ?? item.name,
    category: line.category ?? item.category,
    imageUrl: line.imageUrl ?? item.imageUrl,
    kind: line.kind ?? item.kind,
  };
};
