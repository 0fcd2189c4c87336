import { describe, expect, test } from 'vitest';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import type { ConsentStatement } from '#core/domain/customers/consent.ts';
import { told } from '#tests/unit/orders/histories.ts';
import {
  amended,
  at,
  cancelled,
  delivered,
  dispatched,
  placed,
} from '#tests/unit/orders/order-events.ts';
import { customerWith, inputsOf, NOON, reachable, said } from './policy-inputs.ts';

type Change = NonNullable<Parameters<typeof inputsOf>[0]>;

const decide = (change: Change = {}) => decideContact(inputsOf(change));
const dropped = (reason: string) => ({ kind: 'drop', reason });

const deciding = (statements: readonly ConsentStatement[], change: Change = {}) =>
  decide({ customer: customerWith({ consents: statements }), ...change });

describe('consent', () => {
  const refused = [
    said({ state: 'withdrawn' }),
    said({ purpose: 'service', state: 'withdrawn' }),
    said({ purpose: 'transactional', state: 'withdrawn' }),
  ];

  test('is not asked of what a transaction needs', () => {
    expect(deciding(refused, { touch: { purpose: 'transactional' } })).toMatchObject({
      kind: 'send',
    });
  });

  test('to service is assumed until it is withdrawn', () => {
    const touch = { purpose: 'service' } as const;

    expect(deciding([], { touch })).toMatchObject({ kind: 'send' });
    expect(deciding(refused, { touch })).toMatchObject(dropped('no-consent'));
  });

  test('to marketing has to be given, for marketing, on the channel', () => {
    const regions = ['wide'];

    expect(deciding([], { regions })).toMatchObject(dropped('no-consent'));
    expect(decide({ customer: undefined, regions })).toMatchObject(dropped('no-consent'));
    expect(deciding([said({ purpose: 'service' })], { regions })).toMatchObject(
      dropped('no-consent'),
    );
    expect(deciding([said({ channel: 'sms' })], { regions })).toMatchObject(dropped('no-consent'));
    expect(deciding([said({ confirmed: false })], { regions })).toMatchObject({ kind: 'send' });
  });

  test('counts as it was said last', () => {
    const again = said({ eventId: 'again', at: at(3) });
    const withdrawn = said({ eventId: 'no', at: at(2), state: 'withdrawn' });

    expect(deciding([said(), withdrawn])).toMatchObject(dropped('no-consent'));
    expect(deciding([said(), withdrawn, again])).toMatchObject({ kind: 'send' });
  });

  test('has to be confirmed where the region asks for it', () => {
    expect(deciding([said({ confirmed: false })])).toMatchObject(dropped('no-consent'));
    expect(deciding([said({ confirmed: true })])).toMatchObject({ kind: 'send' });
  });

  test('by an order is enough where the rule says so, and only there', () => {
    const softly = [said({ basis: 'soft-opt-in', confirmed: false })];

    expect(deciding(softly)).toMatchObject({ kind: 'send' });
    expect(deciding(softly, { regions: ['wide'] })).toMatchObject(dropped('no-consent'));
  });

  test('is given to one legal entity; without a name to the shop’s own', () => {
    expect(deciding([said({ legalEntity: 'Hearth GmbH' })])).toMatchObject({ kind: 'send' });
    expect(deciding([said({ legalEntity: 'Other AG' })])).toMatchObject(dropped('no-consent'));
  });

  test('that no rule asks about has to be the strictest', () => {
    const policy = { consent: [] };

    expect(deciding([said({ confirmed: false })], { policy })).toMatchObject(dropped('no-consent'));
    expect(deciding([said()], { policy })).toMatchObject({ kind: 'send' });
  });
});

