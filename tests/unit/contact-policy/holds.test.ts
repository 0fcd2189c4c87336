import { describe, expect, test } from 'vitest';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { contact, heldTouch, inputsOf, NOON, smallPolicy } from './policy-inputs.ts';

type Change = NonNullable<Parameters<typeof inputsOf>[0]>;

const decide = (change: Change = {}) => decideContact(inputsOf(change));
const dropped = (reason: string) => ({ kind: 'drop', reason });

/** Ten o’clock in the evening in Berlin, and eight the next morning. */
const EVENING = 45;
const MORNING = 55;

describe('quiet hours', () => {
  test('hold a touch until they end where the customer is', () => {
    expect(decide({ hours: EVENING })).toMatchObject({
      kind: 'hold',
      reason: 'quiet-hours',
      until: at(MORNING),
    });
    expect(decide({ hours: EVENING, zones: ['America/New_York'] })).toMatchObject({ kind: 'send' });
  });

  test('of every zone that the customer may be in count', () => {
    const zones = ['Europe/Berlin', 'America/New_York'];

    expect(decide({ zones })).toMatchObject({ kind: 'hold', until: at(37) });
  });

  test('that leave no hour in all zones drop a touch', () => {
    const zones = ['Europe/Berlin', 'Asia/Tokyo', 'America/Los_Angeles'];

    expect(decide({ zones })).toMatchObject(dropped('no-open-hour'));
  });

  test('that no rule has for it do not hold it', () => {
    expect(decide({ hours: EVENING, touch: { purpose: 'transactional' } })).toMatchObject({
      kind: 'send',
    });
  });

  test('of all rules that are about it count, also those of a region', () => {
    const touch = { channels: ['sms'] } as const;
    const NINE = 56;

    expect(decide({ touch, hours: NINE })).toMatchObject({ kind: 'hold', until: at(NINE + 1) });
    expect(decide({ touch, hours: NINE, regions: [] })).toMatchObject({ kind: 'send' });
  });
});

describe('a cap', () => {
  const having = (...contacts: readonly ReturnType<typeof contact>[]) =>
    decide({ history: { contacts, held: [] } });

  test('that is not reached lets a touch through', () => {
    expect(having(contact(NOON - 30))).toMatchObject({ kind: 'send' });
  });

  test('that is reached holds it until the first place is free', () => {
    expect(having(contact(NOON - 120), contact(NOON - 30))).toMatchObject({
      kind: 'hold',
      reason: 'cap-reached',
      until: at(NOON + 48),
    });
  });

  test('looks back for its hours and no longer', () => {
    expect(having(contact(NOON - 30), contact(NOON - 168))).toMatchObject({ kind: 'send' });
    expect(having(contact(NOON - 30), contact(NOON - 167.9))).toMatchObject({ kind: 'hold' });
  });

  test('does not hold what it excepts, which counts all the same', () => {
    const service = { purpose: 'service' } as const;
    const today = { history: { contacts: [contact(NOON - 1, service)], held: [] } };

    expect(decide({ ...today, touch: { ...service, name: 'hand-off' } })).toMatchObject({
      kind: 'send',
    });
    expect(decide({ ...today, touch: { ...service, name: 'survey' } })).toMatchObject({
      kind: 'hold',
      reason: 'cap-reached',
    });
  });

  test('counts what it says and nothing else', () => {
    const service = { purpose: 'service' } as const;

    expect(having(contact(NOON - 30), contact(NOON - 40, service))).toMatchObject({ kind: 'send' });
    expect(having(contact(NOON - 1, service))).toMatchObject({ kind: 'hold' });
    expect(having(contact(NOON - 1, { ...service, channel: 'inbox' }))).toMatchObject({
      kind: 'send',
    });
  });

  test('does not count the touch itself', () => {
    const own = contact(NOON - 1, { orderId: '100482', touchId: 'offer' });

    expect(having(own)).toMatchObject({ kind: 'send' });
  });

  test('frees a place at night: the touch goes in the morning', () => {
    const contacts = [contact(NOON - 12)];

    // The day's cap is free at 21:00, when marketing is quiet.
    expect(decide({ history: { contacts, held: [] } })).toMatchObject({
      kind: 'hold',
      reason: 'cap-reached',
      until: at(MORNING),
    });
  });

  test('of several that are reached holds for the longest', () => {
    expect(having(contact(NOON - 100), contact(NOON - 2))).toMatchObject({ until: at(NOON + 68) });
  });
});

