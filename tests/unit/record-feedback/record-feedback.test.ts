import { describe, expect, test } from 'vitest';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { byEmail, bySms, fixture, RECEIVED_AT, setUp } from './set-up.ts';

const ADA = 'email:ada@customers.example';
const PHONE = 'sms:+14255550156';

const eventsOf = ({ bus }: ReturnType<typeof setUp>) =>
  bus.events.map(({ type, detail }) => outgoingEvents[type].strict().parse(detail));

describe('a delivery', () => {
  test('is heard of the touch and told once', async () => {
    const world = setUp();

    const recorded = await world.takeIn(fixture('ses-delivered'));

    expect(recorded).toMatchObject({ kind: 'message', isFirst: true, isKnownTouch: true });
    expect(world.touch(byEmail)?.feedback).toEqual({ delivered: '2026-11-20T09:30:04.669Z' });
    expect(world.bus.events.map(({ type }) => type)).toEqual(['MessageDelivered']);
    expect(eventsOf(world)).toEqual([
      {
        eventId: 'message-delivered/A-1001/dispatch-notice:P1/0107018f-ses-1',
        occurredAt: '2026-11-20T09:30:04.669Z',
        schemaVersion: 1,
        shop: 'hearth',
        orderId: 'A-1001',
        touch: 'dispatch-notice',
        touchId: 'dispatch-notice:P1',
        channel: 'email',
        messageId: '0107018f-ses-1',
      },
    ]);
  });

  test('that comes again is told again as the same fact, and counted no more', async () => {
    const world = setUp();
    await world.takeIn(fixture('ses-delivered'));

    const again = await world.takeIn(fixture('ses-delivered'));

    const [first, second] = eventsOf(world);
    expect(again).toMatchObject({ isFirst: false });
    expect(second).toEqual(first);
  });

  test('whose fact the bus did not take is told when it comes again', async () => {
    const world = setUp({ busBreaks: breaksOnce() });
    await expect(world.takeIn(fixture('ses-delivered'))).rejects.toThrow('the bus');

    await world.takeIn(fixture('ses-delivered'));

    expect(world.bus.events.map(({ type }) => type)).toEqual(['MessageDelivered']);
  });

  test('of a touch that nobody knows is told to nobody', async () => {
    const world = setUp({ records: [] });

    const recorded = await world.takeIn(fixture('ses-delivered'));

    expect(recorded).toMatchObject({ kind: 'message', isFirst: false, isKnownTouch: false });
    expect(world.bus.events).toEqual([]);
  });
});

