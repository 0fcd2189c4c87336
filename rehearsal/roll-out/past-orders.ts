import type { ImportedProduct } from '../input/catalogue-import/catalogue-product.ts';
import { DAY_MS } from '../input/duration.ts';
import { seededRandom } from '../random.ts';

export interface PastOrderOptions {
  readonly products: readonly ImportedProduct[];
  readonly orders: number;
  /** They were placed in the days before this. */
  readonly beforeMs: number;
  readonly days: number;
  readonly seed: string;
}

/** A row of `order_lines`, and the day that it came. */
export interface PastLine {
  readonly row: Readonly<Record<string, string | number | boolean>>;
  readonly day: string;
}

/**
 * Orders of one to three products that were placed before a roll-out, as the lake has them: assumed, since nobody
 * was asked. A product's chance to be bought falls with its place in a shuffled list, as 1 / place (Zipf).
 */
export const pastOrders = (options: PastOrderOptions): readonly PastLine[] => {
  const { products, orders, beforeMs, days, seed } = options;
  const random = seededRandom(`${seed}/past-orders`);
  const byPopularity = products
    .map((product) => ({ product, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ product }) => product);
  const draw = zipf(byPopularity.length, random);
  return Array.from({ length: orders }).flatMap((_, at) => {
    const placedMs = beforeMs - random() * days * DAY_MS;
    const picked = Array.from({ length: 1 + Math.floor(random() * 3) }).flatMap(
      () => byPopularity[draw()] ?? [],
    );
    const [first] = picked;
    return [...new Set(picked.filter(({ shop }) => shop === first?.shop))].map((product, line) =>
      lineOf(product, { orderId: `past-${at + 1}`, lineId: `L${line + 1}`, placedMs }),
    );
  });
};

/** Draws places, from 0: each as often as 1 / (place + 1) of all. */
const zipf = (places: number, random: () => number): (() => number) => {
  const ends: number[] = [];
  let sum = 0;
  for (let place = 0; place < places; place += 1) {
    sum += 1 / (place + 1);
    ends.push(sum);
  }
  return () => {
    const drawn = random() * sum;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] ?? 0) < drawn) low = middle + 1;
      else high = middle;
    }
    return low;
  };
};

const lineOf = (
  { shop, sku, category, kind = 'physical', price }: ImportedProduct,
  {
    orderId,
    lineId,
    placedMs,
  }: { readonly orderId: string; readonly lineId: string; readonly placedMs: number },
): PastLine => {
  const placedAt = new Date(placedMs).toISOString();
  return {
    day: placedAt.slice(0, 10),
    row: {
      fact_id: `${orderId}/${lineId}`,
      shop,
      occurred_at: placedAt,
      order_id: orderId,
      line_id: lineId,
      placed_at: placedAt,
      sku,
      ...(category === undefined ? {} : { category }),
      kind,
      quantity: 1,
      total_minor: price?.amountMinor ?? 0,
      currency: price?.currency ?? 'EUR',
      class: 'primary',
      is_gift: false,
    },
  };
};
