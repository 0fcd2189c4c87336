import { lookAtPage } from './confirmation-page.ts';
import { fulfilmentOf } from './fulfilment-model.ts';
import type { PlacedOrder } from './order-life.ts';
import type { SampleShop } from './sample-shops.ts';
import { supportCases } from './support-cases.ts';
import { takenUp } from './taken-up.ts';
import { byTime, type TimedEvent } from './timed-event.ts';

/** What becomes of an order of a sample shop. */
export interface AfterPlacing {
  /** Without the placing, in order of arrival. */
  readonly events: readonly TimedEvent[];
  /** With what was added on the confirmation page. */
  readonly order: PlacedOrder;
}

interface Options {
  readonly seed: string;
  readonly shop: SampleShop;
}

/**
 * The look at the confirmation page and what is taken up there, the fulfilment of the whole order, and the customer's
 * question where it is. A product can be added only while nothing has happened to the order.
 */
export const afterPlacing = (order: PlacedOrder, options: Options): AfterPlacing => {
  const { events: looked, accepted } = lookAtPage(order, options.seed);
  const taken = accepted === undefined ? undefined : takenUp(order, accepted, options);
  if (taken === undefined) return together(order, looked, lifeAfter(order, options));
  const life = lifeAfter(taken.order, options);
  const { amendedMs = -Infinity } = taken;
  return firstOf(life) <= amendedMs
    ? together(order, looked, lifeAfter(order, options))
    : together(taken.order, [...looked, ...taken.events], life);
};

const together = (
  order: PlacedOrder,
  page: readonly TimedEvent[],
  life: readonly TimedEvent[],
): AfterPlacing => ({ order, events: [...page, ...life].toSorted(byTime) });

const lifeAfter = (order: PlacedOrder, { seed, shop }: Options): readonly TimedEvent[] => {
  const fulfilment = fulfilmentOf(order, { seed, timeZone: shop.timeZone });
  return [...fulfilment, ...supportCases(order, fulfilment, seed)];
};

/** When the first of them happened. */
const firstOf = (events: readonly TimedEvent[]): number =>
  Math.min(...events.map(({ detail }) => Date.parse(String(detail['occurredAt']))));