describe('a touch gives way', () => {
  const until = (
    touches: readonly Partial<ReturnType<typeof heldTouch>>[],
    change: Change = {},
  ) => {
    const held = touches.map((each, index) =>
      heldTouch(NOON - 0.5, { touchId: `h-${index}`, ...each }),
    );
    return decide({ ...change, history: { contacts: [], held } });
  };

  test('to a more important one that is due', () => {
    expect(until([{ touch: 'care', purpose: 'service' }])).toMatchObject({
      kind: 'hold',
      reason: 'gives-way',
      until: at(MORNING + 1),
    });
  });

  test('not to one that is less important, and of equals to the one that waits longer', () => {
    expect(until([{ touch: 'unranked' }])).toMatchObject({ kind: 'send' });
    expect(until([{}])).toMatchObject({ reason: 'gives-way' });
    expect(until([{ since: at(5) }], { heldSince: at(4) })).toMatchObject({ kind: 'send' });
  });

  test('of those without a rank to the purpose that matters more', () => {
    const touch = { name: 'unranked' };

    expect(until([{ touch: 'other', purpose: 'service' }], { touch })).toMatchObject({
      reason: 'gives-way',
    });
    expect(
      until([{ touch: 'other', since: at(NOON + 1) }], { touch: { ...touch, purpose: 'service' } }),
    ).toMatchObject({ kind: 'send' });
  });

  test('not to one whose time has not come, nor to one that missed it by an hour', () => {
    expect(until([{ touch: 'care', until: at(NOON + 1) }])).toMatchObject({ kind: 'send' });
    expect(until([{ touch: 'care', until: at(NOON - 1) }])).toMatchObject({ kind: 'send' });
  });

  test('to one that gave way itself within the hour, as others may be dropped', () => {
    const later = { touch: 'care', until: at(NOON + 20) };

    expect(until([{ ...later, gaveWayAt: at(NOON - 0.5) }])).toMatchObject({
      reason: 'gives-way',
    });
    expect(until([{ ...later, gaveWayAt: at(NOON - 1) }])).toMatchObject({ kind: 'send' });
  });

  test('only where the cap has no place for both', () => {
    const policy = { caps: smallPolicy.caps.slice(0, 1) };

    expect(until([{ touch: 'care' }], { policy })).toMatchObject({ kind: 'send' });
    expect(until([{ touch: 'care' }, { touch: 'survey' }], { policy })).toMatchObject({
      reason: 'gives-way',
    });
  });

  test('only to what the cap is about', () => {
    expect(until([{ touch: 'care', purpose: 'transactional' }])).toMatchObject({ kind: 'send' });
  });
});

describe('of several channels', () => {
  const all = { channels: ['push', 'sms', 'email'] } as const;
  const bounced = { reason: 'bounced', at: at(1) } as const;

  test('the touch’s first is taken, then the others as the policy orders them', () => {
    const without = (...out: readonly ('push' | 'sms' | 'email')[]) =>
      decide({ touch: all, suppressed: Object.fromEntries(out.map((each) => [each, bounced])) });

    expect(without()).toMatchObject({ kind: 'send', channel: 'push' });
    expect(without('push')).toMatchObject({ kind: 'reroute', from: 'push', channel: 'email' });
    expect(without('push', 'email')).toMatchObject({ kind: 'reroute', channel: 'sms' });
    expect(without('push', 'email', 'sms')).toMatchObject(dropped('suppressed'));
  });

  test('those that the deployment does not have are passed over', () => {
    expect(decide({ touch: all, channels: ['email', 'sms'] })).toMatchObject({
      kind: 'send',
      channel: 'email',
    });
    expect(decide({ touch: all, channels: ['inbox'] })).toMatchObject(dropped('no-channel'));
  });

  test('the first is waited for as long as the purpose has patience', () => {
    const touch = { channels: ['push', 'inbox'] } as const;
    const NIGHT = 44;

    expect(decide({ touch, hours: NIGHT })).toMatchObject({
      kind: 'hold',
      until: at(MORNING + 1),
    });
    expect(decide({ touch: { ...touch, purpose: 'transactional' }, hours: NIGHT })).toMatchObject({
      kind: 'reroute',
      from: 'push',
      channel: 'inbox',
    });
  });

  test('the first to open is waited for when all are closed for longer', () => {
    const touch = { ...all, purpose: 'transactional' } as const;
    const quietHours = [
      { channels: ['push'], from: '20:00', to: '09:00' },
      { channels: ['email', 'sms'], from: '20:00', to: '07:00' },
    ] as const;

    expect(decide({ touch, policy: { quietHours }, hours: 44 })).toMatchObject({
      kind: 'hold',
      until: at(54),
    });
  });

  test('one that is open is taken rather than the touch held for too long', () => {
    const touch = { purpose: 'service', channels: ['push', 'inbox'] } as const;
    const heldSince = at(44 - 24 * 4.9);

    expect(decide({ touch, hours: 44, heldSince })).toMatchObject({
      kind: 'reroute',
      channel: 'inbox',
    });
  });
});

test('a touch that would be held for longer than its purpose may is dropped', () => {
  const heldSince = (days: number) =>
    decide({ hours: EVENING, heldSince: at(MORNING - 24 * days) });

  expect(heldSince(10)).toMatchObject({ kind: 'hold' });
  expect(heldSince(10.01)).toMatchObject(dropped('held-too-long'));
});
