import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import type { Contact } from '#core/domain/contact-policy/contact-history.ts';
import { touchIdOf } from '#core/domain/touches/touch.ts';
import { inMemoryContactLog } from '#tests/fakes/in-memory-contact-log.ts';
import { smallPolicy, touchOf } from '#tests/unit/contact-policy/policy-inputs.ts';
import { requestOf, worldOf } from './world.ts';

const idOf = (request: ReturnType<typeof requestOf>) => touchIdOf(request, sha256Digest);

const weekly = (max: number) => ({
  quietHours: [],
  caps: [{ name: 'a week', max, hours: 168, counts: {}, limits: {} }],
});

const placesOf = (contacts: readonly Contact[]): readonly string[] =>
  contacts.map(({ touchId }) => touchId).toSorted();

describe('a cap', () => {
  test('is never exceeded, however reads and writes of concurrent decisions interleave', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 2, maxLength: 8 }),
        async (scheduler, max, subjects) => {
          const log = inMemoryContactLog([], () => scheduler.schedule(Promise.resolve()));
          const world = worldOf({ log, policy: weekly(max) });

          const all = Promise.all(
            subjects.map((subject) => world.decide(requestOf('offer', subject))),
          );
          await scheduler.waitFor(all);

          const touches = new Set(subjects.map((subject) => idOf(requestOf('offer', subject))));
          const { contacts, held } = await scheduler.waitFor(world.history());
          const sent = new Set(world.queue.refs.map(({ touchId }) => touchId));
          expect(placesOf(contacts)).toEqual([...sent].toSorted());
          expect(sent.size).toBe(Math.min(max, touches.size));
          expect(held).toHaveLength(touches.size - sent.size);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('of two is kept by a hundred decisions at once, and all of them come through', async () => {
    const world = worldOf({ policy: weekly(2) });
    const subjects = Array.from({ length: 100 }, (_, index) => `${index}`);

    const decisions = await Promise.all(
      subjects.map((subject) => world.decide(requestOf('offer', subject))),
    );

    expect(decisions.filter(({ kind }) => kind === 'send')).toHaveLength(2);
    expect(decisions.filter(({ kind }) => kind === 'hold')).toHaveLength(98);
    expect(await world.history()).toMatchObject({ contacts: { length: 2 }, held: { length: 98 } });
  });

  test('is taken once by a request that is repeated, at once or after a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(5), async (scheduler, crashes) => {
        let calls = 0;
        const log = inMemoryContactLog([], async () => {
          await scheduler.schedule(Promise.resolve());
          calls += 1;
          if (calls === crashes) throw new Error('the function crashed');
        });
        const world = worldOf({ log, policy: weekly(2) });

        const tries = Promise.allSettled([1, 2, 3].map(() => world.decide(requestOf('offer'))));
        await scheduler.waitFor(tries);
        await scheduler.waitFor(world.decide(requestOf('offer')));

        const { contacts } = await scheduler.waitFor(world.history());
        expect(placesOf(contacts)).toEqual(['offer']);
      }),
      { numRuns: 100 },
    );
  });
});

const ranked = ['first', 'second', 'third', 'fourth', 'fifth'] as const;
type Ranked = (typeof ranked)[number];

const touches = Object.fromEntries(ranked.map((name) => [name, touchOf({ name })]));

interface Contest {
  /** In which order they are decided. */
  readonly order: readonly Ranked[];
  readonly max: number;
  readonly droppedBy: readonly Ranked[];
  /** Before which decision reviews that are due are made. */
  readonly reviews: readonly boolean[];
}

const contests: fc.Arbitrary<Contest> = fc.record({
  order: fc.shuffledSubarray([...ranked], { minLength: ranked.length }),
  max: fc.integer({ min: 1, max: 3 }),
  droppedBy: fc.subarray([...ranked]),
  reviews: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
});

/** All are held by the night until the same morning; by then some have lost their reason. */
const contested = async ({ order, max, droppedBy, reviews }: Contest) => {
  const policy = { ...weekly(max), priority: ranked, quietHours: smallPolicy.quietHours };
  const changing = { ...touches };
  const world = worldOf({ touches: changing, policy, hours: 45 });
  for (const name of order.toSorted()) await world.decide(requestOf(name));
  for (const name of droppedBy) changing[name] = touchOf({ name, relevance: ['while-waiting'] });
  let reviewed = 0;
  const review = async (): Promise<void> => {
    const due = world.bus.events.filter(({ type }) => type === 'ContactReviewDue').length;
    if (due > reviewed) await world.review();
    reviewed = due;
  };
  for (const [index, name] of order.entries()) {
    world.clock.hours = 55 + index / 100;
    await world.again(name, 2);
    if (reviews[index] === true) await review();
  }
  for (let round = 0; round < ranked.length; round += 1) await review();
  return placesOf((await world.history()).contacts);
};

describe('of touches that wait for the same time the most important go', () => {
  test('whatever order they are decided in, and whichever of them are dropped', async () => {
    await fc.assert(
      fc.asyncProperty(contests, async (contest) => {
        const left = ranked.filter((name) => !contest.droppedBy.includes(name));

        expect(await contested(contest)).toEqual(left.slice(0, contest.max).toSorted());
      }),
      { numRuns: 150 },
    );
  });

  test('and the place of one that is dropped is the next one’s', async () => {
    const reviews = [true];
    const order = ['second', 'first', 'third', 'fourth', 'fifth'] as const;

    expect(await contested({ order, max: 1, droppedBy: ['first'], reviews })).toEqual(['second']);
    expect(await contested({ order, max: 1, droppedBy: [], reviews })).toEqual(['first']);
  });
});
