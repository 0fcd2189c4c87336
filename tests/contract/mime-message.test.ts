import { expect, test } from 'vitest';
import { mimeOf } from '#core/adapters/mime-message.ts';
import type { ComposedEmail } from '#core/domain/messages/composed-email.ts';

const email: ComposedEmail = {
  from: { name: 'Hearth & Grain', address: 'orders@mail.hearth.example' },
  replyTo: 'care@hearth.example',
  to: 'mia@mail.example',
  subject: 'Ihre Bestellung 100482 ist unterwegs: Mühle',
  html: '<p>Mühle 🍞</p>',
  text: 'Mühle 🍞',
  headers: {
    'Message-ID': '<0123456789abcdef@mail.hearth.example>',
    'Feedback-ID': 'dispatch-notice:transactional:hearth:afterglow',
    'Auto-Submitted': 'auto-generated',
  },
  composedAt: '2026-11-22T12:00:00.000Z',
  templateLanguage: 'de',
  locale: 'de-DE',
  personalised: ['lines', 'locale'],
  content: [],
};

const written = async (change: Partial<ComposedEmail> = {}): Promise<string> =>
  Buffer.from(await mimeOf({ ...email, ...change })).toString();

const headOf = (mime: string): string => mime.slice(0, mime.indexOf('\r\n\r\n'));

test('the headers are as composed, the date that of the composing', async () => {
  const head = headOf(await written());

  expect(head).toContain('From: "Hearth & Grain" <orders@mail.hearth.example>');
  expect(head).toContain('To: mia@mail.example');
  expect(head).toContain('Reply-To: care@hearth.example');
  expect(head).toContain('Message-ID: <0123456789abcdef@mail.hearth.example>');
  expect(head).toContain('Date: Sun, 22 Nov 2026 12:00:00 +0000');
  expect(head).toContain('Feedback-ID: dispatch-notice:transactional:hearth:afterglow');
  expect(head).toContain('Auto-Submitted: auto-generated');
});

test('text comes before HTML, so that a mailbox prefers the latter', async () => {
  const mime = await written();

  expect(mime).toContain('Content-Type: multipart/alternative');
  expect(mime.indexOf('text/plain')).toBeLessThan(mime.indexOf('text/html'));
});

test('two writings are the same bytes', async () => {
  const first = await mimeOf(email);
  const second = await mimeOf(email);

  expect(Buffer.compare(first, second)).toBe(0);
});

test.each([
  ['subject', { subject: 'Hello\r\nBcc: all@mail.example' }],
  ['sender', { from: { name: 'Shop\r\nBcc: all@mail.example', address: 'a@b.example' } }],
  ['recipient', { to: 'mia@mail.example\r\nBcc: all@mail.example' }],
])('a line break in the %s starts no header', async (_, change) => {
  expect(headOf(await written(change))).not.toMatch(/^Bcc:/m);
});

test('a recipient is one address, whatever it looks like', async () => {
  const head = headOf(await written({ to: 'mia@mail.example, eve@mail.example' }));

  expect(head).not.toMatch(/^To: mia@mail\.example, eve@mail\.example/m);
});

test('an e-mail without Message-ID is refused', async () => {
  await expect(async () => mimeOf({ ...email, headers: {} })).rejects.toThrow('Message-ID');
});
