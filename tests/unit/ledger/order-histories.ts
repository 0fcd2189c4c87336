import fc from 'fast-check';
import type {
  CommissionConfirmed,
  CommissionReversed,
  LineQuantity,
  OrderEvent,
  OrderPlaced,
  PlacedLine,
} from '#core/domain/orders/order-event.ts';
import {
  amended,
  at,
  cancelled,
  delivered,
  disputed,
  line,
  placed,
  received,
  refunded,
  returned,
} from '#tests/unit/orders/order-events.ts';

const hour = fc.integer({ min: 8, max: 20 });
const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(some, { nil: undefined });

const share = (id: string) =>
  ({ kind: 'touch', id, orderId: '100001', touch: 'cross-sell', parts: 1 }) as const;

const credit = fc.constantFrom(
  undefined,
  {
    class: 'followup_crosssell',
    originOrderId: '100001',
    shares: [share('t1'), share('t2'), share('t3')],
    because: 'clicks',
  } as const,
  {
    class: 'confirmation_upsell',
    shares: [{ kind: 'session', id: 's1', orderId: '100482', offerId: 'o1', parts: 1 }],
    because: 'its session',
  } as const,
);

const rates: Readonly<Record<string, string | undefined>> = {
  EUR: undefined,
  JPY: '0.00613',
  KWD: '2.9871',
};

export const commissioned = (
  hours: number,
  change: Partial<Omit<CommissionConfirmed, 'type'>> = {},
): CommissionConfirmed => ({
  type: 'CommissionConfirmed',
  eventId: `commissioned-${hours}`,
  occurredAt: at(hours),
  shop: 'hearth',
  orderId: '100482',
  commissionId: 'K1',
  partner: 'Kiln Club',
  amount: { amountMinor: 700, currency: 'EUR' },
  sessionId: 's1',
  offerId: 'o2',
  ...change,
});

export const uncommissioned = (
  hours: number,
  change: Partial<Omit<CommissionReversed, 'type'>> = {},
): CommissionReversed => ({
  type: 'CommissionReversed',
  eventId: `uncommissioned-${hours}`,
  occurredAt: at(hours),
  shop: 'hearth',
  orderId: '100482',
  commissionId: 'K1',
  ...change,
});

const quantities: fc.Arbitrary<readonly LineQuantity[]> = fc.array(
  fc.record({
    lineId: fc.constantFrom('mill', 'tin', 'gift', 'late', 'stray'),
    quantity: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const linesIn = (currency: string): fc.Arbitrary<readonly PlacedLine[]> =>
  fc
    .array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 3 }),
        amountMinor: fc.integer({ min: 0, max: 2000 }),
        off: fc.integer({ min: 0, max: 300 }),
        credit,
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((lines) =>
      lines.map(({ quantity, amountMinor, off, credit: given }, index) =>
        line(['mill', 'tin', 'gift'][index] ?? 'other', {
          quantity,
          unitPrice: { amountMinor, currency },
          total: { amountMinor: Math.max(0, amountMinor * quantity - off), currency },
          credit: given,
        }),
      ),
    );

/** Orders whose total is explained by their numbers, and some whose is not. */
const placingIn = (currency: string): fc.Arbitrary<OrderPlaced> =>
  fc
    .record({
      lines: linesIn(currency),
      shipping: maybe(fc.integer({ min: 0, max: 900 })),
      discount: maybe(fc.integer({ min: 0, max: 900 })),
      tax: maybe(fc.integer({ min: 0, max: 900 })),
      isOnTop: fc.boolean(),
      off: fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -500, max: 500 }) },
      ),
    })
    .map(({ lines, shipping, discount, tax, isOnTop, off }) => {
      const money = (amountMinor: number | undefined) =>
        amountMinor === undefined ? undefined : { amountMinor, currency };
      const sum = lines.reduce((all, { total }) => all + (total?.amountMinor ?? 0), 0);
      const explained = sum + (shipping ?? 0) - (discount ?? 0) + (isOnTop ? (tax ?? 0) : 0);
      const rate = rates[currency];
      return placed({
        lines,
        shipping: money(shipping),
        discount: money(discount),
        tax: money(tax),
        total: { amountMinor: Math.max(0, explained + off), currency },
        exchangeRate: rate === undefined ? undefined : { to: 'EUR', rate },
      });
    });

const amount = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 6000 }));

const happeningIn = (currency: string): fc.Arbitrary<OrderEvent> =>
  fc.oneof(
    fc
      .tuple(hour, fc.constantFrom('mill', 'tin'), fc.integer({ min: 0, max: 4 }), maybe(amount))
      .map(([hours, lineId, quantity, total]) =>
        amended(hours, {
          lines: [{ lineId, quantity }],
          total: total === undefined ? undefined : { amountMinor: total, currency },
        }),
      ),
    fc.tuple(hour, amount, credit).map(([hours, amountMinor, given]) =>
      amended(hours, {
        addedLines: [line('late', { unitPrice: { amountMinor, currency }, credit: given })],
      }),
    ),
    fc.tuple(hour, maybe(quantities)).map(([hours, lines]) => cancelled(hours, { lines })),
    fc
      .tuple(hour, fc.constantFrom('R1', 'R2'), quantities)
      .map(([hours, returnId, lines]) => returned(hours, 'mill', { returnId, lines })),
    fc
      .tuple(hour, fc.constantFrom('R1', 'R2'), maybe(quantities))
      .map(([hours, returnId, lines]) => received(hours, returnId, { lines })),
    fc
      .record({
        hours: hour,
        reason: fc.constantFrom(undefined, 'cancelled', 'returned', 'lost', 'goodwill'),
        lines: maybe(quantities),
        amountMinor: amount,
      })
      .map(({ hours, reason, lines, amountMinor }) =>
        refunded(hours, { reason, lines, amount: { amountMinor, currency } }),
      ),
    fc
      .record({
        hours: hour,
        id: fc.constantFrom('D1', 'D2'),
        status: fc.constantFrom('opened' as const, 'won' as const, 'lost' as const),
        amountMinor: maybe(amount),
      })
      .map(({ hours, id, status, amountMinor }) => ({
        ...disputed(hours, id, status),
        ...(amountMinor === undefined ? {} : { amount: { amountMinor, currency } }),
      })),
    fc
      .tuple(hour, amount)
      .map(([hours, amountMinor]) => commissioned(hours, { amount: { amountMinor, currency } })),
    fc
      .tuple(hour, maybe(amount))
      .map(([hours, amountMinor]) =>
        uncommissioned(
          hours,
          amountMinor === undefined ? {} : { amount: { amountMinor, currency } },
        ),
      ),
    hour.map((hours) => delivered(hours)),
  );

/** What may happen to the money of an order, its placing among it, sense or nonsense, by three currencies. */
export const moneyHistories: fc.Arbitrary<readonly OrderEvent[]> = fc
  .constantFrom('EUR', 'JPY', 'KWD')
  .chain((currency) =>
    fc
      .tuple(placingIn(currency), fc.array(happeningIn(currency), { maxLength: 9 }))
      .map(([first, rest]) => [
        first,
        ...rest.map((event, index) => ({ ...event, eventId: `e${index}` })),
      ]),
  );

/** The same events as a queue may bring them. */
export const arrivalsOf = (history: readonly OrderEvent[]): fc.Arbitrary<readonly OrderEvent[]> =>
  fc.shuffledSubarray([...history], { minLength: history.length });
