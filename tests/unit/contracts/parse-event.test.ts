import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  incomingEvents,
  type IncomingEventType,
  MAX_EVENT_BYTES,
} from '#core/contracts/incoming-events.ts';
import { fixture, parse, refusalOf, textOf } from './incoming.ts';

const isType = (name: string): name is IncomingEventType => Object.hasOwn(incomingEvents, name);
const types = Object.keys(incomingEvents).filter(isType);

test('every event has a fixture, and every fixture is of an event', () => {
  const files = readdirSync(new URL('../../fixtures/events/', import.meta.url));

  expect(files.toSorted()).toEqual(types.map((type) => `${type}.json`).toSorted());
});

describe.each(types)('%s', (type) => {
  test('is read from what EventBridge hands over, its times in UTC', () => {
    const { eventId, shop } = fixture(type).detail;

    const parsed = parse(textOf(type));

    expect(parsed).toMatchObject({ ok: true, event: { type, eventId, shop } });
    expect(JSON.stringify(parsed)).toContain('"2026-11-18T09:30:00.250Z"');
    expect(JSON.stringify(parsed)).not.toContain('+01:00');
  });

  test('is read from its required keys alone', () => {
    const { detail } = fixture(type);
    const kept = Object.entries(detail).filter(
      ([key]) => !incomingEvents[type].safeParse({ ...detail, [key]: undefined }).success,
    );

    const text = JSON.stringify({ ...fixture(type), detail: Object.fromEntries(kept) });

    expect(parse(text)).toMatchObject({ ok: true, event: { type } });
    expect(kept.map(([key]) => key)).toEqual(
      expect.arrayContaining(['eventId', 'occurredAt', 'schemaVersion', 'shop']),
    );
  });

  test('is refused without its id, by the name of the key', () => {
    expect(refusalOf(textOf(type, { eventId: undefined }))).toEqual({
      ok: false,
      reason: 'invalid',
      problem: `${type}: eventId: Invalid input: expected string, received undefined`,
    });
  });

  test('is refused with a time that has no zone', () => {
    const { reason, problem } = refusalOf(textOf(type, { occurredAt: '2026-11-18T10:30:00' }));

    expect(reason).toBe('invalid');
    expect(problem).toBe(`${type}: occurredAt: Invalid ISO datetime, got 19 characters`);
  });

  test('is refused with a key that the contract has not, so that a typing error is not lost', () => {
    const { problem } = refusalOf(textOf(type, { ocurredAt: '2026-11-18T10:30:00Z' }));

    expect(problem).toBe(`${type}: event: Unrecognized key: "ocurredAt"`);
  });
});

test('an item of the catalogue is as old as the event that told it', () => {
  expect(parse(textOf('CatalogItemUpdated'))).toMatchObject({
    event: { item: { shop: 'hearth', sku: 'HG-MILL', updatedAt: '2026-11-18T09:30:00.250Z' } },
  });
});

test('an id of more digits than a double holds stays as it is', () => {
  expect(parse(textOf('OrderPlaced'))).toMatchObject({ event: { orderId: '9007199254740993' } });
});

test('an order without a customer, and a test order, are read', () => {
  expect(parse(textOf('OrderPlaced', { contact: {}, test: true }))).toMatchObject({
    ok: true,
    event: { contact: {}, test: true },
  });
});

