import { describe, expect, test } from 'vitest';
import { MailStore, unpackedMails } from '#rehearsal/services/packed-mail.ts';

const mail = (touch: string, raw: string) => ({
  messageId: '1',
  at: '2026-03-02T08:00:00.000Z',
  from: 'orders@mail.hearth.example',
  to: ['jana@customers.example'],
  tags: { shop: 'hearth', touch },
  language: 'de',
  raw,
});

const mails = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    mail(
      index % 2 === 0 ? 'care-guide' : 'delay-notice',
      index === 7 ? '' : `Größe ${index}, 大きさ 🎁\r\n`.repeat(index * 40),
    ),
  );

const storeOf = (all: ReturnType<typeof mails>): MailStore => {
  const store = new MailStore();
  for (const each of all) store.add(each);
  return store;
};

describe('packed mails', () => {
  test('say what they said, in whatever order they are read', () => {
    const all = mails(100);

    const stored = storeOf(all).mails;

    expect(stored.map((each) => ({ ...each }))).toEqual(all);
    expect(stored.toReversed().map((each) => each.raw)).toEqual(
      all.toReversed().map((each) => each.raw),
    );
    expect(JSON.parse(JSON.stringify(stored))).toEqual(all);
  });

  test('are at hand before their block is full', () => {
    const store = storeOf([mail('care-guide', 'one'), mail('care-guide', 'two')]);

    expect(store.mails[0]?.raw).toBe('one');
  });

  test.each([0, 1, 32, 100])('%i of them say in another thread what they said', (count) => {
    const store = storeOf(mails(count));

    const there = structuredClone(store.packed());

    expect([...unpackedMails(there)]).toEqual(mails(count));
    expect([...unpackedMails(there)].map((each) => JSON.stringify(each))).toEqual(
      store.mails.map((each) => JSON.stringify(each)),
    );
  });

  test('are taken for broken when there are more texts than messages', () => {
    const { sent, blocks } = storeOf(mails(3)).packed();

    expect(() => [...unpackedMails({ sent: sent.slice(1), blocks })]).toThrow(
      'expected 2 messages, got more texts',
    );
  });
});
