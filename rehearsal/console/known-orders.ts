import type { OrderRow, Page } from './views.ts';

export interface OrdersWanted {
  /** Part of an order's id. */
  readonly search?: string | undefined;
  readonly shop?: string | undefined;
  readonly status?: string | undefined;
  /** How many are passed over. @default 0 */
  readonly from?: number | undefined;
}

/** A row of a list a page. */
export const PAGE_ROWS = 25;

/** What was heard of an order. */
export interface OrderNews {
  readonly shop: string;
  readonly orderId: string;
  readonly status: string;
  readonly placedAt: string;
  readonly change: string;
  readonly at: string;
}

/** The orders that were taken in, as the system tells of each change of one. */
export class KnownOrders {
  readonly #rows = new Map<string, OrderRow>();

  get size(): number {
    return this.#rows.size;
  }

  /** News of one order may come in another order than it happened in: the latest stands. */
  hear({ shop, orderId, status, placedAt, change, at }: OrderNews): void {
    const key = JSON.stringify([shop, orderId]);
    const known = this.#rows.get(key);
    const events = (known?.events ?? 0) + 1;
    const isLatest = known === undefined || at >= known.lastAt;
    this.#rows.set(
      key,
      isLatest
        ? { shop, orderId, status, placedAt, last: change, lastAt: at, events }
        : { ...known, events },
    );
  }

  /** Those that fit, the one that was placed last first. */
  page({ search = '', shop, status, from = 0 }: OrdersWanted): Page<OrderRow> {
    const all = [...this.#rows.values()];
    const wanted = search.toLowerCase();
    const found = all
      .filter(
        (row) =>
          (shop === undefined || row.shop === shop) &&
          (status === undefined || row.status === status) &&
          row.orderId.toLowerCase().includes(wanted),
      )
      .toSorted((a, b) => Date.parse(b.placedAt) - Date.parse(a.placedAt));
    return {
      rows: found.slice(from, from + PAGE_ROWS),
      total: found.length,
      from,
      choices: [...new Set(all.map((row) => row.status))].toSorted(),
    };
  }
}
