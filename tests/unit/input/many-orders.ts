import type { PlacedOrder } from '#rehearsal/input/order-life.ts';
import { line, sampleOrder } from '#rehearsal/input/sample-order.ts';
import type { SampleShop } from '#rehearsal/input/sample-shops.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';

export const PLACED_MS = Date.parse('2026-03-02T10:00:00.000Z');

interface Many {
  readonly shop: SampleShop;
  readonly skus: readonly string[];
  readonly count: number;
  /** @default customers that the shop knows */
  readonly areGuests?: boolean;
}

/** The same order of so many customers. */
export const manyOrders = ({
  shop,
  skus,
  count,
  areGuests = false,
}: Many): readonly PlacedOrder[] =>
  Array.from({ length: count }, (_, at) =>
    sampleOrder({
      shop,
      orderId: `order-${at}`,
      placedMs: PLACED_MS,
      lines: skus.map((sku) => line(sku, 2)),
      says: {
        contact: {
          ...(areGuests ? {} : { customerId: `c-${at}` }),
          email: `c-${at}@customers.example`,
        },
      },
    }),
  );

export const ofType = (events: readonly TimedEvent[], type: string): readonly TimedEvent[] =>
  events.filter(({ detailType }) => detailType === type);

export const happenedMs = ({ detail }: TimedEvent): number =>
  Date.parse(String(detail['occurredAt']));
