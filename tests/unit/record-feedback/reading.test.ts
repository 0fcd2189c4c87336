import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { providerFeedback } from '#core/adapters/provider-feedback.ts';
import { fixture, RECEIVED_AT } from './set-up.ts';

const readingOf = (message: unknown) =>
  providerFeedback({
    body: typeof message === 'string' ? message : JSON.stringify(message),
    receivedAt: RECEIVED_AT,
  });

const email = {
  about: 'message',
  channel: 'email',
  ref: { shop: 'hearth', orderId: 'A-1001', touchId: 'dispatch-notice:P1' },
  messageId: '0107018f-ses-1',
  recipient: 'ada@customers.example',
};

const sms = {
  about: 'message',
  channel: 'sms',
  ref: { shop: 'hearth', orderId: 'A-1001', touchId: 'delivery-notice:P1' },
  messageId: '862a8790-60c0-4430-9b2b-658bdexample',
  recipient: '+14255550156',
  at: '2026-11-20T09:30:04.670Z',
  usd: 0.09882,
};

const text = { about: 'text', from: '+14255550156', at: RECEIVED_AT };

const feedback: Readonly<Record<string, object>> = {
  'ses-delivered': { ...email, at: '2026-11-20T09:30:04.669Z', fate: { kind: 'delivered' } },
  'ses-bounced-for-good': {
    ...email,
    at: '2026-11-20T09:30:05.669Z',
    fate: { kind: 'bounced', permanent: true, because: 'Permanent/General 5.1.1' },
  },
  'ses-bounced-for-now': {
    ...email,
    at: '2026-11-20T23:30:05.669Z',
    fate: { kind: 'bounced', permanent: false, because: 'Transient/MailboxFull 5.2.2' },
  },
  'ses-complained': { ...email, at: '2026-11-20T18:05:39.123Z', fate: { kind: 'complained' } },
  'ses-kept-back': {
    ...email,
    at: '2026-11-20T09:30:05.123Z',
    fate: {
      kind: 'bounced',
      permanent: true,
      because: 'kept back: on the suppression list of the account after a complaint',
    },
  },
  'ses-rejected': {
    ...email,
    at: '2026-11-20T09:30:04.000Z',
    fate: { kind: 'bounced', permanent: false, because: 'rejected: Bad content' },
  },
  'ses-delayed': {
    ...email,
    at: '2026-11-20T09:30:04.000Z',
    fate: { kind: 'underway', because: 'delayed: MailboxFull' },
  },
  'eum-successful': { ...sms, fate: { kind: 'delivered' } },
  'eum-delivered': { ...sms, at: '2026-11-20T09:30:09.000Z', fate: { kind: 'delivered' } },
  'eum-queued': {
    ...sms,
    at: '2026-11-20T09:30:02.100Z',
    usd: undefined,
    fate: { kind: 'underway', because: 'queued' },
  },
  'eum-invalid': {
    ...sms,
    fate: { kind: 'bounced', permanent: true, because: 'the number is invalid' },
  },
  'eum-carrier-blocked': {
    ...sms,
    fate: { kind: 'bounced', permanent: false, because: 'the carrier blocked the message' },
  },
  'eum-unknown': {
    ...sms,
    at: '2026-11-23T09:30:02.012Z',
    fate: { kind: 'underway', because: 'unknown' },
  },
  'text-stop': { ...text, asks: 'stop' },
  'text-start': { ...text, asks: 'start' },
  'text-help': { ...text, asks: 'help' },
  'text-other': { ...text, asks: 'other' },
};

const notOurs: Readonly<Record<string, string>> = {
  'ses-of-another-system': 'an e-mail without a touch',
  'eum-of-another-system': 'a text without a touch',
};

