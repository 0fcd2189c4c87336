import { describe, expect, test } from 'vitest';
import config from '#config';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { touchRefIn } from '#core/contracts/touch-ref.ts';
import { deliverTouch } from '#core/delivery/deliver-touch.ts';
import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import { type Customer, newCustomer } from '#core/domain/customers/customer.ts';
import { noExperiments } from '#core/domain/experiments/experiment.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { Purpose } from '#core/domain/touches/touch.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { MailResult } from '#core/ports/mailer.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';
import type { EmailRequest } from '#lambdas/deliver-email/compose-email.ts';
import { deliverEmail } from '#lambdas/deliver-email/deliver-email.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryContactLog } from '#tests/fakes/in-memory-contact-log.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryMailbox } from '#tests/fakes/in-memory-mailbox.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemorySuppressions } from '#tests/fakes/in-memory-suppressions.ts';
import { inMemoryTouchRecords } from '#tests/fakes/in-memory-touch-records.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import { at, delivered, dispatched, placed } from '#tests/unit/orders/order-events.ts';
import { dispatchNotice } from '#touches/dispatch-notice/touch.ts';

const recordOf = (purpose: Purpose): TouchRecord => ({
  shop: 'hearth',
  orderId: '100482',
  touch: 'dispatch-notice',
  touchId: 'dispatch-notice:P1',
  subjects: ['P1'],
  purpose,
  decision: { kind: 'send', channel: 'email', rules: [] },
  decidedAt: at(12),
  turn: 1,
  earlier: [],
  zones: ['Europe/Berlin'],
  state: 'decided',
  attempts: 0,
});

const compose = async ({ to, touch, now }: EmailRequest) => ({
  from: { name: 'Hearth', address: 'orders@mail.hearth.example' },
  replyTo: undefined,
  to,
  subject: touch.name,
  html: '<p>On its way.</p>',
  text: 'On its way.',
  headers: {},
  composedAt: now,
  templateLanguage: 'de',
  locale: 'de-DE',
  personalised: ['lines', 'locale'] as const,
  content: [],
});

interface World {
  readonly purpose?: Purpose;
  readonly events?: readonly OrderEvent[];
  readonly customer?: Customer;
  readonly answer?: (mail: number) => MailResult;
  readonly busBreaks?: () => boolean;
  /** Whether the outcome of a sending is lost. */
  readonly recordBreaks?: () => boolean;
  readonly suppressed?: Readonly<Record<string, AddressSuppression>>;
}

const breaking = (records: TouchRecords, breaks: () => boolean): TouchRecords => ({
  ...records,
  finish: async (ref, outcome) => {
    if (breaks()) throw new Error('the record could not be written');
    await records.finish(ref, outcome);
  },
});

const setUp = ({ purpose = 'transactional', ...world }: World = {}) => {
  const { events = [placed(), dispatched(12, 'P1')], customer, suppressed = {} } = world;
  const ref = recordOf(purpose);
  const records = inMemoryTouchRecords(ref);
  const bus = inMemoryEventBus(world.busBreaks);
  const mailbox = inMemoryMailbox(world.answer);
  const suppressions = inMemorySuppressions(suppressed);
  const paced: number[] = [];
  const deliver = deliverTouch({
    channel: 'email',
    shops: config.shops,
    policy: config.policy,
    experiments: noExperiments,
    // The purpose that a touch was decided under is on its record.
    touches: { 'dispatch-notice': dispatchNotice },
    orders: inMemoryOrderLogs({ ...logOf(events), version: 1 }),
    customers: inMemoryCustomers(...(customer === undefined ? [] : [customer])),
    records: breaking(records, world.recordBreaks ?? (() => false)),
    purchases: inMemoryPurchases(),
    catalogue: inMemoryCatalogue(),
    suppressions,
    log: inMemoryContactLog(),
    placeZones: () => [],
    prepare: deliverEmail({
      compose,
      mimeOf: ({ text }) => new TextEncoder().encode(text),
      send: mailbox.send,
      pace: async (units) => void paced.push(units),
    }),
    publisher: bus,
    now: () => new Date(at(13)),
  });
  const stored = async (): Promise<TouchRecord | undefined> =>
    (await records.ofOrder('hearth', '100482'))[0];
  return { deliver: () => deliver(ref), stored, records, bus, mailbox, paced };
};