describe('a bounce', () => {
  test('for good ends the use of the address, and what is held for the customer is decided again', async () => {
    const world = setUp();

    await world.takeIn(fixture('ses-bounced-for-good'));

    const at = '2026-11-20T09:30:05.669Z';
    expect(await world.suppressionOf(ADA)).toEqual({ reason: 'bounced', at });
    expect(eventsOf(world)).toMatchObject([
      { permanent: true, because: 'Permanent/General 5.1.1' },
      { customerId: 'C-1', shop: 'hearth', because: 'address-bounced', occurredAt: at },
    ]);
  });

  test('is of the address that the message went to, not of the one the touch went to last', async () => {
    const outcome = { ...Object(byEmail.outcome), messageId: 'later', addressId: 'email:new' };
    const world = setUp({ records: [{ ...byEmail, outcome }] });

    await world.takeIn(fixture('ses-bounced-for-good'));

    expect(await world.suppressionOf(ADA)).toMatchObject({ reason: 'bounced' });
    expect(await world.suppressionOf('email:new')).toBeUndefined();
  });

  test('before the touch has its outcome ends the use of the address as well', async () => {
    const { outcome: _, ...sending } = byEmail;
    const world = setUp({ records: [{ ...sending, state: 'sending' }] });

    await world.takeIn(fixture('ses-bounced-for-good'));

    expect(await world.suppressionOf(ADA)).toMatchObject({ reason: 'bounced' });
  });

  test('goes by the hash that the touch has recorded', async () => {
    const outcome = { ...Object(byEmail.outcome), addressId: 'email:recorded' };
    const world = setUp({ records: [{ ...byEmail, outcome }] });

    await world.takeIn(fixture('ses-bounced-for-good'));

    expect(await world.suppressionOf('email:recorded')).toMatchObject({ reason: 'bounced' });
  });

  test('of a customer whom nobody knows calls for no review', async () => {
    const { customerId: _, ...nobodys } = byEmail;
    const world = setUp({ records: [nobodys] });

    await world.takeIn(fixture('ses-bounced-for-good'));

    expect(world.bus.events.map(({ type }) => type)).toEqual(['MessageBounced']);
  });

  test.each(['ses-bounced-for-now', 'ses-rejected', 'eum-carrier-blocked'])(
    'for now is only recorded: %s',
    async (name) => {
      const world = setUp();

      await world.takeIn(fixture(name));

      expect(world.bus.events.map(({ type }) => type)).toEqual(['MessageBounced']);
      expect(eventsOf(world)).toMatchObject([{ permanent: false }]);
      expect([await world.suppressionOf(ADA), await world.suppressionOf(PHONE)]).toEqual([
        undefined,
        undefined,
      ]);
    },
  );

  test('of an invalid number ends the use of the number', async () => {
    const world = setUp();

    await world.takeIn(fixture('eum-invalid'));

    expect(await world.suppressionOf(PHONE)).toMatchObject({ reason: 'bounced' });
  });

  test('goes above an earlier complaint, a complaint not above a bounce', async () => {
    const messages = [fixture('ses-complained'), fixture('ses-bounced-for-good')];
    for (const order of [messages, messages.toReversed()]) {
      const world = setUp();

      for (const message of order) await world.takeIn(message);

      expect(await world.suppressionOf(ADA)).toMatchObject({ reason: 'bounced' });
    }
  });
});

test('a complaint suppresses the address as complained and is told', async () => {
  const world = setUp();

  await world.takeIn(fixture('ses-complained'));

  expect(await world.suppressionOf(ADA)).toMatchObject({ reason: 'complained' });
  expect(world.touch(byEmail)?.feedback).toEqual({ complained: '2026-11-20T18:05:39.123Z' });
  expect(world.bus.events.map(({ type }) => type)).toEqual([
    'MessageComplained',
    'ContactReviewDue',
  ]);
});

test.each(['ses-delayed', 'eum-queued', 'eum-unknown'])(
  'what says nothing of arrival changes nothing on the touch and is not told: %s',
  async (name) => {
    const world = setUp();

    const recorded = await world.takeIn(fixture(name));

    expect(recorded).toMatchObject({ kind: 'message', isFirst: false });
    expect(world.touch(byEmail)?.feedback).toBeUndefined();
    expect(world.touch(bySms)?.feedback).toBeUndefined();
    expect(world.bus.events).toEqual([]);
  },
);

describe('what a text cost', () => {
  test('is added to its month with the carrier’s fee', async () => {
    const world = setUp();

    const recorded = await world.takeIn(fixture('eum-successful'));

    expect(recorded).toMatchObject({ spent: { month: '2026-11', usd: 0.09882 } });
  });

  test('is added once, however many final events the text has', async () => {
    const world = setUp();

    for (const name of ['eum-queued', 'eum-successful', 'eum-successful', 'eum-delivered'])
      await world.takeIn(fixture(name));

    expect([...world.months]).toEqual([['2026-11', 0.09882]]);
  });

  test('is added for each message of a touch that was sent twice', async () => {
    const world = setUp();

    await world.takeIn(fixture('eum-successful'));
    await world.takeIn({ ...fixture('eum-successful'), messageId: 'second' });

    expect(world.months.get('2026-11')).toBeCloseTo(2 * 0.09882);
  });

  test('is added when the event comes again after the counters were away', async () => {
    const world = setUp({ countersBreak: breaksOnce() });
    await expect(world.takeIn(fixture('eum-successful'))).rejects.toThrow('the counters');

    await world.takeIn(fixture('eum-successful'));

    expect([...world.months]).toEqual([['2026-11', 0.09882]]);
  });

  test('is not added again when only the bus was away', async () => {
    const world = setUp({ busBreaks: breaksOnce() });
    await expect(world.takeIn(fixture('eum-successful'))).rejects.toThrow('the bus');

    const again = await world.takeIn(fixture('eum-successful'));

    expect(again).not.toHaveProperty('spent.usd');
    expect([...world.months]).toEqual([['2026-11', 0.09882]]);
  });

  test('goes to the month in which it was known', async () => {
    const world = setUp();
    const eventTimestamp = Date.parse('2026-12-01T00:00:01Z');

    await world.takeIn({ ...fixture('eum-successful'), eventTimestamp });

    expect([...world.months.keys()]).toEqual(['2026-12']);
  });
});

