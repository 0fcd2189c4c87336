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
  test('say what they said, in whatever order they are read', () => {
    const pack = mailPacker();
    const mails = Array.from({ length: 100 }, (_, index) =>
      mail(
        index % 2 === 0 ? 'care-guide' : 'delay-notice',
        index === 7 ? '' : `Größe ${index}, 大きさ 🎁\r\n`.repeat(index * 40),
      ),
    );

    const packed = mails.map((each) => pack(each));

    expect(packed.map((each) => ({ ...each }))).toEqual(mails);
    expect(packed.toReversed().map((each) => each.raw)).toEqual(
      mails.toReversed().map((each) => each.raw),
    );
    expect(JSON.parse(JSON.stringify(packed))).toEqual(mails);
  });

  test('are at hand before their block is full', () => {
    const pack = mailPacker();

    const first = pack(mail('care-guide', 'one'));
    pack(mail('care-guide', 'two'));

    expect(first.raw).toBe('one');
  });
});
