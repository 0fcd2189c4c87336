import { describe, expect, it } from 'vitest';
import { encodeTouchRef } from '#core/contracts/touch-ref.ts';
import { wordsIn } from '#rehearsal/diff/message-words.ts';
import type { SentMail } from '#rehearsal/services/mail.ts';
import type { SentText } from '#rehearsal/services/sent-message.ts';

const ref = { shop: 'hearth', orderId: '1001', touchId: 'review-request' };
const tags = { ref: encodeTouchRef(ref) };

const mail = (text: string, html: string, subject = 'How was it?'): SentMail => ({
  messageId: 'm1',
  at: '2026-03-11T09:00:00.000Z',
  from: 'shop@mail.hearth.example',
  to: ['ada@customers.example'],
  tags,
  language: 'en',
  raw: [
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--b--',
    '',
  ].join('\r\n'),
});

const sms = (body: string, given: Partial<SentText> = {}): SentText => ({
  messageId: 's1',
  at: '2026-03-11T09:00:00.000Z',
  from: 'HEARTH',
  to: '+4915112345678',
  body,
  context: tags,
  parts: 1,
  price: 0.1,
  isKeywordAnswer: false,
  ...given,
});

const nothing = { outbox: [], texts: [], pushes: [] };
const said = async (outbox: readonly SentMail[], texts: readonly SentText[] = []) =>
  (await wordsIn({ ...nothing, outbox, texts }))(ref);

describe('the words of a message', () => {
  it('are the same whatever the tokens of its links are', async () => {
    const link = (token: string) => `https://links.hearth.example/c?t=${token}&u=https://hearth`;
    const [one, other] = ['eyJhbGciOiJI.eyJzIjoi.aa-_', 'eyJhbGciOiJI.eyJlIjoi.bb-_'].map(link);

    expect(await said([mail(`See ${one}`, `<a href="${one}">See</a>`)])).toEqual(
      await said([mail(`See ${other}`, `<a href="${other}">See</a>`)]),
    );
    expect(await said([], [sms('See https://links.hearth.example/s/Ab3')])).toEqual(
      await said([], [sms('See https://links.hearth.example/s/Zz9')]),
    );
  });

  it('tell text, HTML and subject apart', async () => {
    const plain = await said([mail('Hello', '<p>Hello</p>')]);
    const restyled = await said([mail('Hello', '<b>Hello</b>')]);
    const reworded = await said([mail('Good day', '<p>Hello</p>')]);
    const retitled = await said([mail('Hello', '<p>Hello</p>', 'Well?')]);

    expect(plain?.subject).toBe('How was it?');
    expect(restyled).toEqual({ ...plain, look: expect.not.stringMatching(plain?.look ?? '^') });
    expect(reworded).toEqual({ ...plain, text: expect.not.stringMatching(plain?.text ?? '^') });
    expect(retitled).toEqual({ ...plain, subject: 'Well?' });
  });

  it('are nobody’s where a message names no touch, such as an answer to a keyword', async () => {
    expect(await said([], [sms('You are out.', { context: {}, isKeywordAnswer: true })])).toBe(
      undefined,
    );
  });
});