describe('a text of a customer', () => {
  test('that asks to stop ends texts to the number for every shop', async () => {
    const world = setUp();

    const recorded = await world.takeIn(fixture('text-stop'));

    expect(recorded).toEqual({ kind: 'text', asks: 'stop' });
    expect(await world.suppressionOf(PHONE)).toEqual({ reason: 'stopped', at: RECEIVED_AT });
    expect(eventsOf(world)).toMatchObject([
      { shop: 'hearth', customerId: `guest:${PHONE}`, because: 'address-stopped' },
      { shop: 'northside', customerId: `guest:${PHONE}`, because: 'address-stopped' },
    ]);
  });

  test.each(['stopped', 'opted-out'] as const)(
    'that asks to start lifts what they asked for: %s',
    async (reason) => {
      const at = '2026-11-19T00:00:00.000Z';
      const world = setUp({ suppressed: { [PHONE]: { reason, at } } });

      await world.takeIn(fixture('text-start'));

      expect(await world.suppressionOf(PHONE)).toBeUndefined();
    },
  );

  test('that asks to start does not make an invalid number valid', async () => {
    const bounced = { reason: 'bounced', at: '2026-11-19T00:00:00.000Z' } as const;
    const world = setUp({ suppressed: { [PHONE]: bounced } });

    await world.takeIn(fixture('text-start'));

    expect(await world.suppressionOf(PHONE)).toEqual(bounced);
  });

  test('that asked to start before they asked to stop lifts nothing when it comes again', async () => {
    const world = setUp();
    await world.takeIn(fixture('text-start'), '2026-11-20T09:00:00.000Z');
    await world.takeIn(fixture('text-stop'), '2026-11-20T09:05:00.000Z');

    await world.takeIn(fixture('text-start'), '2026-11-20T09:00:00.000Z');

    expect(await world.suppressionOf(PHONE)).toMatchObject({ reason: 'stopped' });
  });

  test.each(['help', 'other'])('that asks for %s changes nothing', async (asks) => {
    const world = setUp();

    const recorded = await world.takeIn(fixture(`text-${asks}`));

    expect(recorded).toEqual({ kind: 'text', asks });
    expect(await world.suppressionOf(PHONE)).toBeUndefined();
    expect(world.bus.events).toEqual([]);
  });
});

describe('what is not for us', () => {
  test.each(['ses-of-another-system', 'eum-of-another-system'])(
    'is ignored and not parked: %s',
    async (name) => {
      const world = setUp();

      const recorded = await world.takeIn(fixture(name));

      expect(recorded.kind).toBe('ignored');
      expect([world.bus.events, world.parked.all]).toEqual([[], []]);
      expect(await world.suppressionOf(ADA)).toBeUndefined();
      expect(world.months.size).toBe(0);
    },
  );
});

test('what cannot be read is parked as it came, with the reason', async () => {
  const world = setUp();

  const recorded = await world.takeIn('{"half":');

  expect(recorded).toMatchObject({ kind: 'parked', reason: 'not-json' });
  expect(world.parked.all).toEqual([
    { body: '{"half":', reason: 'not-json', problem: expect.stringMatching(/not JSON/) },
  ]);
});
