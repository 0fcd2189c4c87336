import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import { type Customer, newCustomer } from '#core/domain/customers/customer.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { Purpose, Touch } from '#core/domain/touches/touch.ts';
import { histories, told } from '#tests/unit/orders/histories.ts';
import { amended, at, cancelled, delivered, placed } from '#tests/unit/orders/order-events.ts';

const touchOf = (change: Partial<Touch> = {}): Touch => ({
  name: 'dispatch-notice',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'a parcel was dispatched',
  audience: 'everybody',
  tellsOf: 'parcels',
  personalised: [],
  revenue: 'protects',
  rating: { potential: 1, effort: 1 },
  ...change,
});

const customerWith = (change: Partial<Customer> = {}): Customer => ({
  ...newCustomer('hearth', 'c-17'),
  ...change,
});

const consented = (purpose: Purpose, state: 'granted' | 'withdrawn'): Customer =>
  customerWith({ consents: { [`${purpose}/email`]: { state, at: at(1), source: 'checkout' } } });

const decide = (
  touch: Partial<Touch>,
  customer?: Customer,
  events: readonly OrderEvent[] = [placed()],
) =>
  decideContact({
    touch: touchOf(touch),
    subjects: ['P1'],
    order: told(events),
    customer,
    purchases: [],
    channels: ['email'],
    pages: [],
    now: at(28),
  });

describe('consent', () => {
  test('is not asked of what a transaction needs', () => {
    expect(decide({})).toMatchObject({ kind: 'send', channel: 'email' });
    expect(decide({}, consented('transactional', 'withdrawn'))).toMatchObject({ kind: 'send' });
  });

  test('to service is assumed until it is withdrawn', () => {
    expect(decide({ purpose: 'service' })).toMatchObject({ kind: 'send' });
    expect(decide({ purpose: 'service' }, consented('service', 'withdrawn'))).toMatchObject({
      kind: 'drop',
      reason: 'no-consent',
    });
  });

  test('to marketing has to be given, for marketing', () => {
    const noConsent = { kind: 'drop', reason: 'no-consent' };

    expect(decide({ purpose: 'marketing' })).toMatchObject(noConsent);
    expect(decide({ purpose: 'marketing' }, consented('service', 'granted'))).toMatchObject(
      noConsent,
    );
    expect(decide({ purpose: 'marketing' }, consented('marketing', 'withdrawn'))).toMatchObject(
      noConsent,
    );
    expect(decide({ purpose: 'marketing' }, consented('marketing', 'granted'))).toMatchObject({
      kind: 'send',
    });
  });
});

describe('a suppression', () => {
  test.each(['bounced', 'complained', 'stopped'] as const)(
    'of an address that %s stops even a transaction',
    (reason) => {
      const customer = customerWith({ suppressions: { email: { reason, at: at(1) } } });

      expect(decide({}, customer)).toMatchObject({ kind: 'drop', reason: 'suppressed' });
    },
  );
});

describe('an address', () => {
  const guest = [placed({ contact: {} })];

  test('is taken from the customer when the order has none', () => {
    const customer = customerWith({ profile: { email: 'mia@mail.example' } });

    expect(decide({}, customer, guest)).toMatchObject({ kind: 'send' });
  });

  test('that nobody knows drops the touch', () => {
    expect(decide({}, undefined, guest)).toMatchObject({ kind: 'drop', reason: 'no-address' });
    expect(decide({}, customerWith(), guest)).toMatchObject({ kind: 'drop', reason: 'no-address' });
  });
});

describe('relevance', () => {
  test('is lost to everything of a test order', () => {
    expect(decide({}, undefined, [placed({ test: true })])).toMatchObject({
      kind: 'drop',
      reason: 'test-order',
    });
  });

  test('of what is said while something is to come ends with the last delivery or cancellation', () => {
    const touch = { relevance: ['while-outstanding'] as const };
    const late = { kind: 'drop', reason: 'no-longer-relevant' };

    expect(decide(touch)).toMatchObject({ kind: 'send' });
    expect(decide(touch, undefined, [placed(), delivered(12)])).toMatchObject(late);
    expect(decide(touch, undefined, [placed(), cancelled(12)])).toMatchObject(late);
  });

  test('of a backorder ends when the waiting line is sent or in stock again', () => {
    const touch = { relevance: ['while-waiting'] as const };
    const [first] = placed().lines;
    const lineId = first?.lineId ?? '';
    const waiting = amended(11, { lines: [{ lineId, backordered: true }] });
    const late = { kind: 'drop', reason: 'no-longer-relevant' };

    expect(decide(touch, undefined, [placed(), waiting])).toMatchObject({ kind: 'send' });
    expect(decide(touch, undefined, [placed()])).toMatchObject(late);
    expect(decide(touch, undefined, [placed(), waiting, delivered(12)])).toMatchObject(late);
  });

  test('of a verification ends with the review', () => {
    const touch = { relevance: ['while-in-review'] as const };
    const risky = placed({ risk: 'review' });

    expect(decide(touch, undefined, [risky])).toMatchObject({ kind: 'send' });
    expect(decide(touch, undefined, [risky, amended(12, { risk: 'passed' })])).toMatchObject({
      kind: 'drop',
      reason: 'no-longer-relevant',
    });
  });
});

describe('the explanation of a decision', () => {
  test('has every rule that was asked, and what it saw', () => {
    const { rules } = decide({ purpose: 'marketing' }, consented('marketing', 'granted'));

    expect(rules.map(({ rule, verdict }) => `${verdict} ${rule}`)).toEqual([
      'pass relevance',
      'pass address',
      'pass suppression',
      'pass consent',
    ]);
    expect(rules.at(-1)?.because).toBe(`marketing by email was granted at ${at(1)} (checkout)`);
  });

  test('of a drop names a rule that refused', () => {
    const { rules } = decide({ purpose: 'marketing' });

    expect(rules.filter(({ verdict }) => verdict === 'refuse')).toEqual([
      {
        rule: 'consent',
        channel: 'email',
        verdict: 'refuse',
        because: 'marketing by email was never asked about',
      },
    ]);
  });

  test('never says an address, and refuses exactly when nothing is sent', () => {
    fc.assert(
      fc.property(
        histories,
        fc.constantFrom<Purpose>('transactional', 'service', 'marketing'),
        fc.constantFrom(undefined, 'while-outstanding' as const, 'while-in-review' as const),
        fc.boolean(),
        (events, purpose, relevance, isSuppressed) => {
          const customer = customerWith({
            profile: { email: 'mia@mail.example' },
            suppressions: isSuppressed ? { email: { reason: 'bounced', at: at(1) } } : {},
          });

          const decision = decide(
            { purpose, ...(relevance === undefined ? {} : { relevance: [relevance] }) },
            customer,
            events,
          );

          const refusals = decision.rules.filter(({ verdict }) => verdict === 'refuse');
          expect(JSON.stringify(decision)).not.toContain('@');
          expect(decision.kind === 'send').toBe(refusals.length === 0);
        },
      ),
    );
  });
});
