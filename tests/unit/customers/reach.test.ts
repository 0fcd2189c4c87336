import { describe, expect, test } from 'vitest';
import { customerIdOf } from '#core/domain/customers/reach.ts';

const email = { address: 'Mia@mail.example', id: 'email:m' };
const sms = { address: '+4915112345678', id: 'sms:m' };

describe('an order is of', () => {
  test.each([
    ['the customer whom the shop names', { customerId: 'c-17', reach: { email } }, 'c-17'],
    ['the guest of its e-mail address', { reach: { email, sms } }, 'guest:email:m'],
    ['the guest of its phone number, without any other', { reach: { sms } }, 'guest:sms:m'],
    ['nobody, when it has no address that can be used', { phone: '12' }, undefined],
  ])('%s', (_, contact, customerId) => {
    expect(customerIdOf(contact)).toBe(customerId);
  });
});
