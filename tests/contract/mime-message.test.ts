import MailComposer from 'nodemailer/lib/mail-composer';
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

const written = (change: Partial<ComposedEmail> = {}): string =>
  Buffer.from(mimeOf({ ...email, ...change })).toString();

/** What the library makes of it by its streams. */
const byTheLibrary = async (change: Partial<ComposedEmail>): Promise<string> => {
  const { from, to, subject, text, html, composedAt, headers: all } = { ...email, ...change };
  const { 'Message-ID': messageId, ...headers } = all;
  const bytes = await new MailComposer({
    from,
    to: { name: '', address: to },
    replyTo: { name: '', address: 'care@hearth.example' },
    subject,
    text,
    html: { content: html, contentTransferEncoding: 'quoted-printable' },
    headers,
    messageId,
    date: new Date(composedAt),
    baseBoundary: '0123456789abcdefmailhearthexampl',
  })
    .compile()
    .build();
  return bytes.toString();
};

const longLine = 'Zwei Töpfe, eine Mühle & "das Übrige". '.repeat(90);

const headOf = (mime: string): string => mime.slice(0, mime.indexOf('\r\n\r\n'));

test('the headers are as composed, the date that of the composing', () => {
  const head = headOf(written());

  expect(head).toContain('From: "Hearth & Grain" <orders@mail.hearth.example>');
  expect(head).toContain('To: mia@mail.example');
  expect(head).toContain('Reply-To: care@hearth.example');
  expect(head).toContain('Message-ID: <0123456789abcdef@mail.hearth.example>');
  expect(head).toContain('Date: Sun, 22 Nov 2026 12:00:00 +0000');
  expect(head).toContain('Feedback-ID: dispatch-notice:transactional:hearth:afterglow');
  expect(head).toContain('Auto-Submitted: auto-generated');
});

test('text comes before HTML, so that a mailbox prefers the latter', () => {
  const mime = written();

  expect(mime).toContain('Content-Type: multipart/alternative');
  expect(mime.indexOf('text/plain')).toBeLessThan(mime.indexOf('text/html'));
});

test.each([
  ['letters beyond ASCII', {}],
  ['ASCII alone', { subject: 'Your order', text: 'On its way.\n', html: '<p>On its way.</p>' }],
  ['no Latin text', { subject: 'Ваш заказ', text: 'Ваш заказ уже в пути. '.repeat(20) }],
  ['long lines', { subject: longLine.slice(0, 200), text: longLine, html: `<p>${longLine}</p>` }],
  ['space before a line’s end', { text: 'a \n\tb\t\r\nü ', html: '<p>ü </p> ' }],
  [
    'addresses beyond ASCII',
    { to: 'jürgen.łoś@bücher.example', from: { name: 'Töpfe 🍞 Łódź', address: 'a@b.example' } },
  ],
  ['a dot and a boundary', { text: '.\n--x\n', html: '.\r\n----_NmP-0123456789abcdef' }],
])('it is what the library writes by its streams: %s', async (_, change) => {
  expect(written(change)).toBe(await byTheLibrary(change));
});

test('beyond 64 KB its lines may end elsewhere than by the library’s streams, and none is too long', async () => {
  const html = `<p>${longLine.repeat(25)}</p>`;
  const lines = written({ html }).split('\r\n');
  const unwrapped = (mime: string): string => mime.replaceAll('=\r\n', '');

  expect(Buffer.byteLength(html)).toBeGreaterThan(64 * 1024);
  expect(unwrapped(lines.join('\r\n'))).toBe(unwrapped(await byTheLibrary({ html })));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(76);
});

test('two writings are the same bytes', () => {
  const first = mimeOf(email);
  const second = mimeOf(email);

  expect(Buffer.compare(first, second)).toBe(0);
});

test.each([
  ['subject', { subject: 'Hello\r\nBcc: all@mail.example' }],
  ['sender', { from: { name: 'Shop\r\nBcc: all@mail.example', address: 'a@b.example' } }],
  ['recipient', { to: 'mia@mail.example\r\nBcc: all@mail.example' }],
])('a line break in the %s starts no header', (_, change) => {
  expect(headOf(written(change))).not.toMatch(/^Bcc:/m);
});

test('a recipient is one address, whatever it looks like', () => {
  const head = headOf(written({ to: 'mia@mail.example, eve@mail.example' }));

  expect(head).not.toMatch(/^To: mia@mail\.example, eve@mail\.example/m);
});

test('an e-mail without Message-ID is refused', () => {
  expect(() => mimeOf({ ...email, headers: {} })).toThrow('Message-ID');
});
