import { expect, test } from 'vitest';
import config from '#config';
import { isInHoldout } from '#core/domain/experiments/arms.ts';
import { contacts } from '#rehearsal/input/sample-cases/contacts.ts';
import { profileOrders } from '#rehearsal/profiles/profile-orders.ts';

const isHeldOut = (id: string) => isInHoldout(config.experiments, id);

test('the people of the named cases are not in the holdout: a case shows its whole journey', () => {
  const ids = Object.values(contacts).flatMap(({ contact }) =>
    'customerId' in contact ? contact.customerId : [],
  );

  expect(ids.length).toBeGreaterThan(5);
  expect(ids.filter(isHeldOut)).toEqual([]);
});

test('nor are those of the profiles, by which the calendar is drawn', () => {
  const ids = profileOrders.map(({ orderId }) => `customer-of-${orderId}`);

  expect(ids.length).toBeGreaterThan(10);
  expect(ids.filter(isHeldOut)).toEqual([]);
});
