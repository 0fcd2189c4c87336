import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interacted } from '#core/domain/sessions/apply-interaction.ts';
import type { News } from '#core/domain/sessions/news.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import { expired, settled } from '#core/domain/sessions/settle.ts';
import { byThePurchase, minute, sessionOf, shown } from './sessions.ts';

const { impressionId } = shown(1);
const page = sessionOf([shown(1), byThePurchase(2)]);

const acceptedAt = (session: Session, at: number): Session => {
  const result = interacted(session, [{ impressionId, kind: 'accepted' }], {
    now: minute(at),
    confirmWithinMinutes: 15,
  });
  if (result.kind !== 'interacted') throw new Error(result.kind);
  return result.session;
};

const pending = acceptedAt(page, 1);

const confirm = (session: Session, at = 3, offerId = 'offer-1') =>
  settled(session, { offerId, outcome: 'confirmed', at: minute(at) });

const refuse = (session: Session, at = 3) =>
  settled(session, { offerId: 'offer-1', outcome: 'refused', at: minute(at), reason: 'sold-out' });

const expire = (session: Session, at = 16) => expired(session, impressionId, minute(at));

const stateOf = ({ offers }: Session) => offers[0]?.acceptance?.state;
const kindsOf = (news: readonly News[]) => news.map(({ kind }) => kind);

describe('an accepted product', () => {
  test('is a success once the order system has it', () => {
    const { session, news } = confirm(pending);

    expect(session.offers[0]).toMatchObject({
      acceptance: { state: 'confirmed', at: minute(3), validUntil: minute(16) },
      succeededAt: minute(3),
    });
    expect(kindsOf(news)).toEqual(['settled', 'succeeded']);
  });

  test('is none when the order system refuses it, with its reason', () => {
    const { session, news } = refuse(pending);

    expect(session.offers[0]?.acceptance).toMatchObject({ state: 'refused', reason: 'sold-out' });
    expect(session.offers[0]?.succeededAt).toBeUndefined();
    expect(kindsOf(news)).toEqual(['settled']);
  });

  test.each([
    [15, 'pending', []],
    [16, 'expired', ['settled']],
  ])('in minute %i is %s', (at, state, kinds) => {
    const { session, news } = expire(pending, at);

    expect(stateOf(session)).toBe(state);
    expect(kindsOf(news)).toEqual(kinds);
  });

  test('is what the order system says, however late', () => {
    const late = expire(pending).session;

    expect(stateOf(confirm(late, 500).session)).toBe('confirmed');
    expect(stateOf(refuse(late, 500).session)).toBe('refused');
    expect(stateOf(confirm(refuse(pending).session, 9).session)).toBe('confirmed');
  });

  test('that is confirmed is not refused, and does not run out, any more', () => {
    const { session } = confirm(pending);

    expect(refuse(session, 9)).toEqual({ session, news: [], again: [] });
    expect(expire(session)).toEqual({ session, news: [], again: [] });
  });

  test.each([
    ['confirmed', (session: Session) => confirm(session)],
    ['refused', (session: Session) => refuse(session)],
    ['expired', (session: Session) => expire(session)],
  ])('that is %s again changes nothing and is told again as the first time', (_, settle) => {
    const first = settle(pending);

    const second = settle(first.session);

    expect(second.session).toBe(first.session);
    expect(second.news).toEqual([]);
    expect(second.again).toEqual(first.news.filter(({ kind }) => kind === 'settled'));
  });

  test('that was refused and accepted anew is not refused by the first word, come again', () => {
    const anew = acceptedAt(refuse(pending, 3).session, 5);

    expect(stateOf(refuse(anew, 3).session)).toBe('pending');
    expect(stateOf(refuse(anew, 6).session)).toBe('refused');
  });
});

describe('an offer that nobody accepted here', () => {
  test('is confirmed by who knows: a partner whose offer was only clicked on', () => {
    const { session, news } = confirm(page, 90, 'offer-2');

    expect(session.offers[1]).toMatchObject({
      acceptance: { state: 'confirmed' },
      succeededAt: minute(90),
      viewedAt: minute(90),
    });
    expect(kindsOf(news)).toEqual(['shown', 'settled', 'succeeded']);
  });

  test('cannot be refused, nor run out', () => {
    expect(refuse(page).session).toBe(page);
    expect(expire(page).session).toBe(page);
  });

  test('is none of the session’s where its name is unknown', () => {
    expect(confirm(page, 3, 'somebody-else')).toEqual({ session: page, news: [], again: [] });
    expect(expired(page, 'nothing', minute(90)).session).toBe(page);
  });
});

describe('laws of settling', () => {
  const words = fc.array(
    fc.record({
      word: fc.constantFrom('confirm', 'refuse', 'expire', 'accept' as const),
      at: fc.integer({ min: 2, max: 60 }),
    }),
    { maxLength: 10 },
  );

  const run = (all: readonly { word: string; at: number }[]) => {
    let session = pending;
    const news: News[] = [];
    for (const { word, at } of all) {
      if (word === 'accept') {
        session = acceptedAt(session, at);
        continue;
      }
      const step =
        word === 'confirm'
          ? confirm(session, at)
          : word === 'refuse'
            ? refuse(session, at)
            : expire(session, at);
      session = step.session;
      news.push(...step.news);
    }
    return { session, news };
  };

  test('an offer is a success once, and exactly when it was ever confirmed', () => {
    fc.assert(
      fc.property(words, (all) => {
        const { session, news } = run(all);

        const isConfirmed = all.some(({ word }) => word === 'confirm');
        expect(stateOf(session) === 'confirmed').toBe(isConfirmed);
        expect(news.filter(({ kind }) => kind === 'succeeded')).toHaveLength(isConfirmed ? 1 : 0);
      }),
    );
  });
});
