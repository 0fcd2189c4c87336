import { describe, expect, test } from 'vitest';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import type { DueTouch } from '#core/delivery/deliver-touch.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import { deliverInsert } from '#lambdas/deliver-insert/deliver-insert.ts';
import { sampleShop } from '#lib/messages/sample-shop.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { sent } from '#tests/unit/deliver-email/due-touch.ts';
import { inMemoryMessageTemplates } from '#tests/unit/messages/in-memory-message-templates.ts';
import { told } from '#tests/unit/orders/histories.ts';
import { at, placed } from '#tests/unit/orders/order-events.ts';
import { packagingInsert } from '#touches/packaging-insert/touch.ts';

const card = (thanks: string) => ({
  insert: {
    text: `${thanks} {{ shop.name }}
{% for line in told.lines %}{{ line.quantity }} {{ line.name }} {{ line.guideUrl }}
{% endfor %}{{ customer.name }}|{{ links.orderStatus }}|{{ links.survey }}`,
  },
});

const templates = inMemoryMessageTemplates({
  'packaging-insert': { en: card('Thank you from'), de: card('Danke von') },
  letter: { en: {} },
});

const dueTouch = (change: Partial<DueTouch> = {}): DueTouch => {
  const subjects = change.subjects ?? ['mill', 'tin'];
  return {
    touch: packagingInsert,
    subjects,
    order: told([
      placed({ contact: { customerId: 'c-17', email: 'mia@mail.example', name: 'Mia Sommer' } }),
    ]),
    customer: { ...newCustomer('hearth', 'c-17'), profile: { name: 'Mia Sommer' } },
    purchases: [],
    customerId: 'c-17',
    zones: ['Europe/Berlin'],
    products: [{ sku: 'SKU-mill', name: 'Mill', guideUrl: 'https://www.hearth.example/mill' }],
    now: at(11),
    record: {
      shop: 'hearth',
      orderId: '100482',
      touch: 'packaging-insert',
      touchId: 'packaging-insert:mill+tin',
      subjects,
      purpose: 'service',
      decision: { kind: 'send', channel: 'insert', rules: [] },
      decidedAt: at(11),
      turn: 1,
      earlier: [],
      zones: ['Europe/Berlin'],
      state: 'decided',
      attempts: 0,
    },
    ...change,
  };
};

const setUp = (busBreaks?: () => boolean) => {
  const bus = inMemoryEventBus(busBreaks);
  const deliver = deliverInsert({
    templates,
    render: liquidMessageRenderer(),
    shops: { hearth: { ...sampleShop, locales: ['en-GB', 'de-DE'] } },
    publisher: bus,
  });
  return { deliver, bus };
};

describe('a card', () => {
  test('is asked of the warehouse, with its text and the lines that it tells of', async () => {
    const { deliver, bus } = setUp();

    const prepared = await deliver(dueTouch({ subjects: ['mill'] }));
    expect(prepared).toMatchObject({ kind: 'ready', locale: 'en-GB' });
    expect(bus.events).toEqual([]);

    expect(await sent(Promise.resolve(prepared))).toEqual({
      kind: 'accepted',
      messageId: 'insert-requested/100482/packaging-insert:mill+tin',
    });

    expect(bus.events).toMatchObject([
      {
        type: 'InsertRequested',
        detail: {
          eventId: 'insert-requested/100482/packaging-insert:mill+tin',
          occurredAt: at(11),
          language: 'en',
          text: expect.stringContaining('1 The mill https://www.hearth.example/mill'),
          lines: [{ lineId: 'mill', sku: 'SKU-mill', quantity: 1 }],
        },
      },
    ]);
    expect(JSON.stringify(bus.events)).not.toContain('The tin');
  });

  test('is in the words of the contract', async () => {
    const { deliver, bus } = setUp();
    await sent(deliver(dueTouch()));

    const [fact] = bus.events;

    expect(outgoingEvents.InsertRequested.parse(fact?.detail)).toEqual(fact?.detail);
    expect(fact).toMatchObject({
      detail: { text: expect.stringContaining(`Thank you from ${sampleShop.name}`) },
    });
  });

  test('names nobody, and leads to nobody’s order', async () => {
    const { deliver, bus } = setUp();

    await sent(deliver(dueTouch()));

    const said = JSON.stringify(bus.events);
    expect(said).not.toContain('Mia');
    expect(said).not.toContain('@');
    expect(said).not.toContain('token');
    expect(bus.events).toMatchObject([
      { detail: { text: expect.stringContaining(`|${sampleShop.orderStatusUrl}|`) } },
    ]);
  });

  test.each([
    ['the order', { contact: { locale: 'de-AT' } }, undefined],
    ['the customer', { contact: { customerId: 'c-17' } }, { locale: 'de-DE' }],
  ])('is in the language of %s', async (_, change, profile) => {
    const { deliver, bus } = setUp();
    const customer = profile && { ...newCustomer('hearth', 'c-17'), profile };

    await sent(deliver(dueTouch({ order: told([placed(change)]), customer })));

    expect(bus.events).toMatchObject([
      { detail: { language: 'de', text: expect.stringContaining('Danke von') } },
    ]);
  });

  test('is asked for as the same one when the bus could not be reached', async () => {
    const { deliver, bus } = setUp(breaksOnce());

    expect(await sent(deliver(dueTouch()))).toMatchObject({
      kind: 'later',
      because: expect.stringContaining('the bus'),
    });
    await sent(deliver(dueTouch()));
    await sent(deliver(dueTouch()));

    expect(bus.events[1]).toEqual(bus.events[0]);
  });
});

describe('what cannot be a card', () => {
  test('is a touch without one', async () => {
    const { deliver, bus } = setUp();
    const letter = dueTouch({ touch: { ...packagingInsert, name: 'letter' } });

    await expect(deliver(letter)).rejects.toThrow('letter has no card in "en"');
    expect(bus.events).toEqual([]);
  });

  test('is one of a shop that is not configured', async () => {
    const { deliver } = setUp();
    const { order } = dueTouch();

    await expect(deliver(dueTouch({ order: { ...order, shop: 'northside' } }))).rejects.toThrow(
      'no shop "northside" is configured',
    );
  });
});