describe('an address', () => {
  test.each(['bounced', 'stopped', 'opted-out'] as const)(
    'that %s is not used even for a transaction',
    (reason) => {
      const suppressed = { email: { reason, at: at(1) } };

      expect(decide({ touch: { purpose: 'transactional' }, suppressed })).toMatchObject(
        dropped('suppressed'),
      );
    },
  );

  test('that complained gets what a transaction needs, and nothing else', () => {
    const suppressed = { email: { reason: 'complained', at: at(1) } } as const;

    expect(decide({ suppressed, touch: { purpose: 'transactional' } })).toMatchObject({
      kind: 'send',
    });
    expect(decide({ suppressed, touch: { purpose: 'service' } })).toMatchObject(
      dropped('suppressed'),
    );
    expect(decide({ suppressed })).toMatchObject(dropped('suppressed'));
  });

  test('of one channel says nothing of another', () => {
    const suppressed = { sms: { reason: 'stopped', at: at(1) } } as const;

    expect(decide({ suppressed })).toMatchObject({ kind: 'send' });
  });

  test('is taken from the customer when the order has none', () => {
    const order = told([placed({ contact: { customerId: 'c-17' } })]);

    expect(
      decide({ order, customer: customerWith({ profile: { email: 'mia@mail.example' } }) }),
    ).toMatchObject({ kind: 'send' });
    expect(decide({ order })).toMatchObject(dropped('no-address'));
  });

  test.each([
    ['email', { contact: { customerId: 'c-17' } }],
    ['sms', { contact: { customerId: 'c-17', email: 'mia@mail.example', phone: '0171' } }],
    ['inbox', { contact: { email: 'mia@mail.example' } }],
  ] as const)('for %s has to be there', (channel, change) => {
    const customer = channel === 'inbox' ? undefined : customerWith();
    const transaction = { purpose: 'transactional', channels: [channel] } as const;

    expect(decide({ touch: transaction })).toMatchObject({ kind: 'send', channel });
    expect(decide({ touch: transaction, order: told([placed(change)]), customer })).toMatchObject(
      dropped('no-address'),
    );
  });

  test('for push is a device that takes it', () => {
    const touch = { channels: ['push'] } as const;
    const removed = { t: { state: 'removed', platform: 'GCM', at: at(1) } } as const;

    expect(decide({ touch })).toMatchObject({ kind: 'send', channel: 'push' });
    expect(decide({ touch, customer: customerWith({ devices: removed }) })).toMatchObject(
      dropped('no-address'),
    );
  });

  test('for a card is a parcel that is still to be packed', () => {
    const touch = { channels: ['insert'] } as const;
    const gone = told([placed({ contact: reachable }), dispatched(12, 'P1')]);
    const confirmed = customerWith({ consents: [] });
    const policy = { consent: [{ needs: 'nothing' }] } as const;

    expect(decide({ touch, policy, customer: confirmed })).toMatchObject({ channel: 'insert' });
    expect(decide({ touch, policy, order: gone })).toMatchObject(dropped('no-address'));
  });
});

describe('relevance', () => {
  const decideFor = (change: Parameters<typeof placed>[0]) =>
    decide({ order: told([placed({ contact: reachable, ...change })]) });

  test('is lost to everything of a test order', () => {
    expect(decideFor({ test: true })).toMatchObject(dropped('test-order'));
  });

  test('is lost where the shop has no page to lead to', () => {
    const touch = { page: 'referral' } as const;

    expect(decide({ touch })).toMatchObject(dropped('no-page'));
    expect(decide({ touch, pages: ['referral'] })).toMatchObject({ kind: 'send' });
  });

  const lateAt = (
    relevance: 'while-outstanding' | 'while-waiting' | 'while-in-review',
    ...after: Parameters<typeof told>[0]
  ) =>
    decide({
      touch: { relevance: [relevance] },
      order: told([placed({ contact: reachable, risk: 'review' }), ...after]),
    });
  const late = dropped('no-longer-relevant');

  test('of what is said while something is to come ends with the last delivery or cancellation', () => {
    expect(lateAt('while-outstanding')).toMatchObject({ kind: 'send' });
    expect(lateAt('while-outstanding', delivered(12))).toMatchObject(late);
    expect(lateAt('while-outstanding', cancelled(12))).toMatchObject(late);
  });

  test('of a backorder ends when the waiting line is sent or in stock again', () => {
    const waiting = amended(11, { lines: [{ lineId: 'mill', backordered: true }] });

    expect(lateAt('while-waiting', waiting)).toMatchObject({ kind: 'send' });
    expect(lateAt('while-waiting')).toMatchObject(late);
    expect(lateAt('while-waiting', waiting, delivered(12))).toMatchObject(late);
  });

  test('of a verification ends with the review', () => {
    expect(lateAt('while-in-review')).toMatchObject({ kind: 'send' });
    expect(lateAt('while-in-review', amended(12, { risk: 'passed' }))).toMatchObject(late);
  });
});

