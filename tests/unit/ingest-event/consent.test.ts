import { describe, expect, test } from 'vitest';
import type { IncomingDetail } from '#core/contracts/incoming-events.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import { interrupted } from '#tests/fakes/in-memory-order-logs.ts';
import { at, placed } from '#tests/unit/orders/order-events.ts';
import { messageOf, setUp, tell } from './set-up.ts';

type World = ReturnType<typeof setUp>;
type Detail = IncomingDetail<'ConsentChanged'>;

const consent = (state: Detail['state'], change: Partial<Detail> = {}): string =>
  tell('ConsentChanged', {
    eventId: `consent-${state}`,
    occurredAt: at(9),
    customerId: 'c-17',
    purpose: 'marketing',
    channel: 'email',
    state,
    source: 'checkout',
    ...change,
  });

const noticesOf = ({ bus }: World) =>
  bus.events.flatMap((event) => (event.type === 'NoticeDue' ? [event.detail] : []));

const audiencesOf = ({ bus }: World) =>
  bus.events.flatMap((event) => (event.type === 'AudienceChanged' ? [event.detail] : []));

const orderId = '100482';
const asked = {
  eventId: 'notice-due/100482/consent-confirmation/email',
  occurredAt: at(9),
  schemaVersion: 1,
  shop: 'hearth',
  orderId,
  touch: 'consent-confirmation',
  subjects: ['email'],
};

describe('a yes that was said with an order is to be confirmed', () => {
  test('when it comes after its order', async () => {
    const world = setUp();
    await world.ingest(messageOf(placed()));

    await world.ingest(consent('granted', { orderId }));

    expect(noticesOf(world)).toEqual([asked]);
    expect(outgoingEvents.NoticeDue.parse(noticesOf(world)[0])).toEqual(asked);
  });

  test('when it comes before its order, once the order comes', async () => {
    const world = setUp();

    await world.ingest(consent('granted', { orderId }));
    await world.ingest(consent('granted', { orderId }));
    expect(noticesOf(world)).toEqual([]);
    expect(world.orders.writes()).toBe(1);

    await world.ingest(messageOf(placed()));
    expect(noticesOf(world)).toEqual([asked]);
  });

  test('when the order comes at the same time', async () => {
    const order = { ...placed(), contact: { customerId: 'c-17' } };
    const world = setUp({
      around: (orders) =>
        interrupted(orders, async () => {
          const log = await orders.read('hearth', orderId);
          await orders.write({ ...log, events: [order] });
        }),
    });

    await world.ingest(consent('granted', { orderId }));

    expect(noticesOf(world)).toEqual([asked]);
  });

  test.each([
    ['that was confirmed', { confirmed: true }],
    ['that is a soft opt-in', { basis: 'soft-opt-in' as const }],
    ['without its order', { orderId: undefined }],
    ['to what needs none', { purpose: 'service' as const }],
  ])('but not one %s', async (_, change) => {
    const world = setUp();
    await world.ingest(messageOf(placed()));

    await world.ingest(consent('granted', { orderId, ...change }));

    expect(noticesOf(world)).toEqual([]);
  });

  test('but not one that was confirmed or taken back before its order came', async () => {
    const world = setUp();
    await world.ingest(consent('granted', { orderId }));
    await world.ingest(consent('granted', { orderId: '2', channel: 'sms', eventId: 'sms' }));
    await world.ingest(
      consent('granted', { eventId: 'link', occurredAt: at(10), confirmed: true, source: 'link' }),
    );
    await world.ingest(consent('withdrawn', { channel: 'sms', occurredAt: at(10) }));

    await world.ingest(messageOf(placed()));
    await world.ingest(messageOf(placed({ orderId: '2' })));

    expect(noticesOf(world)).toEqual([]);
  });

  test('by the rules of the country that the order goes to, else of the shop’s', async () => {
    const world = setUp();
    await world.ingest(messageOf(placed({ shipTo: { country: 'FR' } })));
    await world.ingest(messageOf(placed({ orderId: '2', shipTo: { country: 'DE' } })));

    await world.ingest(consent('granted', { orderId }));
    await world.ingest(consent('granted', { orderId: '2', eventId: 'e-2' }));

    expect(noticesOf(world)).toMatchObject([{ orderId: '2' }]);
  });

  test('but not of a test order', async () => {
    const world = setUp();
    await world.ingest(messageOf(placed({ test: true })));

    await world.ingest(consent('granted', { orderId }));

    expect(noticesOf(world)).toEqual([]);
  });
});

describe('who wants to be in no audience any more', () => {
  test('is taken out by every address they are known by', async () => {
    const world = setUp();
    const contact = { customerId: 'c-17', email: 'Mia.S@googlemail.com', phone: '0151 12345678' };
    await world.ingest(messageOf(placed({ contact })));
    await world.ingest(
      tell('CustomerUpdated', {
        eventId: 'u-1',
        occurredAt: at(11),
        customerId: 'c-17',
        profile: { email: 'mia@mail.example' },
      }),
    );

    await world.ingest(
      consent('withdrawn', { channel: 'audience', email: 'MIA@mail.example', occurredAt: at(12) }),
    );

    const common = { audience: '*', change: 'remove', shop: 'hearth', occurredAt: at(12) };
    expect(audiencesOf(world)).toMatchObject([
      { ...common, emailSha256: 'sha256 of mia@mail.example' },
      { ...common, emailSha256: 'sha256 of mias@gmail.com' },
      { ...common, phoneSha256: 'sha256 of +4915112345678' },
    ]);
    expect(new Set(audiencesOf(world).map(({ eventId }) => eventId)).size).toBe(3);
  });

  test('is not when they refuse something else', async () => {
    const world = setUp();

    await world.ingest(consent('withdrawn', { email: 'mia@mail.example' }));

    expect(audiencesOf(world)).toEqual([]);
  });
});

describe('who asks for mail', () => {
  const addressId = 'email:mia@mail.example';
  const email = 'Mia@mail.example';
  const suppressed = (reason: AddressSuppression['reason'], hours: number) =>
    setUp({ suppressed: { [addressId]: { reason, at: at(hours) } } });

  test('after they complained of it gets it again', async () => {
    const world = suppressed('complained', 8);

    await world.ingest(consent('granted', { email }));

    expect((await world.suppressions.of([addressId])).size).toBe(0);
  });

  test('gets it again at the address of their profile', async () => {
    const world = suppressed('complained', 8);
    await world.ingest(
      tell('CustomerUpdated', {
        eventId: 'u-1',
        occurredAt: at(1),
        customerId: 'c-17',
        profile: { email },
      }),
    );

    await world.ingest(consent('granted'));

    expect((await world.suppressions.of([addressId])).size).toBe(0);
  });

  test.each([
    ['before they complained of it', suppressed('complained', 9), {}],
    ['where mail bounces', suppressed('bounced', 8), {}],
    ['of a service only', suppressed('complained', 8), { purpose: 'service' as const }],
    ['by SMS', suppressed('complained', 8), { channel: 'sms' as const }],
    ['by not objecting', suppressed('complained', 8), { basis: 'soft-opt-in' as const }],
  ])('%s does not get it again', async (_, world, change) => {
    await world.ingest(consent('granted', { email, ...change }));

    expect((await world.suppressions.of([addressId])).size).toBe(1);
  });

  test('no more does not get it again', async () => {
    const world = suppressed('complained', 8);

    await world.ingest(consent('withdrawn', { email }));

    expect((await world.suppressions.of([addressId])).size).toBe(1);
  });
});
