import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  deadlineOf,
  idOf,
  milestonesOf,
  type News,
  nextNews,
  promiseMissed,
} from '#core/domain/orders/milestones.ts';
import { accessLines, isOutstanding, type Order } from '#core/domain/orders/order.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { arrivals, histories, logOf, told } from './histories.ts';

/** More news than this and the journey runs in circles. */
const TOO_MUCH = 100;

/** Everything that a journey deals with before it has to wait. */
const newsOf = (order: Order, before: readonly string[] = []): readonly News[] => {
  const all: News[] = [];
  let seen = before;
  for (
    let news = nextNews(order, seen, 'fulfilment');
    news !== undefined;
    news = nextNews(order, seen, 'fulfilment')
  ) {
    all.push(news);
    seen = news.seen;
    if (all.length > TOO_MUCH) throw new Error(`the news never end: ${seen.join(', ')}`);
  }
  return all;
};

/** What a journey is told while the events arrive, read after each of them. */
const newsWhile = (arriving: readonly OrderEvent[]): readonly News[] =>
  arriving.reduce<readonly News[]>((before, _, index) => {
    const order = orderOf(logOf(arriving.slice(0, index + 1)).events);
    const fresh = order === undefined ? [] : newsOf(order, before.at(-1)?.seen);
    return [...before, ...fresh];
  }, []);

const idsOf = (news: readonly News[]): readonly string[] =>
  news.flatMap(({ kind, subjects }) => subjects.map((subject) => idOf({ kind, subject })));

/** Fulfilment hears nothing of these. */
const ofLaterStages: ReadonlySet<string> = new Set([
  'given-back',
  'disputed',
  'activated',
  'answered-badly',
  'answered-neutrally',
  'answered-well',
  'reviewed',
]);

/** The fulfilment journey's own end: nothing is to come, and the news was not one it waits on from. */
const ends = ({ kind, outstanding }: News): boolean =>
  kind === 'cancelled' ||
  kind === 'settled' ||
  (!outstanding && kind !== 'dispatched' && kind !== 'verification-required');

test('the news of an order come to an end', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const order = told(history);

      const last = newsOf(order).at(-1)?.seen ?? [];

      expect(nextNews(order, last, 'fulfilment')).toBeUndefined();
    }),
  );
});

test('no milestone is dealt with twice, in whatever order the events arrive', () => {
  fc.assert(
    fc.property(arrivals, ({ arriving }) => {
      const ids = idsOf(newsWhile(arriving));

      expect(ids).toEqual([...new Set(ids)]);
    }),
    { numRuns: 300 },
  );
});

test('news are new, and are what has been seen afterwards', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const order = told(history);
      let seen: readonly string[] = [];

      for (const news of newsOf(order)) {
        expect(news.subjects.length).toBeGreaterThan(0);
        const before = new Set(seen);

        expect(idsOf([news]).filter((id) => before.has(id))).toEqual([]);
        expect(news.seen).toEqual(expect.arrayContaining([...seen, ...idsOf([news])]));
        seen = news.seen;
      }
    }),
  );
});

test('every milestone is dealt with, but for those that a parcel’s end makes pointless', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const order = told(history);
      const dealtWith = new Set(idsOf(newsOf(order)));

      const passedOver = milestonesOf(order).filter(
        (each) => !dealtWith.has(idOf(each)) && !ofLaterStages.has(each.kind),
      );

      for (const { kind, subject } of passedOver) {
        expect(['dispatched', 'delivery-failed']).toContain(kind);
        const parcel = order.parcels.find(
          ({ parcelId }) => subject === parcelId || subject.startsWith(`${parcelId}/`),
        );
        expect(parcel?.status).not.toBe('on_its_way');
      }
    }),
    { numRuns: 300 },
  );
});

test('once its delivery was told, a parcel gives no news of its way, however late they arrive', () => {
  fc.assert(
    fc.property(arrivals, ({ arriving }) => {
      // A delivery that names no parcel is read anew as parcels become known.
      fc.pre(arriving.every((event) => event.type !== 'ShipmentDelivered' || event.parcelId));
      const news = newsWhile(arriving);
      const tellings = news.flatMap(({ kind, subjects }) =>
        subjects.map((subject) => ({ kind, parcelId: subject.split('/')[0] })),
      );

      const tooLate = tellings.filter(
        ({ kind, parcelId }, index) =>
          ['dispatched', 'delivery-failed', 'parcel-lost'].includes(kind) &&
          tellings
            .slice(0, index)
            .some((before) => before.kind === 'delivered' && before.parcelId === parcelId),
      );

      expect(tooLate).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('a journey does not end before it has told of every delivery, cancellation and access', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const order = told(history);
      const news = newsOf(order);
      const end = news.findIndex(ends);
      const dealtWith = idsOf(end === -1 ? news : news.slice(0, end + 1));

      const owed = milestonesOf(order).filter(({ kind }) =>
        ['delivered', 'lines-cancelled', 'access-granted', 'cancelled'].includes(kind),
      );

      const isCancelled = owed.some(({ kind }) => kind === 'cancelled');
      const needed = isCancelled ? ['cancelled:order'] : owed.map(idOf);
      expect(dealtWith).toEqual(expect.arrayContaining(needed));
    }),
    { numRuns: 500 },
  );
});

test('an order is not settled while anything is to arrive, or access waits for a review', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const order = told(history);
      const isSettled = milestonesOf(order).some(({ kind }) => kind === 'settled');
      const isAccessHeld = order.risk === 'review' && accessLines(order).length > 0;

      expect(isSettled && (isOutstanding(order) || isAccessHeld)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('a missed promise that was told is nobody’s deadline any more', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const order = told(history);
      const deadline = deadlineOf(order);
      const seen = deadline === undefined ? [] : [promiseMissed(deadline)];

      for (const news of newsOf(order, seen)) expect(news.deadline).toBeUndefined();
    }),
  );
});

test('a promise that was not told is the deadline of every wait', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const order = told(history);

      for (const news of newsOf(order)) expect(news.deadline).toBe(deadlineOf(order));
    }),
  );
});
