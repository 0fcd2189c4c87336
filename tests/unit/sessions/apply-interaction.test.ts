import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Interaction, interacted } from '#core/domain/sessions/apply-interaction.ts';
import type { News } from '#core/domain/sessions/news.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import { expired, settled } from '#core/domain/sessions/settle.ts';
import { countsOf, spendingsOf } from '#core/sessions/news-to-events.ts';
import { byTheClick, byThePurchase, minute, sessionOf, shown } from './sessions.ts';

const said = (slot: number, kind: Interaction['kind']): Interaction => ({
  impressionId: shown(slot).impressionId,
  kind,
});

const page = sessionOf([shown(1), byTheClick(2), byThePurchase(3)]);

const after = (
  session: Session,
  interactions: readonly Interaction[],
  now: string = minute(1),
): { session: Session; news: readonly News[]; again: readonly News[] } => {
  const result = interacted(session, interactions, { now, confirmWithinMinutes: 15 });
  if (result.kind !== 'interacted') throw new Error(`got ${result.kind}, expected interacted`);
  return result;
};

const kindsOf = (news: readonly News[]) => news.map(({ kind }) => kind);

describe('what a customer does with an offer', () => {
  test('shows it once it is seen', () => {
    const { session, news } = after(page, [said(1, 'viewed')]);

    expect(session.offers[0]).toMatchObject({ viewedAt: minute(1) });
    expect(kindsOf(news)).toEqual(['shown']);
  });

  test('asks the order system for a product that is accepted, for a quarter of an hour', () => {
    const { session, news } = after(page, [said(1, 'accepted')]);

    expect(session.offers[0]?.acceptance).toEqual({
      state: 'pending',
      at: minute(1),
      validUntil: minute(16),
      earlierUntil: undefined,
    });
    expect(kindsOf(news)).toEqual(['shown', 'accepted']);
  });

  test('is a success at once where a click is paid for, and no success where a purchase is', () => {
    expect(kindsOf(after(page, [said(2, 'clicked')]).news)).toEqual([
      'shown',
      'clicked',
      'succeeded',
    ]);
    expect(kindsOf(after(page, [said(3, 'clicked')]).news)).toEqual(['shown', 'clicked']);
  });

  test('said again changes nothing, keeps the first time and is told again', () => {
    const first = after(page, [said(1, 'accepted'), said(2, 'clicked')]);

    const second = after(first.session, [said(1, 'accepted'), said(2, 'clicked')], minute(3));

    expect(second.session).toBe(first.session);
    expect(second.news).toEqual([]);
    expect(kindsOf(second.again)).toEqual(['shown', 'accepted', 'shown', 'clicked']);
    expect(second.again.map(({ at }) => at)).toEqual([1, 1, 1, 1].map(minute));
  });

  test('may be an accept after a dismissal, which is taken back, and not the other way round', () => {
    const dismissed = after(page, [said(1, 'dismissed')]).session;

    const accepted = after(dismissed, [said(1, 'accepted')], minute(2)).session;
    const again = after(accepted, [said(1, 'dismissed')], minute(3));

    expect(dismissed.offers[0]?.dismissedAt).toBe(minute(1));
    expect(accepted.offers[0]?.dismissedAt).toBeUndefined();
    expect(again.session).toBe(accepted);
    expect(again.news).toEqual([]);
  });

  test('is refused whole when one offer is not on the page', () => {
    const result = interacted(page, [said(1, 'viewed'), said(9, 'viewed')], {
      now: minute(1),
      confirmWithinMinutes: 15,
    });

    expect(result).toEqual({ kind: 'unknown', impressionId: shown(9).impressionId });
  });

  test('is no accept of what leads somewhere', () => {
    const result = interacted(page, [said(2, 'accepted')], {
      now: minute(1),
      confirmWithinMinutes: 15,
    });

    expect(result).toEqual({ kind: 'not-a-product', impressionId: byTheClick(2).impressionId });
  });

  test.each([
    [24 * 60 - 1, 'interacted'],
    [24 * 60, 'closed'],
  ])('in minute %i of the page is %s', (at, kind) => {
    const setting = { now: minute(at), confirmWithinMinutes: 15 };

    expect(interacted(page, [said(1, 'viewed')], setting).kind).toBe(kind);
  });
});

