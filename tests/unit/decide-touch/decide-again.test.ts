import { describe, expect, test } from 'vitest';
import {
  agreed,
  contact,
  heldTouch,
  said,
  touchOf,
} from '#tests/unit/contact-policy/policy-inputs.ts';
import { at, placed } from '#tests/unit/orders/order-events.ts';
import { requestOf, worldOf } from './world.ts';

const cards = { card: touchOf({ name: 'card', channels: ['insert'] }) };

const EVENING = 45;
const MORNING = 55;

/** An offer that was held in the evening until the morning. */
const heldOvernight = async () => {
  const world = worldOf({ hours: EVENING });
  await world.decide(requestOf('offer'));
  world.clock.hours = MORNING;
  return world;
};

const reviewFacts = ({ bus }: ReturnType<typeof worldOf>) =>
  bus.events.filter(({ type }) => type === 'ContactReviewDue');

const withdrawn = {
  ...agreed,
  version: 1,
  consents: [said(), said({ eventId: 'no', state: 'withdrawn', at: at(46) })],
};

describe('a held touch whose time has come', () => {
  test('is decided anew, goes, and keeps what was decided before', async () => {
    const world = await heldOvernight();

    expect(await world.again('offer', 2)).toBe('send');

    expect(world.queue.refs).toMatchObject([{ touchId: 'offer' }]);
    expect(await world.find('offer')).toMatchObject({
      turn: 2,
      decidedAt: at(MORNING),
      decision: { kind: 'send' },
      earlier: [{ decidedAt: at(EVENING), decision: { kind: 'hold' } }],
    });
    expect(await world.history()).toMatchObject({
      contacts: [{ touchId: 'offer', at: at(MORNING) }],
      held: [],
    });
  });

  test('is decided once a turn: the same schedule again queues and tells the same', async () => {
    const world = await heldOvernight();
    await world.again('offer', 2);
    const [first] = world.bus.events.slice(-1);
    world.clock.hours = MORNING + 1;

    expect(await world.again('offer', 2)).toBe('over');

    expect(await world.find('offer')).toMatchObject({ turn: 2, decidedAt: at(MORNING) });
    expect(world.bus.events.at(-1)).toEqual(first);
    expect((await world.history()).contacts).toHaveLength(1);
  });

  test('is held again if something else keeps it back by then, since the first time', async () => {
    const world = await heldOvernight();
    const { version } = await world.history();
    const cases = { c: { state: 'open', at: at(50) } } as const;
    await world.customers.write({ ...agreed, version: 0, cases });

    expect(await world.again('offer', 2)).toBe('hold');

    expect(world.schedule.waiting().map(({ due }) => due.turn)).toEqual([3]);
    expect(await world.history()).toMatchObject({
      version: version + 1,
      held: [{ since: at(EVENING), until: at(9 * 24 + 7), turn: 2 }],
    });
  });

  test('says nothing when a later turn was decided or it is on its way', async () => {
    const world = await heldOvernight();
    await world.again('offer', 2);
    await world.records.beginSending({ shop: 'hearth', orderId: '100482', touchId: 'offer' });
    const told = world.bus.events.length;

    expect(await world.again('offer', 1)).toBe('over');
    expect(await world.again('offer', 3)).toBe('over');

    expect(world.bus.events).toHaveLength(told);
    expect(world.queue.refs).toHaveLength(1);
  });

  test('that was never decided is a mistake, and named', async () => {
    const world = worldOf();

    await expect(world.again('offer', 2)).rejects.toThrow(
      'no touch offer of order 100482 was decided',
    );
  });
});

describe('a returned touch', () => {
  test('goes by another channel than the one that was of no use', async () => {
    const world = worldOf();
    await world.decide(requestOf('survey'));
    const ref = { shop: 'hearth', orderId: '100482', touchId: 'survey' };
    await world.records.giveBack(ref);

    expect(await world.again('survey', 2, { without: 'email' })).toBe('send');

    expect(await world.find('survey')).toMatchObject({
      state: 'decided',
      decision: { channel: 'push' },
    });
    expect((await world.history()).contacts).toMatchObject([{ channel: 'push' }]);
  });

  test('that has no other channel is dropped, and leaves its place', async () => {
    const world = worldOf();
    await world.decide(requestOf('offer'));
    await world.records.giveBack({ shop: 'hearth', orderId: '100482', touchId: 'offer' });

    expect(await world.again('offer', 2, { without: 'email' })).toBe('drop');

    expect(await world.history()).toMatchObject({ contacts: [], held: [] });
  });
});

