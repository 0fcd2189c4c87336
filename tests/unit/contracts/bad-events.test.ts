import { describe, expect, test } from 'vitest';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { fixture, parse, refusalOf, textOf } from './incoming.ts';

const euros = { amountMinor: 100, currency: 'EUR' };
const dollars = { amountMinor: 100, currency: 'USD' };

const line = (lineId: string, change: object = {}) => ({
  lineId,
  sku: 'HG-TIN',
  quantity: 1,
  unitPrice: euros,
  ...change,
});

const orderOf = (lines: readonly object[]): string => textOf('OrderPlaced', { lines });
const linesOf = (count: number) => Array.from({ length: count }, (_, index) => line(`L${index}`));

describe('a refusal names the key, what was got and what is expected:', () => {
  test('of a wrong schema version', () => {
    expect(refusalOf(textOf('OrderPlaced', { schemaVersion: 2 }))).toMatchObject({
      reason: 'wrong-schema-version',
      problem: 'got schemaVersion 2, expected 1: send the version that the schema registry shows',
    });
    expect(refusalOf(textOf('OrderPlaced', { schemaVersion: undefined })).problem).toContain(
      'got schemaVersion nothing, expected 1',
    );
  });

  test.each([-1, 0])('of a quantity of %i', (quantity) => {
    expect(refusalOf(orderOf([line('1', { quantity })]))).toMatchObject({
      reason: 'invalid',
      problem: `OrderPlaced: lines.0.quantity: Too small: expected number to be >0, got ${quantity}`,
    });
  });

  test('of half a piece', () => {
    expect(refusalOf(orderOf([line('1', { quantity: 1.5 })])).problem).toBe(
      'OrderPlaced: lines.0.quantity: Invalid input: expected int, received number',
    );
  });

  test('of a negative quantity in a parcel', () => {
    const lines = [{ lineId: '1', quantity: -3 }];

    expect(refusalOf(textOf('ShipmentDispatched', { lines })).problem).toBe(
      'ShipmentDispatched: lines.0.quantity: Too small: expected number to be >0, got -3',
    );
  });

  test('of mixed currencies, in a line or beside them', () => {
    const problem = 'OrderPlaced: lines: expected one currency in an order, got EUR and USD';

    expect(refusalOf(orderOf([line('1'), line('2', { unitPrice: dollars })])).problem).toBe(
      problem,
    );
    expect(refusalOf(orderOf([line('1'), line('2', { total: dollars })])).problem).toBe(problem);
    expect(refusalOf(textOf('OrderPlaced', { shipping: dollars })).problem).toContain(
      'got EUR and USD',
    );
    expect(refusalOf(textOf('OrderPlaced', { total: dollars })).problem).toContain(
      'got USD and EUR',
    );
  });

  test('of 501 lines, where 500 are taken', () => {
    expect(parse(orderOf(linesOf(500)))).toMatchObject({ ok: true });
    expect(refusalOf(orderOf(linesOf(501))).problem).toBe(
      'OrderPlaced: lines: Too big: expected array to have <=500 items, got 501',
    );
  });

  test('of no lines', () => {
    expect(refusalOf(orderOf([])).problem).toBe(
      'OrderPlaced: lines: Too small: expected array to have >=1 items, got 0',
    );
  });

  test('of an id of 400 characters, where 128 are taken', () => {
    expect(parse(textOf('OrderPlaced', { orderId: 'i'.repeat(128) }))).toMatchObject({ ok: true });
    expect(refusalOf(textOf('OrderPlaced', { orderId: 'i'.repeat(400) })).problem).toBe(
      'OrderPlaced: orderId: Too big: expected string to have <=128 characters, got 400 characters',
    );
  });

  test('of an id that is a number', () => {
    expect(refusalOf(textOf('OrderPlaced', { orderId: 9_007_199_254_740_992 })).problem).toBe(
      'OrderPlaced: orderId: Invalid input: expected string, received number',
    );
  });

  test('of an amount in fractions of a cent, and of less than nothing', () => {
    const amount = (amountMinor: number) =>
      textOf('RefundIssued', { amount: { ...euros, amountMinor } });

    expect(refusalOf(amount(12.5)).problem).toBe(
      'RefundIssued: amount.amountMinor: Invalid input: expected int, received number',
    );
    expect(refusalOf(amount(-1)).problem).toBe(
      'RefundIssued: amount.amountMinor: Too small: expected number to be >=0, got -1',
    );
  });

  test('of a currency that is none', () => {
    expect(refusalOf(textOf('RefundIssued', { amount: { ...euros, currency: '€' } })).problem).toBe(
      'RefundIssued: amount.currency: expected an ISO 4217 code such as EUR, got 1 characters',
    );
  });

  test('of a line that is there twice', () => {
    expect(refusalOf(orderOf([line('1'), line('1')])).problem).toBe(
      'OrderPlaced: lines: expected every lineId once, got 2',
    );
  });

  test('of an address of the web that is not encrypted', () => {
    const imageUrl = 'http://static.hearth.example/tin.jpg';

    expect(refusalOf(orderOf([line('1', { imageUrl })])).problem).toBe(
      `OrderPlaced: lines.0.imageUrl: Invalid URL, got ${imageUrl.length} characters`,
    );
  });

  test('of a status that carriers do not have', () => {
    expect(refusalOf(textOf('ShipmentUpdated', { status: 'shipped' })).problem).toBe(
      'ShipmentUpdated: status: Invalid option: expected one of "in_transit"|"out_for_delivery"|"delayed"|"lost"|"returned_to_sender", got 7 characters',
    );
  });

  test('of the first five problems, when there are more', () => {
    const { problem } = refusalOf(orderOf(linesOf(9).map((each) => ({ ...each, quantity: 0 }))));

    expect(problem.split('; ')).toHaveLength(5);
  });
});

describe('a refusal has no personal data:', () => {
  const secrets = ['mia.sommer', '5550100', 'Sommer', 'Sampleweg'];

  test.each([
    ['a wrong e-mail address', { contact: { email: 'mia.sommer at mail.example' } }],
    [
      'an e-mail address that is too long',
      { contact: { email: `${'mia.sommer'.repeat(30)}@m.example` } },
    ],
    ['a list of addresses', { contact: { email: ['mia.sommer@mail.example'] } }],
    ['a phone number as a number', { contact: { phone: 4_930_555_010_0 } }],
    ['a phone number that is too long', { contact: { phone: '5550100'.repeat(9) } }],
    ['a name that is too long', { contact: { name: 'Mia Sommer '.repeat(40) } }],
    ['a street that no key is for', { shipTo: { country: 'DE', street: 'Sampleweg 1' } }],
    ['a country in words', { shipTo: { country: 'Sampleweg 1, Germany' } }],
    ['a text where an object is expected', { contact: 'Mia Sommer, mia.sommer@mail.example' }],
  ])('of %s', (_, change) => {
    const { problem } = refusalOf(textOf('OrderPlaced', change));

    expect(problem).toMatch(/contact|shipTo/);
    for (const secret of secrets) expect(problem).not.toContain(secret);
  });
});

test('a fixture is not good for another type', () => {
  const cancelled = fixture('OrderCancelled').detail;

  expect(incomingEvents.ShipmentDispatched.safeParse(cancelled).success).toBe(false);
});