describe('an accept after one that came to nothing', () => {
  const accepted = after(page, [said(1, 'accepted')]).session;
  const refused = settled(accepted, {
    offerId: 'offer-1',
    outcome: 'refused',
    at: minute(2),
    reason: 'payment-declined',
  }).session;

  test('is another question to the order system, with a time of its own', () => {
    const { session, news } = after(refused, [said(1, 'accepted')], minute(5));

    expect(session.offers[0]?.acceptance).toEqual({
      state: 'pending',
      at: minute(5),
      validUntil: minute(20),
      earlierUntil: minute(16),
    });
    expect(kindsOf(news)).toEqual(['accepted']);
  });

  test('may follow one that ran out', () => {
    const late = expired(accepted, shown(1).impressionId, minute(16)).session;

    expect(kindsOf(after(late, [said(1, 'accepted')], minute(17)).news)).toEqual(['accepted']);
  });

  test('is the first one, come again, when it is of the same time', () => {
    const { session, news } = after(refused, [said(1, 'accepted')], minute(1));

    expect(session).toBe(refused);
    expect(news).toEqual([]);
  });

  test('is not told once the order system has answered: it has heard', () => {
    const { session } = settled(accepted, {
      offerId: 'offer-1',
      outcome: 'confirmed',
      at: minute(2),
    });

    const { news, again } = after(session, [said(1, 'accepted')], minute(3));

    expect(news).toEqual([]);
    expect(kindsOf(again)).toEqual(['shown']);
  });
});

const interactions = fc.array(
  fc
    .record({
      slot: fc.constantFrom(1, 2, 3),
      kind: fc.constantFrom('viewed', 'clicked', 'accepted', 'dismissed' as const),
    })
    .filter(({ slot, kind }) => slot === 1 || kind !== 'accepted')
    .map(({ slot, kind }) => said(slot, kind)),
  { maxLength: 12 },
);

/** Says interactions one request after the other, at one time: when each was first said is another question. */
const saidInTurn = (all: readonly Interaction[]) => {
  let session: Session = page;
  const news: News[] = [];
  for (const each of all) {
    const result = after(session, [each]);
    session = result.session;
    news.push(...result.news);
  }
  const counted = Map.groupBy(countsOf(session, news), ({ offerId }) => offerId);
  return {
    session,
    counts: [...counted]
      .map(([offerId, counts]) => ({
        offerId,
        shown: counts.reduce((sum, each) => sum + each.shown, 0),
        accepted: counts.reduce((sum, each) => sum + each.accepted, 0),
      }))
      .toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1)),
    spent: spendingsOf(news),
  };
};

describe('laws of interactions', () => {
  test('any order of the same gives the same session, counters and spending', () => {
    fc.assert(
      fc.property(
        interactions.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
        ([all, shuffled]) => {
          expect(saidInTurn(shuffled)).toEqual(saidInTurn(all));
        },
      ),
    );
  });

  test('what is said again and again is said once', () => {
    fc.assert(
      fc.property(interactions, fc.integer({ min: 1, max: 3 }), (all, times) => {
        const repeated = Array.from({ length: times }, () => all).flat();

        expect(saidInTurn(repeated)).toEqual(saidInTurn(all));
      }),
    );
  });

  test('one request with all of it is as many with one each', () => {
    fc.assert(
      fc.property(interactions, (all) => {
        expect(after(page, all).session).toEqual(saidInTurn(all).session);
      }),
    );
  });

  test('an offer is counted as shown once at most, and succeeds no more often than it was shown', () => {
    fc.assert(
      fc.property(interactions, (all) => {
        for (const { shown: times, accepted } of saidInTurn(all).counts) {
          expect(times).toBe(1);
          expect(accepted).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