describe('a review of what is held for a customer', () => {
  test('drops what consent no longer allows, and takes its schedule back', async () => {
    const world = await heldOvernight();
    world.clock.hours = 47;
    await world.customers.write({ ...withdrawn, version: 0 });

    expect(await world.review()).toEqual(['drop']);

    expect(await world.find('offer')).toMatchObject({ decision: { reason: 'no-consent' } });
    expect(world.schedule.waiting()).toEqual([]);
    expect((await world.history()).held).toEqual([]);
  });

  test('leaves alone what would wait as before', async () => {
    const world = await heldOvernight();
    world.clock.hours = 47;
    const told = world.bus.events.length;

    expect(await world.review()).toEqual(['unchanged']);

    expect(await world.find('offer')).toMatchObject({ turn: 1 });
    expect(world.schedule.waiting()).toMatchObject([{ due: { turn: 2 } }]);
    expect(world.bus.events).toHaveLength(told);
  });

  test('sends what may go now', async () => {
    const full = { contacts: [contact(30)], held: [], version: 1 };
    const world = worldOf({
      histories: [{ shop: 'hearth', customerId: 'c-17', ...full }],
      policy: { quietHours: [] },
    });
    await world.decide(requestOf('offer'));
    world.clock.hours = 51;

    expect(await world.review()).toEqual(['send']);

    expect(world.schedule.waiting()).toEqual([]);
    expect(world.queue.refs).toMatchObject([{ touchId: 'offer' }]);
  });

  test('passes over what is on its way by now, or was never decided', async () => {
    const stray = heldTouch(40, { orderId: '100482', touchId: 'stray' });
    const world = worldOf({
      histories: [{ shop: 'hearth', customerId: 'c-17', version: 1, contacts: [], held: [stray] }],
    });

    expect(await world.review()).toEqual(['over']);
  });

  test('sees what is held under ids that the customer had before', async () => {
    const customer = { ...agreed, customerId: 'c-17', merged: { old: at(1) } };
    const stray = heldTouch(40, { touchId: 'under-the-old-id' });
    const world = worldOf({
      customer,
      histories: [{ shop: 'hearth', customerId: 'old', version: 1, contacts: [], held: [stray] }],
    });

    expect(await world.review()).toEqual(['over']);
  });
});

describe('a customer of several ids', () => {
  const customer = { ...agreed, merged: { old: at(1) } };
  const under = (contacts: readonly ReturnType<typeof contact>[]) => [
    { shop: 'hearth', customerId: 'old', version: 1, contacts, held: [] },
  ];

  test('has one set of caps', async () => {
    const { decide } = worldOf({ customer, histories: under([contact(30)]) });

    expect(await decide(requestOf('offer'))).toMatchObject({
      kind: 'hold',
      reason: 'cap-reached',
    });
  });

  test('has a touch once that was decided under both', async () => {
    const twice = contact(10, { orderId: '100482', touchId: 'care', purpose: 'marketing' });
    const { decide } = worldOf({
      customer,
      histories: [
        ...under([twice]),
        { shop: 'hearth', customerId: 'c-17', version: 1, contacts: [twice], held: [] },
      ],
    });

    expect(await decide(requestOf('offer'))).toMatchObject({ kind: 'send' });
  });
});

describe('a touch that does not take its place', () => {
  const dropped = async () => {
    const world = worldOf({ hours: EVENING });
    await world.decide(requestOf('offer'));
    await world.decide(requestOf('care'));
    world.clock.hours = MORNING;
    await world.customers.write({ ...withdrawn, version: 0 });
    await world.again('offer', 2);
    return world;
  };

  test('has the others looked at again', async () => {
    const world = await dropped();

    expect(reviewFacts(world)).toMatchObject([
      { detail: { customerId: 'c-17', eventId: 'contact-review-due/100482/offer/2' } },
    ]);
  });

  test('says so again when its decision is asked for again: a crash may have swallowed it', async () => {
    const world = await dropped();

    await world.again('offer', 2);

    const [first, second] = reviewFacts(world);
    expect(second).toEqual(first);
    expect(second).toBeDefined();
  });

  test('says nothing when nobody else waits', async () => {
    const world = await heldOvernight();
    await world.customers.write({ ...withdrawn, version: 0 });

    await world.again('offer', 2);

    expect(reviewFacts(world)).toEqual([]);
  });
});

test('a touch to nobody in particular is decided without caps', async () => {
  const events = [placed({ contact: {} })];
  const world = worldOf({
    events,
    policy: { consent: [{ needs: 'nothing' }] },
    touches: cards,
    channels: ['insert'],
  });

  expect(await world.decide(requestOf('card'))).toMatchObject({ kind: 'send', channel: 'insert' });

  expect(await world.find('card')).toMatchObject({ customerId: undefined });
});
