import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyToCustomer } from '#core/domain/customers/apply-to-customer.ts';
import { consentOf } from '#core/domain/customers/consent.ts';
import {
  activeDevices,
  type ConsentChanged,
  type Customer,
  type CustomerEvent,
  type CustomerUpdated,
  type DeviceEvent,
  isSubscribedTo,
  type LoyaltyEnrolled,
  newCustomer,
  openCaseSince,
  type SubscriptionEvent,
  type SupportCaseEvent,
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
  eventId: `consent-${minute}-${state}-${change.purpose}-${change.source}-${change.noticeVersion}`,
  occurredAt: at(minute),
  shop: 'hearth',
  customerId: 'c-17',
  purpose: 'marketing',
  channel: 'email',
  state,
  source: 'checkout',
  ...change,
});

const enrolled = (minute: number, tier?: string): LoyaltyEnrolled => ({
  type: 'LoyaltyEnrolled',
  eventId: `enrolled-${minute}`,
  occurredAt: at(minute),
  shop: 'hearth',
  customerId: 'c-17',
  tier,
});

const subscription = (
  minute: number,
  type: SubscriptionEvent['type'],
  change: Partial<Pick<SubscriptionEvent, 'subscriptionId' | 'sku'>> = {},
): SubscriptionEvent => ({
  type,
  eventId: `${type}-${minute}`,
  occurredAt: at(minute),
  shop: 'hearth',
  customerId: 'c-17',
  subscriptionId: 'S-1',
  sku: 'BEANS',
  ...change,
});

const device = (
  minute: number,
  type: DeviceEvent['type'],
  change: Partial<Pick<DeviceEvent, 'platform' | 'timeZone'>> = {},
): DeviceEvent => ({
  type,
  eventId: `${type}-${minute}`,
  occurredAt: at(minute),
  shop: 'hearth',
  customerId: 'c-17',
  token: 'T-1',
  ...change,
});

const supportCase = (
  minute: number,
  type: SupportCaseEvent['type'],
  caseId = 'K-1',
  topic?: string,
): SupportCaseEvent => ({
  type,
  eventId: `${type}-${minute}`,
  occurredAt: at(minute),
  shop: 'hearth',
  customerId: 'c-17',
  caseId,
  topic,
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
    fc
      .tuple(minute, fc.constantFrom('silver', 'gold', undefined))
      .map(([when, tier]) => enrolled(when, tier)),
    fc
      .record({
        when: minute,
        type: fc.constantFrom(
          'SubscriptionStarted' as const,
          'SubscriptionRenewed' as const,
          'SubscriptionCancelled' as const,
        ),
        subscriptionId: fc.constantFrom('S-1', 'S-2'),
        sku: fc.constantFrom('BEANS', 'FILTERS'),
      })
      .map(({ when, type, ...change }) => subscription(when, type, change)),
    fc
      .record({
        when: minute,
        type: fc.constantFrom('DeviceRegistered' as const, 'DeviceRemoved' as const),
        platform: fc.constantFrom('GCM' as const, 'APNS' as const, undefined),
        timeZone: fc.constantFrom('Europe/Berlin', 'Europe/Paris', undefined),
      })
      .map(({ when, type, ...change }) => device(when, type, change)),
    fc
      .record({
        when: minute,
        type: fc.constantFrom('SupportCaseOpened' as const, 'SupportCaseClosed' as const),
        caseId: fc.constantFrom('K-1', 'K-2'),
        topic: fc.constantFrom('refund', undefined),
      })
      .map(({ when, type, caseId, topic }) => supportCase(when, type, caseId, topic)),
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
      assignment: { id: 'c-17', since: at(1) },
    });
  });
});

