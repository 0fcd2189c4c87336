import { describe, expect, test } from 'vitest';
import { detailsOf, page, scenarioOf } from './notes.ts';

/** A page whose customer is this. */
const of = (customer: string, when = '') =>
  scenarioOf(
    page(when).replace('{ id: c-1, name: Jana Krüger, email: jana@customers.example }', customer),
  );

const consentsOf = (customer: string, when = '') => detailsOf(of(customer, when), 'ConsentChanged');

describe('a consent', () => {
  test('that is given counts as confirmed', () => {
    expect(
      consentsOf('{ id: c-1, consents: [marketing by email, marketing by sms] }'),
    ).toMatchObject([
      { purpose: 'marketing', channel: 'email', state: 'granted', confirmed: true },
      { purpose: 'marketing', channel: 'sms', state: 'granted', confirmed: true },
    ]);
  });

  test.each([
    ['marketing by email unconfirmed', { confirmed: false }],
    ['marketing by email as soft opt-in', { basis: 'soft-opt-in', confirmed: false }],
    ['{ for: marketing by email, legal entity: Another GmbH }', { legalEntity: 'Another GmbH' }],
  ])('may be %s', (written, consent) => {
    expect(consentsOf(`{ id: c-1, consents: [${written}] }`)).toMatchObject([
      { purpose: 'marketing', channel: 'email', state: 'granted', ...consent },
    ]);
  });

  test('that comes with an order names it, and any other none', () => {
    const when = (order: string): string =>
      `  - day 1: order placed\n    order: B\n    lines: [HG-BEA-250]\n  - day 1: consent given\n    for: marketing by email${order}`;

    expect(consentsOf('{ id: c-1 }', when('\n    order: B'))).toMatchObject([
      { orderId: 'a.1.a-page-B' },
    ]);
    expect(consentsOf('{ id: c-1 }', when(''))[0]).not.toHaveProperty('orderId');
  });

  test('of a guest is known by the address, or else the number', () => {
    const [mail] = consentsOf('{ name: Tom, email: Tom@b.example, consents: [service by sms] }');
    const [text] = consentsOf('{ name: Tom, phone: +49 151 23456789, consents: [service by sms] }');

    expect(mail).toMatchObject({ email: 'Tom+a.1.a-page@b.example' });
    expect(mail).not.toHaveProperty('customerId');
    expect(text?.['phone']).toMatch(/^\+49 151 234\d{5}$/);
  });

  test('of a guest may name another address, or an account', () => {
    const when =
      '  - day 1: consent withdrawn\n    for: marketing by email\n    email: TOM@b.example\n  - day 2: consent withdrawn\n    for: marketing by email\n    id: c-9';

    expect(consentsOf('{ name: Tom, email: tom@b.example }', when)).toMatchObject([
      { email: 'TOM+a.1.a-page@b.example' },
      { customerId: 'a.1.a-page-c-9' },
    ]);
  });
});

test('a guest who orders with an account names it in the order', () => {
  const scenario = of(
    '{ name: Tom, email: tom@b.example }',
    '  - day 1: order placed\n    order: B\n    id: c-9\n    email: TOM@b.example\n    lines: [HG-BEA-250]',
  );

  expect(detailsOf(scenario, 'OrderPlaced').at(-1)).toMatchObject({
    contact: { customerId: 'a.1.a-page-c-9', name: 'Tom', email: 'TOM+a.1.a-page@b.example' },
  });
});

test('a phone number is the scenario’s own, the same in every spelling', () => {
  const phoneOf = (phone: string, name = 'A page'): unknown => {
    const text = page('').replace(' }', `, phone: ${phone} }`).replace('A page', name);
    return Object(detailsOf(scenarioOf(text), 'OrderPlaced')[0]?.['contact']).phone;
  };
  const [spaced, plain] = [phoneOf('+49 151 23456789'), phoneOf('+4915123456789')];

  expect(spaced).toMatch(/^\+49 151 234\d{5}$/);
  expect(plain).toBe(String(spaced).replaceAll(' ', ''));
  expect(phoneOf('+49 151 23456789', 'Another page')).not.toBe(spaced);
});

test('an app is a device of the scenario’s own, and the one that is removed', () => {
  const scenario = of('{ id: c-1, app: Android }', '  - day 2: app removed');
  const [installed] = detailsOf(scenario, 'DeviceRegistered');

  expect(installed).toMatchObject({ customerId: 'a.1.a-page-c-1', platform: 'GCM' });
  expect(detailsOf(scenario, 'DeviceRemoved')).toMatchObject([{ token: installed?.['token'] }]);
});