describe('a touch in the queue', () => {
  test('is sent to the order’s address, recorded and told of', async () => {
    const { deliver, stored, bus, mailbox } = setUp();

    expect(await deliver()).toBe('sent');

    expect(mailbox.mails).toEqual([
      {
        from: 'orders@mail.hearth.example',
        to: 'mia.sommer@mail.example',
        raw: new TextEncoder().encode('On its way.'),
        tags: {
          shop: 'hearth',
          touch: 'dispatch-notice',
          orderId: '100482',
          ref1: expect.any(String),
        },
      },
    ]);
    expect(await stored()).toMatchObject({
      state: 'sent',
      attempts: 1,
      outcome: { at: at(13), messageId: 'm-1', locale: 'de-DE', inDoubt: false },
    });
    expect(bus.events).toMatchObject([{ type: 'MessageSent', detail: { messageId: 'm-1' } }]);
  });

  test('is told of in the words of the contract, without an address', async () => {
    const { deliver, bus } = setUp();
    await deliver();

    const [fact] = bus.events;

    expect(outgoingEvents.MessageSent.parse(fact?.detail)).toEqual(fact?.detail);
    expect(JSON.stringify(fact)).not.toContain('@');
  });

  test('is sent once, though its message comes twice', async () => {
    const { deliver, mailbox } = setUp();

    expect(await deliver()).toBe('sent');
    expect(await deliver()).toBe('already-done');

    expect(mailbox.mails).toHaveLength(1);
  });

  test('goes to the address that is known of the customer when the order has none', async () => {
    const customer = { ...newCustomer('hearth', 'c-17'), profile: { email: 'mia@home.example' } };
    const { deliver, mailbox } = setUp({
      customer,
      events: [placed({ contact: { customerId: 'c-17' } }), dispatched(12, 'P1')],
    });

    await deliver();

    expect(mailbox.mails).toMatchObject([{ to: 'mia@home.example' }]);
  });
});

test('a mail names its touch and its order, so that feedback finds them', async () => {
  const { deliver, mailbox } = setUp();

  await deliver();

  expect(touchRefIn(mailbox.mails[0]?.tags ?? {})).toEqual({
    shop: 'hearth',
    orderId: '100482',
    touchId: 'dispatch-notice:P1',
  });
});

test('a mail waits its turn before the provider is called', async () => {
  const { deliver, paced, stored } = setUp({
    answer: () => {
      expect(paced).toEqual([1]);
      return { kind: 'accepted', messageId: 'm-1' };
    },
  });

  await deliver();

  expect(await stored()).toMatchObject({ state: 'sent' });
});

describe('a crash between the provider’s answer and its record', () => {
  test('sends a transactional touch again, and says that it may have come twice', async () => {
    const { deliver, stored, bus, mailbox } = setUp({ recordBreaks: breaksOnce() });

    await expect(deliver()).rejects.toThrow('the record');
    expect(await deliver()).toBe('sent');

    expect(mailbox.mails).toHaveLength(2);
    expect(await stored()).toMatchObject({ attempts: 2, outcome: { inDoubt: true } });
    expect(bus.events).toMatchObject([{ detail: { messageId: 'm-2', inDoubt: true } }]);
  });

  test('does not send a marketing touch again, and leaves the doubt on record', async () => {
    const { deliver, stored, bus, mailbox } = setUp({
      purpose: 'marketing',
      recordBreaks: breaksOnce(),
    });

    await expect(deliver()).rejects.toThrow('the record');
    expect(await deliver()).toBe('in-doubt');
    expect(await deliver()).toBe('already-done');

    expect(mailbox.mails).toHaveLength(1);
    expect(await stored()).toMatchObject({ state: 'in-doubt', outcome: { at: at(13) } });
    expect(bus.events).toEqual([]);
  });
});