describe('trouble', () => {
  const service = { purpose: 'service' } as const;

  test('holds what a rule keeps back until its days are over', () => {
    const trouble = { 'open-return': at(NOON - 24) };

    expect(decide({ trouble })).toMatchObject({
      kind: 'hold',
      reason: 'return-opened',
      until: at(NOON + 72),
    });
    expect(decide({ trouble, touch: service })).toMatchObject({ kind: 'send' });
    expect(decide({ trouble: { 'open-return': at(NOON - 96) } })).toMatchObject({ kind: 'send' });
  });

  test('drops what a rule says to drop, however much else would only hold it', () => {
    const trouble = { 'open-return': at(NOON - 1), dispute: at(NOON - 24 * 59) };

    expect(decide({ trouble })).toMatchObject(dropped('disputed'));
    expect(decide({ trouble: { dispute: at(NOON - 24 * 60) } })).toMatchObject({ kind: 'send' });
  });

  test('lets through what a rule makes an exception for', () => {
    const trouble = { 'open-case': at(NOON - 1) };

    expect(decide({ trouble, touch: { ...service, name: 'hand-off' } })).toMatchObject({
      kind: 'send',
    });
    expect(decide({ trouble, touch: { purpose: 'transactional' } })).toMatchObject({
      kind: 'send',
    });
  });

  test('that may end before its days are over is waited for as long as a touch may be held, and no longer', () => {
    const trouble = { 'open-case': at(NOON - 1) };
    const heldFor = (days: number) =>
      decide({ trouble, touch: service, heldSince: at(NOON - 24 * days) });

    expect(decide({ trouble, touch: service })).toMatchObject({
      kind: 'hold',
      reason: 'open-case',
      until: at(NOON + 24 * 5),
    });
    expect(heldFor(4.9)).toMatchObject({ kind: 'hold', until: at(NOON + 24 * 0.1) });
    expect(heldFor(5)).toMatchObject(dropped('held-too-long'));
  });

  test('of several kinds holds for the longest', () => {
    const trouble = { 'open-return': at(NOON - 1), 'open-case': at(NOON - 1) };

    expect(decide({ trouble })).toMatchObject({ kind: 'hold', until: at(NOON + 167) });
  });
});

describe('the budget for SMS', () => {
  const spent = (smsBudgetSpent: number | undefined, touch: Change['touch'] = {}) =>
    decide({ smsBudgetSpent, touch: { channels: ['sms'], ...touch } });

  test('ends each purpose at its share', () => {
    expect(spent(0.79)).toMatchObject({ kind: 'send' });
    expect(spent(0.8)).toMatchObject(dropped('budget-spent'));
    expect(spent(0.99, { purpose: 'service' })).toMatchObject({ kind: 'send' });
    expect(spent(1, { purpose: 'service' })).toMatchObject(dropped('budget-spent'));
    expect(spent(3, { purpose: 'transactional' })).toMatchObject({ kind: 'send' });
  });

  test('is not asked where there is none, nor of other channels', () => {
    expect(spent(undefined)).toMatchObject({ kind: 'send' });
    expect(spent(5, { channels: ['email'] })).toMatchObject({ kind: 'send' });
    expect(spent(5, { channels: ['sms', 'email'] })).toMatchObject({
      kind: 'reroute',
      from: 'sms',
      channel: 'email',
    });
  });
});
