import type { Product } from '../catalogue/product.ts';
import type { LiveText } from '../content/live-text.ts';
import type { Money } from '../money.ts';
import type { Order, OrderLine } from '../orders/order.ts';
import type { Instant, LineQuantity, ProductKind } from '../orders/order-event.ts';
import type { Formats } from './formats.ts';
import { isAllowedLink, pictureOf, withQuery } from './links.ts';
import type { LinkMaker } from './message-links.ts';
import { plainText } from './names.ts';
import type { ShopIdentity } from './shop-identity.ts';
import { type TextView, textViews } from './text-views.ts';

/** Some pieces of an order line, as a message shows them. */
interface LineView {
  readonly name: string;
  readonly category: string | null;
  readonly imageUrl: string | null;
  readonly quantity: number;
  /** What these pieces cost. */
  readonly amount: string;
  /** Ordered, and cancelled since. */
  readonly cancelled: number;
  readonly isWaiting: boolean;
  /** The day by which a waiting line should be sent, while that day is still ahead. */
  readonly promisedBy: string | null;
  readonly accessUrl: string | null;
  readonly kind: ProductKind;
  /** The product's own page and the page that shows its use, where the shop vouches for them. */
  readonly productUrl: string | null;
  readonly guideUrl: string | null;
  /** Where this product is reviewed; `null` when the shop has no such page. */
  readonly reviewUrl: string | null;
  /** What is written of the product, of the kinds that the message carries. */
  readonly texts: readonly TextView[];
}

/** Lines to be listed, and how many more there are than are listed. */
export interface LineList {
  readonly lines: readonly LineView[];
  readonly pieces: number;
  readonly more: number;
  readonly isEmpty: boolean;
  /** Whether a product that is shown has a picture: else no place is kept for one. */
  readonly hasPictures: boolean;
}

export interface Viewing {
  readonly shop: ShopIdentity;
  readonly formats: Formats;
  readonly now: Instant;
  /** How the message leads to an address. */
  readonly to: LinkMaker['to'];
  /** The way to the order's page. */
  readonly orderStatusUrl: string;
  /** What is known of the products; some may be missing. */
  readonly products: readonly Product[];
  /** What may be said of the products. */
  readonly texts: readonly LiveText[];
  /** Lines of one list that are shown; the order page has the rest. */
  readonly linesShown: number;
  readonly viewOf: (pieces: Pieces) => LineView;
}

interface Pieces {
  readonly line: OrderLine;
  readonly quantity: number;
}

/** The pieces that `quantityOf` finds of each line; a line of none is left out. */
export const listOf = (
  { lines }: Pick<Order, 'lines'>,
  quantityOf: (line: OrderLine) => number,
  viewing: Viewing,
): LineList => {
  const pieces = lines
    .map((line) => ({ line, quantity: quantityOf(line) }))
    .filter(({ quantity }) => quantity > 0);
  const shown = pieces.slice(0, viewing.linesShown).map(viewing.viewOf);
  return {
    lines: shown,
    pieces: pieces.reduce((total, { quantity }) => total + quantity, 0),
    more: pieces.length - shown.length,
    isEmpty: pieces.length === 0,
    hasPictures: shown.some(({ imageUrl }) => imageUrl !== null),
  };
};

/** Pieces of the line in a list of quantities. */
export const quantityIn = (
  quantities: readonly LineQuantity[],
): ((line: Pick<OrderLine, 'lineId'>) => number) => {
  const byLine = new Map<string, number>();
  for (const { lineId, quantity } of quantities)
    byLine.set(lineId, (byLine.get(lineId) ?? 0) + quantity);
  return ({ lineId }) => byLine.get(lineId) ?? 0;
};

/** What is known of the line's product. */
export const productIn = (
  { products }: Pick<Viewing, 'products'>,
  { sku }: Pick<OrderLine, 'sku'>,
): Product | undefined => products.find((product) => product.sku === sku);

/** How a message views its lines: most of its lists have the same pieces, and each is viewed once. */
export const lineViews = (viewing: LineViewing): Viewing['viewOf'] => {
  const viewed = new Map<OrderLine, readonly LineView[]>();
  return (pieces) => {
    const known = viewed.get(pieces.line) ?? [];
    const found = known.find(({ quantity }) => quantity === pieces.quantity);
    if (found !== undefined) return found;
    const view = viewOf(pieces, viewing);
    viewed.set(pieces.line, [...known, view]);
    return view;
  };
};

type LineViewing = Omit<Viewing, 'viewOf'>;

const viewOf = ({ line, quantity }: Pieces, viewing: LineViewing): LineView => {
  const { formats, orderStatusUrl, shop } = viewing;
  return {
    name: plainText(line.name) || line.sku,
    category: plainText(line.category ?? '') || null,
    imageUrl: pictureOf(line.imageUrl),
    quantity,
    amount: formats.money(shareOf(line, quantity)),
    cancelled: Math.min(line.cancelled, quantity),
    isWaiting: line.backordered,
    promisedBy: dayAhead(line.promisedDispatchBy, viewing),
    // What was bought opens by itself, whether or not our own service answers.
    accessUrl: linkOf({ shop, to: (address) => address }, line.accessUrl, orderStatusUrl),
    kind: line.kind,
    ...pagesOf(line, viewing),
    // One touch alone asks for it.
    get reviewUrl() {
      return reviewOf(line, viewing);
    },
    texts: textViews(viewing.texts, line.sku),
  };
};

const pagesOf = (
  line: OrderLine,
  viewing: LineViewing,
): Pick<LineView, 'productUrl' | 'guideUrl'> => {
  const product = productIn(viewing, line);
  return {
    productUrl: linkOf(viewing, product?.url, null),
    guideUrl: linkOf(viewing, product?.guideUrl, null),
  };
};

const reviewOf = ({ sku }: OrderLine, { shop, to }: LineViewing): string | null => {
  const { review } = shop.pages;
  return review === undefined ? null : to(withQuery(review, 'sku', sku));
};

/** `null` where there is no link; the fallback where the shop does not vouch for it. */
export const linkOf = (
  { shop, to }: Pick<Viewing, 'shop' | 'to'>,
  link: string | undefined,
  fallback: string | null,
): string | null => {
  if (link === undefined) return null;
  return isAllowedLink(shop, link) ? to(new URL(link).href) : fallback;
};

/** The day in words while it is still to come: a promise of a day gone by is none. */
export const dayAhead = (
  at: Instant | undefined,
  { formats, now }: Pick<Viewing, 'formats' | 'now'>,
): string | null => (at === undefined || at <= now ? null : formats.day(at));

/** Rounded to the minor unit: a third of 10.00 shows as 3.33. */
const shareOf = ({ total, quantity: ordered }: OrderLine, quantity: number): Money => ({
  amountMinor: ordered === 0 ? 0 : Math.round((total.amountMinor * quantity) / ordered),
  currency: total.currency,
});
