import { expect, test } from 'vitest';
import { withPromise } from '#core/domain/orders/promise.ts';
import { at, delivered, dispatched, placed } from './order-events.ts';

const shop = { dispatchWithinHours: 72, deliverWithinHours: 144 };

test('an order without a promised date gets the shop’s', () => {
  expect(withPromise(placed(), shop)).toMatchObject({ promisedDispatchBy: at(10 + 72) });
});

test('a parcel without an estimate gets the shop’s', () => {
  expect(withPromise(dispatched(20, 'P1'), shop)).toMatchObject({
    estimatedDeliveryAt: at(20 + 144),
  });
});

test('what an event promises stands', () => {
  const promised = placed({ promisedDispatchBy: at(30) });
  const estimated = dispatched(20, 'P1', { estimatedDeliveryAt: at(50) });

  expect(withPromise(promised, shop)).toEqual(promised);
  expect(withPromise(estimated, shop)).toEqual(estimated);
});

test('a shop that promises nothing adds no date, and other events have none', () => {
  expect(withPromise(placed(), {})).toEqual(placed());
  expect(withPromise(dispatched(20, 'P1'), {})).toEqual(dispatched(20, 'P1'));
  expect(withPromise(delivered(20, 'P1'), shop)).toEqual(delivered(20, 'P1'));
});