describe('what a provider tells', () => {
  test('has a fixture each that is read here', () => {
    const names = readdirSync('tests/fixtures/feedback').map((file) => file.replace('.json', ''));

    expect(Object.keys({ ...feedback, ...notOurs }).toSorted()).toEqual(names.toSorted());
  });

  test.each(Object.entries(feedback))('is read from %s', (name, expected) => {
    const read = { kind: 'read', feedback: expected };

    expect(readingOf(fixture(name))).toEqual(read);
  });

  test.each(Object.entries(notOurs))('is of nobody’s touch in %s', (name, what) => {
    expect(readingOf(fixture(name))).toEqual({ kind: 'not-ours', what });
  });

  test('in a text from a sender without a number is nobody’s', () => {
    const fromShortCode = { ...fixture('text-stop'), originationNumber: '72975' };

    expect(readingOf(fromShortCode)).toEqual({
      kind: 'not-ours',
      what: 'a text from no phone number',
    });
  });

  test('is found by a recipient with a name, in the one spelling of the address', () => {
    const event = fixture('ses-delivered');
    const { mail, ...rest } = Object(event['detail']);
    const named = { ...mail, destination: ['Ada <A.Da+shop@Googlemail.com>'] };

    expect(readingOf({ ...event, detail: { ...rest, mail: named } })).toMatchObject({
      feedback: { recipient: 'ada@gmail.com' },
    });
  });
});

const sesWith = (change: object) => ({
  ...fixture('ses-delivered'),
  detail: { ...Object(fixture('ses-delivered')['detail']), ...change },
});

const mailWith = (change: object) =>
  sesWith({ mail: { ...Object(Object(fixture('ses-delivered')['detail']).mail), ...change } });

const unreadable: readonly (readonly [string, unknown, string, RegExp])[] = [
  ['text that is not JSON', 'Successfully validated', 'not-json', /not JSON/],
  ['JSON of no provider', { hello: 1 }, 'not-an-event', /raw message delivery/],
  ['a number', 5, 'not-an-event', /no event of SES/],
  [
    'an event of SES that is not subscribed to',
    { ...fixture('ses-delivered'), 'detail-type': 'Email Opened' },
    'unknown-event-type',
    /got detail-type "Email Opened" from SES, expected one of Email Delivered/,
  ],
  ['a delivery without its time', sesWith({ delivery: {} }), 'invalid', /delivery\.timestamp/],
  ['a message to nobody', mailWith({ destination: [] }), 'invalid', /mail\.destination/],
  [
    'a message to no address',
    mailWith({ destination: ['ada'] }),
    'invalid',
    /mail\.destination: got 3 characters/,
  ],
  [
    'a touch reference that names no touch',
    mailWith({ tags: { ref1: ['bm9wZQ'] } }),
    'invalid',
    /names no touch/,
  ],
  [
    'a touch reference of a text that names no touch',
    { ...fixture('eum-delivered'), context: { ref: 'bm9wZQ' } },
    'invalid',
    /names no touch/,
  ],
  [
    'an event of SES without an envelope',
    { source: 'aws.ses', detail: {} },
    'invalid',
    /as EventBridge writes it: time/,
  ],
  [
    'an unknown type of event of a text',
    { ...fixture('eum-delivered'), eventType: 'TEXT_READ' },
    'unknown-event-type',
    /got eventType "TEXT_READ", expected one of TEXT_DELIVERED/,
  ],
  [
    'a price that is no number',
    { ...fixture('eum-delivered'), totalMessagePrice: 'free' },
    'invalid',
    /totalMessagePrice/,
  ],
];

describe('what cannot be read', () => {
  test.each(unreadable)('as %s says why', (_, message, reason, problem) => {
    expect(readingOf(message)).toEqual({
      kind: 'unreadable',
      reason,
      problem: expect.stringMatching(problem),
    });
  });

  test('never quotes an address', () => {
    const number = { ...fixture('eum-delivered'), destinationPhoneNumber: '0049 151 2345678' };
    const broken = [mailWith({ destination: ['ada(at)customers.example'] }), number];

    for (const reading of broken.map(readingOf)) {
      expect(reading.kind).toBe('unreadable');
      expect(JSON.stringify(reading)).not.toMatch(/customers|151/);
    }
  });
});
