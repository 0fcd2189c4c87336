import type { VirtualClock } from '../clock.ts';
import type { PlacedOrder } from '../input/order-life.ts';
import type { SampleShops } from '../input/play-sample-shops.ts';
import { placing } from '../input/sample-order.ts';
import { sampleShops } from '../input/sample-shops.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { demoOrder } from './demo-orders.ts';

/** As much of the clock as the demo needs. */
export type DemoClock = Pick<VirtualClock, 'now' | 'isRunning' | 'runUntil'>;

export interface CounterOptions {
  readonly rehearsal: Pick<Rehearsal, 'schedule'> & { readonly clock: DemoClock };
  readonly shops: Pick<SampleShops, 'orders'>;
  /** Real milliseconds until an order is put on the bus. */
  readonly takenInAfterMs: number;
}

/**
 * Where visitors of the demo order. The shop has an order at once; it comes to the bus a while later, as order systems
 * are slower than browsers. Only due work is done then: no virtual time passes.
 */
export class DemoCounter {
  readonly #options: CounterOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #placed = 0;

  constructor(options: CounterOptions) {
    this.#options = options;
  }

  /** @returns nothing when there is no such shop */
  place(shopId: string, isHeldOut: boolean): PlacedOrder | undefined {
    const shop = sampleShops.find(({ id }) => id === shopId);
    if (shop === undefined) return undefined;
    const { rehearsal, shops, takenInAfterMs } = this.#options;
    this.#placed += 1;
    const placedMs = rehearsal.clock.now();
    const order = demoOrder({ shop, number: this.#placed, placedMs, isHeldOut });
    shops.orders.keep(order);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#takeIn(order);
    }, takenInAfterMs);
    this.#timers.add(timer);
    return order;
  }

  /** What was not put on the bus yet never is. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #takeIn(order: PlacedOrder): Promise<void> {
    const { rehearsal } = this.#options;
    rehearsal.schedule([placing(order)]);
    if (!rehearsal.clock.isRunning) await rehearsal.clock.runUntil(rehearsal.clock.now());
  }
}
