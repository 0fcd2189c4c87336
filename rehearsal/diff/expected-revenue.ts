import type { Rates } from './rates.ts';
import type { RecordedOrder, RecordedPage, RecordedTouch } from './run-record.ts';

/** What is expected of one offer or touch, at rates that somebody states. */
export interface Expected {
  readonly kind: 'offer' | 'touch';
  /** Of an offer its id, of a touch its name. */
  readonly name: string;
  readonly currency: string;
  /** Showings on confirmation pages, or messages that were sent. */
  readonly times: number;
  /** Minor units, not rounded. */
  readonly revenueMinor: number;
}

export interface Showings {
  readonly orders: readonly RecordedOrder[];
  readonly pages: readonly RecordedPage[];
  readonly touches: readonly RecordedTouch[];
}

/**
 * What offers that were shown and messages that were sent bring in expectation: an offer the share of those who see its
 * place, times the rate of its type, times what a success is worth; a message the rate of its touch, times an order.
 */
export const expectedOf = (run: Showings, rates: Rates): readonly Expected[] => [
  ...summed(run.pages.flatMap((page) => ofPage(page, rates))),
  ...summed(ofTouches(run, rates)),
];

const ofPage = ({ offers, currency }: RecordedPage, rates: Rates): readonly Expected[] =>
  offers.map(({ offerId: name, type, slot, valueMinor }) => {
    const revenueMinor = seenAt(slot, rates) * (rates.offers[type] ?? 0) * valueMinor;
    return { kind: 'offer', name, currency, times: 1, revenueMinor };
  });

/** Of those on the page: they come as far as this place, which counts from 1. */
const seenAt = (slot: number, { seen }: Rates): number =>
  Array.from({ length: slot }, (_, at) => seen[at] ?? seen.at(-1) ?? 0).reduce(
    (share, next) => share * next,
    1,
  );

const ofTouches = ({ orders, touches }: Showings, rates: Rates): readonly Expected[] => {
  const currencies = new Map(orders.map(({ shop, currency }) => [shop, currency]));
  const worth = orderValues(orders, rates);
  return touches.flatMap(({ shop, touch: name, ending }): readonly Expected[] => {
    const rate = rates.touches[name];
    const currency = currencies.get(shop);
    if (ending !== 'sent' || rate === undefined || currency === undefined) return [];
    const revenueMinor = rate * (worth.get(currency) ?? 0);
    return [{ kind: 'touch', name, currency, times: 1, revenueMinor }];
  });
};

const orderValues = (
  orders: readonly RecordedOrder[],
  { orderValue = {} }: Rates,
): ReadonlyMap<string, number> =>
  new Map(
    [...Map.groupBy(orders, ({ currency }) => currency)].map(([currency, group]) => [
      currency,
      orderValue[currency] ??
        group.reduce((sum, { totalMinor }) => sum + totalMinor, 0) / group.length,
    ]),
  );

const summed = (expected: readonly Expected[]): readonly Expected[] =>
  [...Map.groupBy(expected, ({ kind, name, currency }) => JSON.stringify([kind, name, currency]))]
    .toSorted(([a], [b]) => Number(a > b) - Number(a < b))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      const revenueMinor = group.reduce((sum, each) => sum + each.revenueMinor, 0);
      return [{ ...first, times: group.length, revenueMinor }];
    });
