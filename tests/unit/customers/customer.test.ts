import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyToCustomer,
  type ConsentChanged,
  type Customer,
  type CustomerEvent,
  type CustomerUpdated,
  newCustomer,
} from '#core/domain/customers/customer.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 18, 9, minute)).toISOString();

const updated = (minute: number, profile: CustomerUpdated['profile']): CustomerUpdated => ({
  type: 'CustomerUpdated',
  eventId: `updated-${minute}`,
  occurredAt: at(minute),
  shop: 'hearth',
  customerId: 'c-17',
  profile,
});

const consent = (
  minute: number,
  state: 'granted' | 'withdrawn',
  change: Partial<Pick<ConsentChanged, 'purpose' | 'source' | 'noticeVersion'>> = {},
): ConsentChanged => ({
  type: 'ConsentChanged',
  eventId: `consent-${minute}`,
  occurredAt: at(minute),
  shop: 'hearth',
  customerId: 'c-17',
  purpose: 'marketing',
  channel: 'email',
  state,
  source: 'checkout',
  ...change,
});

const after = (...events: readonly CustomerEvent[]): Customer =>
  events.reduce(applyToCustomer, newCustomer('hearth', 'c-17'));

const minute = fc.integer({ min: 0, max: 3 });

const events: fc.Arbitrary<readonly CustomerEvent[]> = fc.array(
  fc.oneof(
    fc
      .tuple(minute, fc.constantFrom({ name: 'Mia' }, { name: 'Mia S.' }, { locale: 'de-DE' }))
      .map(([when, profile]) => updated(when, profile)),
    fc
      .record({
        when: minute,
        state: fc.constantFrom('granted' as const, 'withdrawn' as const),
        purpose: fc.constantFrom('marketing' as const, 'service' as const),
        source: fc.constantFrom('checkout', 'preference-centre'),
        noticeVersion: fc.constantFrom('v1', undefined),
      })
      .map(({ when, state, ...change }) => consent(when, state, change)),
  ),
  { maxLength: 8 },
);

test('any order of arrival, with any event twice, ends in the same customer', () => {
  fc.assert(
    fc.property(
      events.chain((history) =>
        fc.tuple(
          fc.constant(history),
          fc.shuffledSubarray([...history, ...history], { minLength: history.length * 2 }),
        ),
      ),
      ([history, arriving]) => {
        expect(after(...arriving)).toEqual(after(...history));
      },
    ),
    { numRuns: 1000 },
  );
});

test('an event that came before gives back the very same customer', () => {
  fc.assert(
    fc.property(events, (history) => {
      const customer = after(...history);

      for (const event of history) expect(applyToCustomer(customer, event)).toBe(customer);
    }),
  );
});

describe('a profile', () => {
  test('is what was said last, whole', () => {
    expect(
      after(updated(2, { name: 'Mia S.' }), updated(1, { name: 'Mia', locale: 'de' })),
    ).toEqual({
      ...newCustomer('hearth', 'c-17'),
      profile: { name: 'Mia S.' },
      profileAt: at(2),
    });
  });
});

describe('a consent', () => {
  test('is what was said last of its purpose and channel', () => {
    const { consents } = after(
      consent(2, 'withdrawn'),
      consent(1, 'granted'),
      consent(1, 'granted', { purpose: 'service' }),
    );

    expect(consents).toMatchObject({
      'marketing/email': { state: 'withdrawn', at: at(2), source: 'checkout' },
      'service/email': { state: 'granted' },
    });
  });

  test('of two answers of one instant is the withdrawal', () => {
    expect(after(consent(1, 'withdrawn'), consent(1, 'granted')).consents).toMatchObject({
      'marketing/email': { state: 'withdrawn' },
    });
    expect(after(consent(1, 'granted'), consent(1, 'withdrawn')).consents).toMatchObject({
      'marketing/email': { state: 'withdrawn' },
    });
  });
});
