import type { FactName, Product } from '../catalogue/product.ts';
import type { Customer } from '../customers/customer.ts';
import { type Purchase, purchasesBefore } from '../customers/purchase.ts';
import type { Order, OrderLine } from '../orders/order.ts';
import type { ShippingMethod } from '../orders/order-event.ts';
import { daysBetween } from './elapsed.ts';

/** Which kind of journey a product calls for; the first that a line has leads the order's. */
const productClasses = [
  'complex',
  'considered',
  'subscription',
  'digital',
  'service',
  'simple',
] as const;

export type ProductClass = (typeof productClasses)[number];

export type PriceBand = 'low' | 'mid' | 'high' | 'unknown';

/** A line of an order with what is known of its product. */
export interface ClassifiedLine {
  readonly line: OrderLine;
  readonly product: Product;
  readonly productClass: ProductClass;
  /** Whether the customer had it before. */
  readonly isKnownToCustomer: boolean;
}

/** What an order's journey is chosen by; no rule names a SKU. */
export interface JourneyProfile {
  /** The class of the line that leads the journey. */
  readonly productClass: ProductClass;
  /** The leading line first. */
  readonly lines: readonly ClassifiedLine[];
  readonly isConsumable: boolean;
  readonly priceBand: PriceBand;
  readonly tenure: 'first' | 'returning';
  /** This one included. */
  readonly orderCount: number;
  readonly isHighValue: boolean;
  readonly isFirstInCategory: boolean;
  readonly isGift: boolean;
  readonly isHighRisk: boolean;
  readonly isBackordered: boolean;
  readonly isInternational: boolean;
  readonly isDiscounted: boolean;
  readonly shippingMethod: ShippingMethod;
  /** Facts nobody stated, for which the safe path was taken. */
  readonly missing: readonly MissingFact[];
}

export interface MissingFact {
  readonly sku: string;
  readonly category?: string | undefined;
  readonly fact: FactName | 'category';
}

/** What a shop says of its customers and prices. */
export interface ClassificationRules {
  readonly priceBands?: { readonly mid: number; readonly high: number } | undefined;
  /** In minor units, spent within 365 days. */
  readonly highValueFrom?: number | undefined;
  /** ISO 3166-1 alpha-2 of the shop's home market. */
  readonly country?: string | undefined;
}

export interface ClassificationInputs {
  readonly order: Order;
  /** What is known of the lines' products; a line whose product is not there is known by itself. */
  readonly products: readonly Product[];
  readonly customer?: Customer | undefined;
  /** The customer's orders, this one or not. */
  readonly purchases: readonly Purchase[];
  readonly rules: ClassificationRules;
}

/** Classifies an order by its products, its customer and itself. Pure. */
export const profileOf = (inputs: ClassificationInputs): JourneyProfile => {
  const { order, purchases } = inputs;
  const before = purchasesBefore(purchases, order);
  const lines = order.lines.map((line) => classified(line, inputs, before)).toSorted(byLead);
  const lead = lines[0];
  return {
    productClass: lead?.productClass ?? 'simple',
    lines,
    isConsumable: lines.some(({ product }) => product.daysOfSupply !== undefined),
    priceBand: lead === undefined ? 'unknown' : bandOf(priceOf(lead), inputs.rules),
    tenure: before.length === 0 ? 'first' : 'returning',
    orderCount: before.length + 1,
    isHighValue: isHighValue(inputs, before),
    isFirstInCategory: !boughtCategories(before).has(lead?.product.category),
    ...flagsOf(inputs),
    missing: lines.flatMap(missingOf),
  };
};

const flagsOf = ({ order, rules }: ClassificationInputs) => ({
  isGift: order.gift,
  isHighRisk: order.risk !== 'none',
  isBackordered: order.lines.some(({ backordered, promisedAt }) => backordered || promisedAt),
  isInternational:
    rules.country !== undefined &&
    order.shipTo !== undefined &&
    order.shipTo.country !== rules.country,
  isDiscounted: (order.discount?.amountMinor ?? 0) > 0,
  shippingMethod: order.shippingMethod,
});

const classified = (
  line: OrderLine,
  { products, rules }: ClassificationInputs,
  before: readonly Purchase[],
): ClassifiedLine => {
  const product = products.find(({ sku }) => sku === line.sku) ?? productOfLine(line);
  return {
    line,
    product,
    productClass: classOf(line, product, rules),
    isKnownToCustomer: before.some((each) => each.lines.some(({ sku }) => sku === line.sku)),
  };
};

const productOfLine = ({ sku, name, category, imageUrl, unitPrice }: OrderLine): Product => ({
  sku,
  name,
  category,
  imageUrl,
  price: unitPrice,
});

/** What nobody calls considered is, when it is dear; anything else is simple. */
const classOf = (line: OrderLine, product: Product, rules: ClassificationRules): ProductClass => {
  if (line.kind !== 'physical') return line.kind;
  const isDear = bandOf(line.unitPrice.amountMinor, rules) === 'high';
  return product.complexity ?? (isDear ? 'considered' : 'simple');
};

const priceOf = ({ line }: ClassifiedLine): number => line.unitPrice.amountMinor;

const byLead = (a: ClassifiedLine, b: ClassifiedLine): number =>
  productClasses.indexOf(a.productClass) - productClasses.indexOf(b.productClass) ||
  priceOf(b) - priceOf(a) ||
  (a.line.lineId < b.line.lineId ? -1 : 1);

const bandOf = (amountMinor: number, { priceBands }: ClassificationRules): PriceBand => {
  if (priceBands === undefined) return 'unknown';
  if (amountMinor >= priceBands.high) return 'high';
  return amountMinor >= priceBands.mid ? 'mid' : 'low';
};

const isHighValue = (
  { order, rules: { highValueFrom } }: ClassificationInputs,
  before: readonly Purchase[],
): boolean => {
  if (highValueFrom === undefined) return false;
  const spent = before
    .filter(({ placedAt, total }) => {
      const isRecent = daysBetween(placedAt, order.placedAt) <= 365;
      return isRecent && total.currency === order.currency;
    })
    .reduce((sum, { total }) => sum + total.amountMinor, order.total.amountMinor);
  return spent >= highValueFrom;
};

/** A line without a category counts for every line without one. */
const boughtCategories = (purchases: readonly Purchase[]): ReadonlySet<string | undefined> =>
  new Set(purchases.flatMap(({ lines }) => lines.map(({ category }) => category)));

/** Facts that a journey would be chosen by, and that it can do without on the safe path. */
const missingOf = ({ line, product }: ClassifiedLine): readonly MissingFact[] => {
  const { sku, category } = product;
  return missingFactsOf(product, line.kind).map((fact) => ({ sku, category, fact }));
};

/** Which facts nobody has stated of a product that its kind calls for. */
export const missingFactsOf = (
  product: Product,
  kind: OrderLine['kind'],
): readonly MissingFact['fact'][] => {
  const wanted = kind === 'physical' ? physicalFacts : otherFacts;
  return wanted.filter((fact) => product[fact] === undefined);
};

const physicalFacts = ['category', 'complexity', 'returnableDays'] as const;
const otherFacts = ['category', 'reportsUse'] as const;
