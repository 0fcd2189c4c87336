import { parseEvent } from '#core/contracts/parse-event.ts';
import type { Order } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { PlacedOrder } from '#rehearsal/input/order-life.ts';
import { placing } from '#rehearsal/input/sample-order.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { isOfOrder } from './is-of-order.ts';

const parsed = ({ source, detailType, detail }: TimedEvent) =>
  parseEvent(JSON.stringify({ source, 'detail-type': detailType, detail }), [
    'hearth',
    'northside',
  ]);

/** What the product cannot read, by its own parser. */
export const unreadIn = (events: readonly TimedEvent[]): readonly TimedEvent[] =>
  events.filter((event) => !parsed(event).ok);

/** The order that these events come to, by the product's own reading of them. */
export const readOrder = (placed: PlacedOrder, events: readonly TimedEvent[]): Order | undefined =>
  orderOf(
    [placing(placed), ...events].flatMap((event) => {
      const reading = parsed(event);
      return reading.ok && isOfOrder(reading.event) && reading.event.orderId === placed.orderId
        ? [reading.event]
        : [];
    }),
  );
