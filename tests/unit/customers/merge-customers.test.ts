import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyToCustomer } from '#core/domain/customers/apply-to-customer.ts';
import { type Customer, type CustomerEvent, newCustomer } from '#core/domain/customers/customer.ts';
import type { Givers } from '#core/domain/customers/identity.ts';
import { isGuest, mergeCustomers, survivorOf } from '#core/domain/customers/merge-customers.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 18, 9, minute)).toISOString();

const customer = (customerId: string, change: Partial<Customer> = {}): Customer => ({
  ...newCustomer('hearth', customerId),
  ...change,
});

const address = (addressId: string, givers: Givers) => ({ addressId, givers });

describe('of two ids', () => {
  test('the shop’s stands above a guest’s, then the lesser', () => {
    expect(survivorOf('guest:email:a', 'z-9')).toBe('z-9');
    expect(survivorOf('z-9', 'guest:email:a')).toBe('z-9');
    expect(survivorOf('c-2', 'c-1')).toBe('c-1');
    expect(isGuest('guest:email:a')).toBe(true);
  });
});

describe('two are known to be one', () => {
  test('when both had given the address', () => {
    const shared = address('email:a', { 'c-1': at(2), 'c-2': at(7) });

    expect(mergeCustomers(customer('c-1'), [customer('c-2')], shared).merged).toEqual({
      'c-2': at(7),
    });
  });

  test('from the first use of the address by the other, where one is its guest', () => {
    const shared = address('email:a', { 'c-1': at(2), 'guest:email:a': at(9) });

    expect(mergeCustomers(customer('c-1'), [customer('guest:email:a')], shared).merged).toEqual({
      'guest:email:a': at(2),
    });
  });

  test('by way of a third, when the last of both ways was known', () => {
    const two = mergeCustomers(
      customer('c-1'),
      [customer('c-2')],
      address('email:a', { 'c-1': at(1), 'c-2': at(3) }),
    );

    const three = mergeCustomers(
      two,
      [customer('c-3')],
      address('email:b', { 'c-2': at(2), 'c-3': at(1) }),
    );

    expect(three.merged).toEqual({ 'c-2': at(3), 'c-3': at(3) });
  });

  test('at the earliest of several ways', () => {
    const late = mergeCustomers(
      customer('c-1'),
      [customer('c-2')],
      address('email:a', { 'c-1': at(1), 'c-2': at(8) }),
    );

    const early = mergeCustomers(late, [], address('email:b', { 'c-1': at(2), 'c-2': at(4) }));

    expect(early.merged).toEqual({ 'c-2': at(4) });
  });
});

test('experiments go on with the id that was known first, by an event or by the address', () => {
  const shared = address('email:a', { 'c-1': at(4), 'guest:email:a': at(2) });
  const told = customer('c-1', { assignment: { id: 'c-1', since: at(3) } });
  const toldEarlier = customer('c-1', { assignment: { id: 'c-1', since: at(1) } });
  const guest = customer('guest:email:a');

  expect(mergeCustomers(told, [guest], shared).assignment?.id).toBe('guest:email:a');
  expect(mergeCustomers(toldEarlier, [guest], shared).assignment?.id).toBe('c-1');
});

const ids = ['c-1', 'c-2', 'c-3'] as const;
const shared = address('email:a', { 'c-1': at(0), 'c-2': at(1), 'c-3': at(2) });

/** Few minutes and few subjects, so that much of it contradicts. */
const event: fc.Arbitrary<CustomerEvent> = fc
  .record({
    customerId: fc.constantFrom(...ids),
    minute: fc.nat({ max: 2 }),
    one: fc.boolean(),
    two: fc.boolean(),
    subject: fc.constantFrom('S-1', 'S-2'),
    kind: fc.nat({ max: 5 }),
  })
  .map(({ customerId, minute, one, two, subject, kind }): CustomerEvent => {
    const eventId = [customerId, minute, one, two, subject, kind].join('/');
    const common = { eventId, occurredAt: at(minute), shop: 'hearth', customerId };
    const kinds: readonly CustomerEvent[] = [
      {
        ...common,
        type: 'CustomerUpdated',
        profile: { name: subject, ...(two ? { locale: 'de-DE' } : {}) },
      },
      {
        ...common,
        type: 'ConsentChanged',
        purpose: 'marketing',
        channel: two ? 'email' : 'sms',
        state: one ? 'granted' : 'withdrawn',
        source: 'checkout',
      },
      {
        ...common,
        type: one ? 'DeviceRegistered' : 'DeviceRemoved',
        token: subject,
        timeZone: two ? 'Europe/Berlin' : undefined,
      },
      {
        ...common,
        type: one ? 'SupportCaseOpened' : 'SupportCaseClosed',
        caseId: subject,
        topic: two ? 'refund' : undefined,
      },
      { ...common, type: 'LoyaltyEnrolled', tier: one ? subject : undefined },
      {
        ...common,
        type: one ? 'SubscriptionStarted' : 'SubscriptionCancelled',
        subscriptionId: subject,
        sku: two ? 'BEANS' : 'FILTERS',
      },
    ];
    return kinds[kind] ?? { ...common, type: 'LoyaltyEnrolled' };
  });

const told = (customerId: string, events: readonly CustomerEvent[]): Customer =>
  events
    .filter((each) => each.customerId === customerId)
    .reduce(applyToCustomer, customer(customerId));

test('the same is known whether customers merge before or after they are told of, and in any order', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const [first, second, third] = ids.map((id) => told(id, events));
      if (first === undefined || second === undefined || third === undefined)
        throw new Error('expected three customers');

      const one = mergeCustomers(mergeCustomers(first, [second], shared), [third], shared);
      const other = mergeCustomers(first, [mergeCustomers(second, [third], shared)], shared);
      const before = events.reduce(
        applyToCustomer,
        mergeCustomers(customer('c-1'), [customer('c-3'), customer('c-2')], shared),
      );

      expect(other).toEqual(one);
      expect(before).toEqual(one);
      expect(mergeCustomers(one, [second, third], shared)).toEqual(one);
    }),
    { numRuns: 500 },
  );
});
