import { SCHEMA_VERSION, sourceOf } from '#core/contracts/incoming-events.ts';
import { sumOf, times } from '#core/domain/money.ts';
import type { PlacedOrder } from './order-life.ts';
import { type PricedProduct, productOf } from './sample-catalogue.ts';
import type { SampleShop } from './sample-shops.ts';
import type { Said, TimedEvent } from './timed-event.ts';

type Line = PlacedOrder['lines'][number];

/** A line before it has its number in the order. */
export type SampleLine = Omit<Line, 'lineId'>;

type LineDetails = Partial<Omit<SampleLine, 'sku' | 'quantity'>>;

/** A product of the sample catalogue as an order's line, leaving name and picture to the catalogue. */
export const line = (sku: string, quantity = 1, more: LineDetails = {}): SampleLine =>
  lineOf(productOf(sku), quantity, more);

/** The same for any product. */
export const lineOf = (
  { sku, price: unitPrice, kind, shop }: Pick<PricedProduct, 'sku' | 'price' | 'kind' | 'shop'>,
  quantity: number,
  more: LineDetails = {},
): SampleLine => ({
  sku,
  quantity,
  unitPrice,
  ...(kind === 'physical' ? {} : { kind }),
  ...(kind === 'digital' ? { accessUrl: `https://access.${shop}.example/${sku}` } : {}),
  ...more,
});

/** The same line with what the catalogue says of it. */
export const withFacts = (each: SampleLine): SampleLine => {
  const { name, category, kind, imageUrl } = productOf(each.sku);
  return {
    name,
    ...(category === undefined ? {} : { category }),
    ...(kind === undefined ? {} : { kind }),
    ...(imageUrl === undefined ? {} : { imageUrl }),
    ...each,
  };
};

export interface SampleOrder {
  readonly shop: SampleShop;
  readonly orderId: string;
  readonly placedMs: number;
  readonly lines: readonly SampleLine[];
  readonly says?: Partial<Said<'OrderPlaced'>>;
}

/** An order whose amounts add up: goods − discount + shipping + sales tax, where the shop adds it. */
export const sampleOrder = ({ shop, orderId, placedMs, lines, says }: SampleOrder): PlacedOrder => {
  const { currency } = shop;
  const goods = sumOf(
    lines.map((each) => each.total ?? times(each.unitPrice, each.quantity)),
    currency,
  ).amountMinor;
  const needsParcel = lines.some(({ kind = 'physical' }) => kind === 'physical');
  const isFree = !needsParcel || goods >= shop.freeShippingFromMinor;
  const shipping = isFree ? 0 : shop.shippingMinor;
  const discount = says?.discount?.amountMinor ?? 0;
  const tax = Math.round((goods - discount) * shop.salesTax);
  return {
    eventId: `${orderId}/placed`,
    occurredAt: new Date(placedMs).toISOString(),
    schemaVersion: SCHEMA_VERSION,
    shop: shop.id,
    orderId,
    contact: {},
    lines: lines.map((each, at) => ({ lineId: `L${at + 1}`, ...each })),
    total: { amountMinor: goods - discount + shipping + tax, currency },
    ...(needsParcel ? { shipping: { amountMinor: shipping, currency } } : {}),
    ...(tax === 0 ? {} : { tax: { amountMinor: tax, currency } }),
    ...says,
  };
};

/** The placing as it comes to the bus. */
export const placing = (order: PlacedOrder, lagMs = 0): TimedEvent => ({
  atMs: Date.parse(order.occurredAt) + Math.round(lagMs),
  source: sourceOf(order.shop),
  detailType: 'OrderPlaced',
  detail: order,
});