describe('a consent', () => {
  test('is what was said last of its purpose and channel', () => {
    const customer = after(
      consent(2, 'withdrawn'),
      consent(1, 'granted'),
      consent(1, 'granted', { purpose: 'service' }),
    );

    expect(consentOf(customer, 'marketing', 'email')).toMatchObject({
      state: 'withdrawn',
      at: at(2),
      source: 'checkout',
    });
    expect(consentOf(customer, 'service', 'email')).toMatchObject({ state: 'granted' });
    expect(consentOf(customer, 'service', 'sms')).toBeUndefined();
  });

  test('of two answers of one instant is the withdrawal', () => {
    const [yes, no] = [consent(1, 'granted'), consent(1, 'withdrawn')];

    for (const customer of [after(yes, no), after(no, yes)])
      expect(consentOf(customer, 'marketing', 'email')).toMatchObject({ state: 'withdrawn' });
  });

  test('is an unconfirmed yes of the customer where nothing else is said', () => {
    expect(after(consent(1, 'granted')).consents).toMatchObject([
      { basis: 'consent', confirmed: false, by: 'c-17' },
    ]);
  });
});

describe('a device', () => {
  test('takes messages until it is removed', () => {
    const registered = device(1, 'DeviceRegistered', { platform: 'APNS' });
    const removed = device(2, 'DeviceRemoved');

    expect(activeDevices(after(registered))).toMatchObject([['T-1', { platform: 'APNS' }]]);
    expect(activeDevices(after(removed, registered))).toEqual([]);
  });
});

describe('a support case', () => {
  test('is open from its opening to its end', () => {
    const opened = supportCase(1, 'SupportCaseOpened');
    const other = supportCase(2, 'SupportCaseOpened', 'K-2');

    expect(openCaseSince(after())).toBeUndefined();
    expect(openCaseSince(after(opened, other))).toBe(at(2));
    expect(openCaseSince(after(opened, other, supportCase(3, 'SupportCaseClosed')))).toBe(at(2));
    expect(openCaseSince(after(supportCase(3, 'SupportCaseClosed'), opened))).toBeUndefined();
    expect(openCaseSince(after(supportCase(1, 'SupportCaseClosed'), opened))).toBeUndefined();
  });
});

test('a customer is assigned since the first that was told of them', () => {
  expect(after(enrolled(3), consent(1, 'granted'), enrolled(2)).assignment).toEqual({
    id: 'c-17',
    since: at(1),
  });
});

describe('a loyalty membership', () => {
  test('is not there until it is heard of', () => {
    expect(after().loyalty).toBeUndefined();
    expect(after(enrolled(1)).loyalty).toEqual({ at: at(1), tier: undefined });
  });

  test('has the tier that was said last', () => {
    expect(after(enrolled(2, 'gold'), enrolled(1, 'silver')).loyalty).toEqual({
      at: at(2),
      tier: 'gold',
    });
  });
});

describe('a subscription', () => {
  const started = subscription(1, 'SubscriptionStarted');
  const cancelled = subscription(3, 'SubscriptionCancelled');

  test('is active from its start to its end', () => {
    expect(isSubscribedTo(after(), 'BEANS')).toBe(false);
    expect(isSubscribedTo(after(started), 'BEANS')).toBe(true);
    expect(isSubscribedTo(after(started), 'FILTERS')).toBe(false);
    expect(isSubscribedTo(after(started, cancelled), 'BEANS')).toBe(false);
    expect(isSubscribedTo(after(cancelled, started), 'BEANS')).toBe(false);
  });

  test('that is only heard of by its renewal is active', () => {
    expect(isSubscribedTo(after(subscription(2, 'SubscriptionRenewed')), 'BEANS')).toBe(true);
  });

  test('that was renewed after its end is active again', () => {
    const again = subscription(4, 'SubscriptionRenewed');

    expect(isSubscribedTo(after(again, cancelled, started), 'BEANS')).toBe(true);
  });

  test('of two events of one instant has ended', () => {
    const end = subscription(1, 'SubscriptionCancelled');

    expect(isSubscribedTo(after(started, end), 'BEANS')).toBe(false);
    expect(isSubscribedTo(after(end, started), 'BEANS')).toBe(false);
  });

  test('that ends leaves another to the same product', () => {
    const other = subscription(1, 'SubscriptionStarted', { subscriptionId: 'S-2' });

    expect(isSubscribedTo(after(started, other, cancelled), 'BEANS')).toBe(true);
  });
});
