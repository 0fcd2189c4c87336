import { describe, expect, test } from 'vitest';
import { mailPacker } from '#rehearsal/services/packed-mail.ts';

const mail = (touch: string, raw: string) => ({
  messageId: '1',
  at: '2026-03-02T08:00:00.000Z',
  from: 'orders@mail.hearth.example',
  to: ['jana@customers.example'],
  tags: { shop: 'hearth', touch },
  language: 'de',
  raw,
});

describe('packed mails', () => {
  test('say what they said, whatever the first of their touch said', () => {
    const pack = mailPacker();
    const mails = [
      mail('care-guide', ''),
      mail('care-guide', 'Größe, 大きさ 🎁\r\n'.repeat(4_000)),
      mail('delay-notice', 'Order 7 is late.\r\n'.repeat(3_000)),
      mail('delay-notice', `Order 8 is late.\r\n${'Sorry.\r\n'.repeat(9_000)}`),
      mail('delay-notice', '-'),
    ];

    const packed = mails.map((each) => pack(each));

    expect(packed.map((each) => ({ ...each }))).toEqual(mails);
    expect(JSON.parse(JSON.stringify(packed))).toEqual(mails);
  });
});
