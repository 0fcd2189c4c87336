import fc from 'fast-check';
import { consentChannels, consentOf } from '#core/domain/customers/consent.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import type { Customers } from '#core/ports/customers.ts';
import { at, placed } from '#tests/unit/orders/order-events.ts';
import { messageOf, tell } from './set-up.ts';

interface Naming {
  readonly customerId?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

const customerId = fc.constantFrom('c-1', 'c-2', 'c-3');

/** Three mailboxes, in the spellings that customers use. */
const email = fc.constantFrom(
  'mia.sommer@gmail.com',
  'Mia.Sommer+shop@googlemail.com',
  'miasommer@gmail.com',
  'ada@mail.example',
  'ADA@Mail.Example',
  'kim@mail.example',
);

/** One number in two spellings, and one that is none. */
const phone = fc.constantFrom('0151 12345678', '+49 (0)151-12345678', '12');

const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(some, { nil: undefined });

/** As shops name people: by their id, by an address, by both; an order may name nobody. */
const naming: fc.Arbitrary<Naming> = fc.oneof(
  fc.record({ customerId, email: maybe(email), phone: maybe(phone) }),
  fc.record({ email, phone: maybe(phone) }),
  fc.record({ phone }),
);

const minute = fc.integer({ min: 0, max: 6 });

const ordered = fc.tuple(minute, naming, fc.nat()).map(
  ([when, contact, number]) =>
    (index: number) =>
      messageOf(
        placed({
          eventId: `placed-${index}`,
          orderId: `order-${number}-${index}`,
          occurredAt: at(when),
          contact,
        }),
      ),
);

const toldOf = fc
  .record({
    when: minute,
    who: naming,
    id: customerId,
    isFirst: fc.boolean(),
    channel: fc.constantFrom('email' as const, 'sms' as const),
    kind: fc.constantFrom(
      'consent' as const,
      'case' as const,
      'device' as const,
      'profile' as const,
    ),
  })
  .map(({ when, who, id, isFirst, channel, kind }) => (index: number): string => {
    const common = { eventId: `told-${index}`, occurredAt: at(when) };
    switch (kind) {
      case 'consent':
        return tell('ConsentChanged', {
          ...common,
          ...who,
          purpose: 'marketing',
          channel,
          state: isFirst ? 'granted' : 'withdrawn',
          source: 'checkout',
        });
      case 'case':
        return tell(isFirst ? 'SupportCaseOpened' : 'SupportCaseClosed', {
          ...common,
          ...who,
          caseId: 'K-1',
        });
      case 'device':
        return tell('DeviceRegistered', {
          ...common,
          customerId: id,
          token: isFirst ? 'T-1' : 'T-2',
          platform: 'GCM',
        });
      case 'profile':
        return tell('CustomerUpdated', {
          ...common,
          customerId: id,
          profile: { email: who.email, name: isFirst ? 'Mia' : undefined },
        });
    }
  });

/** What shops tell of three people under several ids and addresses. */
export const histories: fc.Arbitrary<readonly string[]> = fc
  .array(fc.oneof(ordered, toldOf), { minLength: 1, maxLength: 9 })
  .map((events) => events.map((event, index) => event(index)));

/** The same as a queue may bring it: in any order, any of it twice. */
export const arrivalsOf = (history: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.shuffledSubarray([...history, ...history], { minLength: history.length }).map((some) => [
    ...some,
    // The queue loses nothing: what it has not brought yet comes at the end.
    ...history.filter((message) => !some.includes(message)),
  ]);

const ids = [
  'c-1',
  'c-2',
  'c-3',
  'guest:email:miasommer@gmail.com',
  'guest:email:ada@mail.example',
  'guest:email:kim@mail.example',
  'guest:sms:+4915112345678',
];

/** What is known of everybody, by every id under which they may be asked for. */
export const everybody = async (customers: Customers): Promise<object> =>
  Object.fromEntries(
    await Promise.all(
      ids.map(async (id) => {
        const customer = await customers.read('hearth', id);
        return [id, customer === undefined ? undefined : whole(customer)];
      }),
    ),
  );

/** All but how often it was written, with the consent that stands. */
const whole = (customer: Customer) => ({
  ...customer,
  version: undefined,
  stands: consentChannels.map((channel) => consentOf(customer, 'marketing', channel)),
});
