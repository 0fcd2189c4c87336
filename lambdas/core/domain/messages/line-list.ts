import type { Money } from '../money.ts';
import type { Order, OrderLine } from '../orders/order.ts';
import type { Instant, LineQuantity } from '../orders/order-event.ts';
import type { Formats } from './formats.ts';
import { allowedLink, pictureOf } from './links.ts';
import { plainText } from './names.ts';
import type { ShopIdentity } from './shop-identity.ts';

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
}

/** Lines to be listed, and how many more there are than are listed. */
export interface LineList {
  readonly lines: readonly LineView[];
  readonly pieces: number;
  readonly more: number;
  readonly isEmpty: boolean;
}

export interface Viewing {
  readonly shop: ShopIdentity;
  readonly formats: Formats;
  readonly now: Instant;
  readonly orderStatusUrl: string;
  /** Lines of one list that are shown; the order page has the rest. */
  readonly linesShown: number;
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
  const shown = pieces.slice(0, viewing.linesShown);
  return {
    lines: shown.map((each) => viewOf(each, viewing)),
    pieces: pieces.reduce((total, { quantity }) => total + quantity, 0),
    more: pieces.length - shown.length,
    isEmpty: pieces.length === 0,
  };
};

/** Pieces of the line in a list of quantities. */
export const quantityIn =
  (quantities: readonly LineQuantity[]) =>
  ({ lineId }: OrderLine): number =>
    quantities
      .filter((each) => each.lineId === lineId)
      .reduce((total, { quantity }) => total + quantity, 0);

const viewOf = ({ line, quantity }: Pieces, viewing: Viewing): LineView => {
  const { shop, formats, orderStatusUrl } = viewing;
  return {
    name: plainText(line.name) || line.sku,
    category: plainText(line.category ?? '') || null,
    imageUrl: pictureOf(line.imageUrl),
    quantity,
    amount: formats.money(shareOf(line, quantity)),
    cancelled: Math.min(line.cancelled, quantity),
    isWaiting: line.backordered,
    promisedBy: dayAhead(line.promisedDispatchBy, viewing),
    accessUrl:
      line.accessUrl === undefined ? null : allowedLink(shop, line.accessUrl, orderStatusUrl),
  };
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