test('any time with an offset is read as the same instant in UTC', () => {
  const offset = fc
    .tuple(
      fc.constantFrom('+', '-'),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ max: 59, min: 0 }),
    )
    .map(([sign, h, m]) => `${sign}${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
  const date = fc.date({
    min: new Date('1970-01-02T00:00:00Z'),
    max: new Date('9998-12-30T00:00:00Z'),
    noInvalidDate: true,
  });

  fc.assert(
    fc.property(date, offset, (local, zone) => {
      const occurredAt = local.toISOString().replace('Z', zone);

      const parsed = parse(textOf('OrderCancelled', { occurredAt }));

      expect(parsed).toMatchObject({
        event: { occurredAt: new Date(occurredAt).toISOString() },
      });
    }),
  );
});

describe('a message that is no event', () => {
  test('is refused when it is not JSON', () => {
    expect(refusalOf('{"detail-type":')).toMatchObject({
      reason: 'not-json',
      problem: 'the message is not JSON: expected an EventBridge event',
    });
  });

  test('is refused when it has no envelope, by every key that it lacks', () => {
    expect(refusalOf('{}')).toMatchObject({
      reason: 'not-an-event',
      problem:
        'expected an EventBridge event: source: Invalid input: expected string, received undefined; detail-type: Invalid input: expected string, received undefined; detail: Invalid input: expected record, received undefined',
    });
  });

  test('is refused whatever it is, and breaks nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parse(text)).toMatchObject({ ok: false });
      }),
    );
  });

  test('is refused over the limit of bytes, with both numbers', () => {
    const { reason, problem } = refusalOf('ä'.repeat(MAX_EVENT_BYTES / 2 + 1));

    expect(reason).toBe('too-large');
    expect(problem).toContain('has 262146 bytes, at most 262144 are read');
  });

  test('is read at the limit of bytes', () => {
    const text = textOf('OrderPlaced');
    const padded = text.padEnd(MAX_EVENT_BYTES);

    expect(parse(padded)).toMatchObject({ ok: true });
    expect(refusalOf(`${padded} `)).toMatchObject({ reason: 'too-large' });
  });
});

describe('an event of somebody else', () => {
  const from = (source: string, type = 'OrderPlaced'): string =>
    JSON.stringify({ ...fixture('OrderPlaced'), source, 'detail-type': type });

  test.each([
    ['aws.partner/shopify.com/1234/orders', 'shopifyWebhook', 'Shopify'],
    ['aws.partner/commercetools.com/shop/orders', 'OrderCreated', 'commercetools'],
    ['aws.partner/example.com/orders', 'order', 'example.com'],
  ])('from %s is refused with the adapter that it needs', (source, type, adapter) => {
    const { reason, problem } = refusalOf(from(source, type));

    expect(reason).toBe('needs-adapter');
    expect(problem).toContain(`${type} from ${source} is not canonical`);
    expect(problem).toContain(`it needs the ${adapter} adapter`);
    expect(problem).toContain('OrderPlaced');
  });

  test('of an unknown type is refused with the types that there are', () => {
    const { reason, problem } = refusalOf(from('oms.hearth', 'OrderShipped'));

    expect(reason).toBe('unknown-event-type');
    expect(problem).toContain('got detail-type "OrderShipped" from "oms.hearth"');
    for (const type of types) expect(problem).toContain(type);
  });

  test('is refused under a name that every object has', () => {
    expect(refusalOf(from('oms.hearth', 'constructor'))).toMatchObject({
      reason: 'unknown-event-type',
    });
  });

  test('of a shop that is not configured is refused with the shops that are', () => {
    expect(refusalOf(textOf('OrderPlaced', { shop: 'elsewhere' }))).toMatchObject({
      reason: 'unknown-shop',
      problem:
        'got shop "elsewhere", expected one of hearth, northside: add it to afterglow.config.ts or correct the sender',
    });
  });

  test('of a shop is refused from the source of another', () => {
    expect(refusalOf(from('oms.northside'))).toMatchObject({
      reason: 'unknown-shop',
      problem: 'got source "oms.northside" for shop "hearth", expected "oms.hearth"',
    });
  });
});

describe.each(['ConsentChanged', 'SupportCaseOpened', 'SupportCaseClosed'] as const)(
  'whom %s is about',
  (type) => {
    test.each([{ email: 'mia@mail.example' }, { phone: '0151 12345678' }])(
      'is said by an address alone',
      (address) => {
        expect(parse(textOf(type, { customerId: undefined, ...address }))).toMatchObject({
          ok: true,
          event: address,
        });
      },
    );

    test('is said in some way', () => {
      expect(refusalOf(textOf(type, { customerId: undefined })).problem).toBe(
        `${type}: event: expected a customerId, an email or a phone, got an object`,
      );
    });
  },
);

test('what customers tell Afterglow itself is read for any shop; other sources speak for one', () => {
  const from = (source: string) => JSON.stringify({ ...fixture('ConsentChanged'), source });

  expect(parse(from('afterglow.customer'))).toMatchObject({ ok: true });
  expect(refusalOf(from('afterglow')).reason).toBe('unknown-shop');
  expect(refusalOf(from('oms.northside')).problem).toContain('expected "oms.hearth"');
});
