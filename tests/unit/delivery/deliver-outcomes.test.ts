import { describe, expect, test } from 'vitest';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { ProviderBusy } from '#core/delivery/deliver-touch.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import {
  agreed,
  contact,
  heldTouch,
  reachable,
  said,
} from '#tests/unit/contact-policy/policy-inputs.ts';
import { at, placed } from '#tests/unit/orders/order-events.ts';
import { accepted, type World, worldOf } from './world.ts';

const NOON = 396;
const EVENING = 405;

const offer = (change: Partial<World> = {}) =>
  worldOf({ touch: 'cross-sell', subjects: ['GRINDER'], ...change });
const survey = (change: Partial<World> = {}) =>
  worldOf({ touch: 'satisfaction-survey', subjects: [], ...change });
const refund = (change: Partial<World> = {}) =>
  worldOf({ touch: 'refund', subjects: [], ...change });

const later = { kind: 'later', because: 'throttled' } as const;

describe('a touch that the provider took', () => {
  test('is sent, once however often its message comes, and told of as the same fact', async () => {
    const world = offer({ answers: [{ ...accepted, segments: 2 }] });

    expect(await world.deliver()).toBe('sent');
    expect(await world.deliver()).toBe('already-done');

    expect(world.calls).toHaveLength(1);
    expect(await world.stored()).toMatchObject({
      attempts: 1,
      outcome: { state: 'sent', at: at(NOON), messageId: 'm-1', addressId: 'e-1', inDoubt: false },
    });
    const [first, again] = world.bus.events;
    expect(again).toEqual(first);
    expect(outgoingEvents.MessageSent.parse(first?.detail)).toMatchObject({ segments: 2 });
  });

  test('is told of now, if the bus could not be reached before', async () => {
    const world = offer({ busBreaks: breaksOnce() });

    await expect(world.deliver()).rejects.toThrow('the bus');
    await world.deliver();

    expect(world.calls).toHaveLength(1);
    expect(world.bus.events).toMatchObject([{ type: 'MessageSent' }]);
  });
});

describe('after a crash between the provider and the record', () => {
  test('marketing does not go again, and is in doubt', async () => {
    const world = offer({ recordBreaks: breaksOnce() });

    await expect(world.deliver()).rejects.toThrow('the record');
    expect(await world.deliver()).toBe('in-doubt');
    expect(await world.deliver()).toBe('already-done');

    expect(world.calls).toHaveLength(1);
    expect(await world.stored()).toMatchObject({ state: 'in-doubt' });
    expect(world.bus.events).toEqual([]);
  });

  test('a transaction goes again, and says that the customer may have it twice', async () => {
    const world = refund({ recordBreaks: breaksOnce() });

    await expect(world.deliver()).rejects.toThrow('the record');
    expect(await world.deliver()).toBe('sent');

    expect(world.calls).toHaveLength(2);
    expect(world.bus.events).toMatchObject([{ type: 'MessageSent', detail: { inDoubt: true } }]);
  });
});

describe('a provider that is busy', () => {
  test('is asked again later: the attempt does not count, and marketing goes, once', async () => {
    const world = offer({ answers: [later, later, accepted] });

    await expect(world.deliver()).rejects.toThrow(ProviderBusy);
    await expect(world.deliver()).rejects.toThrow('throttled');
    expect(await world.stored()).toMatchObject({ state: 'decided', attempts: 0 });
    expect(await world.deliver()).toBe('sent');
    expect(await world.deliver()).toBe('already-done');

    expect(world.calls).toHaveLength(3);
    expect(world.bus.events[0]).toMatchObject({ detail: { inDoubt: false } });
  });
});

test('a touch that the provider refuses is over, and keeps its words', async () => {
  const world = offer({ answers: [{ kind: 'refused', because: 'on a list' }] });

  expect(await world.deliver()).toBe('refused');
  expect(await world.deliver()).toBe('already-done');

  expect(await world.stored()).toMatchObject({ outcome: { because: 'on a list' } });
  expect(world.bus.events).toEqual([]);
});

describe('an address that nothing reaches any more', () => {
  const suppression = { reason: 'bounced', at: at(NOON) } as const;
  const unreachable = { kind: 'unreachable', because: 'no such mailbox' } as const;

  test('is used no more, and the touch is decided again without the channel', async () => {
    const suppress = { addressId: 'e-1', suppression };
    const world = offer({ answers: [{ ...unreachable, suppress }] });

    expect(await world.deliver()).toBe('returned');

    expect(await world.suppressions.of(['e-1'])).toEqual(new Map([['e-1', suppression]]));
    expect(await world.stored()).toMatchObject({ state: 'returned', attempts: 0 });
    const [fact] = world.bus.events;
    expect(outgoingEvents.TouchReturned.parse(fact?.detail)).toMatchObject({
      eventId: 'touch-returned/100482/cross-sell/1',
      turn: 1,
      reason: 'no such mailbox',
      without: 'email',
    });
  });

  test('of which nothing is to be kept, as of a device, is not suppressed', async () => {
    const world = offer({ answers: [unreachable] });

    expect(await world.deliver()).toBe('returned');

    expect(await world.suppressions.of(['e-1'])).toEqual(new Map());
  });
});