describe('a crash between the record and the fact', () => {
  test('leaves the fact to be told when the message comes again, and sends nothing', async () => {
    const { deliver, bus, mailbox } = setUp({ busBreaks: breaksOnce() });

    await expect(deliver()).rejects.toThrow('the bus');
    expect(await deliver()).toBe('already-done');

    expect(mailbox.mails).toHaveLength(1);
    expect(bus.events).toMatchObject([{ type: 'MessageSent', detail: { messageId: 'm-1' } }]);
  });
});

describe('a provider', () => {
  test('that will never take the message settles it', async () => {
    const { deliver, stored, bus } = setUp({
      answer: () => ({ kind: 'refused', because: 'MessageRejected: on a list' }),
    });

    expect(await deliver()).toBe('refused');
    expect(await deliver()).toBe('already-done');

    expect(await stored()).toMatchObject({
      state: 'refused',
      outcome: { because: 'MessageRejected: on a list' },
    });
    expect(bus.events).toEqual([]);
  });

  test('that may take it later leaves it to the queue, and counts no attempt', async () => {
    const { deliver, stored, mailbox } = setUp({
      purpose: 'marketing',
      answer: (mail) =>
        mail === 1
          ? { kind: 'later', because: 'Throttling' }
          : { kind: 'accepted', messageId: `m-${mail}` },
    });

    await expect(deliver()).rejects.toThrow('Throttling');
    expect(await stored()).toMatchObject({ state: 'decided', attempts: 0 });
    expect(await deliver()).toBe('sent');

    expect(mailbox.mails).toHaveLength(1);
    expect(await stored()).toMatchObject({ outcome: { inDoubt: false } });
  });

  test('that does not answer may have taken it', async () => {
    const { deliver, stored } = setUp({
      answer: (mail) => {
        if (mail === 1) throw new Error('no answer');
        return { kind: 'accepted', messageId: `m-${mail}` };
      },
    });

    await expect(deliver()).rejects.toThrow('no answer');
    expect(await stored()).toMatchObject({ state: 'sending', attempts: 1 });
    expect(await deliver()).toBe('sent');

    expect(await stored()).toMatchObject({ outcome: { inDoubt: true } });
  });
});

describe('a touch that may not go any more', () => {
  test('is dropped when its order has arrived meanwhile', async () => {
    const { deliver, stored, bus, mailbox } = setUp({
      events: [placed(), dispatched(12, 'P1'), delivered(13, 'P1')],
    });

    expect(await deliver()).toBe('dropped');

    expect(mailbox.mails).toEqual([]);
    expect(await stored()).toMatchObject({ outcome: { reason: 'no-longer-relevant' } });
    expect(bus.events).toEqual([]);
  });

  test('is decided again, for another channel, when the address was suppressed meanwhile', async () => {
    const email = { address: 'mia@mail.example', id: 'email:mia' };
    const { deliver, mailbox, paced } = setUp({
      events: [
        placed({ contact: { email: email.address, reach: { email } } }),
        dispatched(12, 'P1'),
      ],
      suppressed: { 'email:mia': { reason: 'bounced', at: at(12) } },
    });

    expect(await deliver()).toBe('returned');

    expect(mailbox.mails).toEqual([]);
    expect(paced).toEqual([]);
  });

  test('is decided again when nobody has an address', async () => {
    const { deliver, stored } = setUp({
      events: [placed({ contact: {} }), dispatched(12, 'P1')],
    });

    expect(await deliver()).toBe('returned');

    expect(await stored()).toMatchObject({ state: 'returned' });
  });
});

test('a touch whose order is gone is left to the queue, by its name', async () => {
  const { deliver } = setUp({ events: [] });

  await expect(deliver()).rejects.toThrow('order 100482 of hearth has not come');
});