describe('a touch whose turn comes when it may not go', () => {
  test.each([
    ['an offer', offer],
    ['a survey', survey],
  ])('is not sent in quiet hours: %s is given back', async (_, of) => {
    const world = of({ hours: EVENING });

    expect(await world.deliver()).toBe('returned');

    expect(world.due).toEqual([]);
    expect(await world.stored()).toMatchObject({ state: 'returned', attempts: 0 });
    expect(world.bus.events).toMatchObject([
      { type: 'TouchReturned', detail: { reason: 'quiet-hours', without: undefined } },
    ]);
  });

  test('says so again when its message comes again', async () => {
    const world = offer({ hours: EVENING, busBreaks: breaksOnce() });

    await expect(world.deliver()).rejects.toThrow('the bus');
    world.clock.hours = NOON + 24;
    expect(await world.deliver()).toBe('returned');

    expect(world.calls).toEqual([]);
    expect(world.bus.events).toMatchObject([
      { type: 'TouchReturned', detail: { eventId: 'touch-returned/100482/cross-sell/1' } },
    ]);
  });

  test('is not this channel’s any more once it was decided for another', async () => {
    const decision = { kind: 'reroute', from: 'email', channel: 'push', rules: [] } as const;
    const world = offer({ record: { decision, turn: 2 } });

    expect(await world.deliver()).toBe('already-done');

    expect(world.calls).toEqual([]);
    expect(world.bus.events).toEqual([]);
  });

  test('is sent whatever the caps are: its place was taken when it was decided', async () => {
    const contacts = [contact(NOON - 1), contact(NOON - 2), contact(NOON - 3)];
    const histories = [{ shop: 'hearth', customerId: 'c-17', version: 1, contacts, held: [] }];

    expect(await offer({ histories }).deliver()).toBe('sent');
  });
});

describe('a touch of several channels', () => {
  test('is decided again when its own is closed at its turn', async () => {
    const consents = [said(), said({ eventId: 'no', state: 'withdrawn' })];
    const world = offer({ customer: { ...agreed, consents } });

    expect(await world.deliver()).toBe('returned');

    expect(world.calls).toEqual([]);
    const [fact] = world.bus.events;
    expect(outgoingEvents.TouchReturned.parse(fact?.detail)).toMatchObject({
      reason: 'no-consent',
    });
  });

  test('is decided again too when its sending broke off before, unless it is marketing', async () => {
    const record = { state: 'sending', attempts: 1 } as const;
    const suppressed = { 'e-1': { reason: 'bounced', at: at(1) } } as const;
    const events = [placed({ contact: reachable, risk: 'review' })];
    const transaction = worldOf({
      touch: 'verification',
      subjects: [],
      record,
      suppressed,
      events,
    });
    const marketing = offer({ record, suppressed });

    expect(await transaction.deliver()).toBe('returned');
    expect(await marketing.deliver()).toBe('in-doubt');

    expect(await transaction.stored()).toMatchObject({ state: 'returned', attempts: 1 });
  });
});

describe('a touch that is dropped at its turn', () => {
  const withdrawn = { ...agreed, consents: [said(), said({ eventId: 'no', state: 'withdrawn' })] };
  const own = contact(NOON - 1, { orderId: '100482', touchId: 'loyalty-invitation' });
  const others = [contact(NOON - 30)];
  const dropping = (change: Partial<World> = {}) =>
    worldOf({
      touch: 'loyalty-invitation',
      subjects: [],
      customer: withdrawn,
      histories: [
        { shop: 'hearth', customerId: 'c-17', version: 1, contacts: [...others, own], held: [] },
      ],
      ...change,
    });

  test('leaves its place in the caps', async () => {
    const world = dropping();

    expect(await world.deliver()).toBe('dropped');

    expect(await world.stored()).toMatchObject({ outcome: { reason: 'no-consent' } });
    expect(await world.history()).toMatchObject({ contacts: others });
    expect(world.bus.events).toEqual([]);
  });

  test('leaves it also if the first run broke off before', async () => {
    const record = {
      state: 'dropped',
      outcome: { state: 'dropped', at: at(NOON), reason: 'no-consent' },
    } as const;
    const world = dropping({ record });

    expect(await world.deliver()).toBe('already-done');

    expect(await world.history()).toMatchObject({ contacts: others });
  });

  test('has what is held looked at again', async () => {
    const held = [heldTouch(NOON + 20)];
    const world = dropping({
      histories: [{ shop: 'hearth', customerId: 'c-17', version: 1, contacts: [own], held }],
    });

    await world.deliver();

    const [fact] = world.bus.events;
    expect(fact).toMatchObject({ type: 'ContactReviewDue' });
    expect(outgoingEvents.ContactReviewDue.parse(fact?.detail)).toMatchObject({
      customerId: 'c-17',
    });
  });
});
