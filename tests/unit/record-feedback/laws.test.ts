import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { byEmail, bySms, fixture, setUp } from './set-up.ts';

/** Of START the time counts by which it came in: the queue keeps no order. */
const names = [
  'ses-delivered',
  'ses-bounced-for-good',
  'ses-bounced-for-now',
  'ses-complained',
  'ses-kept-back',
  'ses-rejected',
  'ses-delayed',
  'eum-queued',
  'eum-successful',
  'eum-delivered',
  'eum-invalid',
  'eum-carrier-blocked',
  'text-stop',
  'text-help',
  'ses-of-another-system',
] as const;

const messages = new Map(names.map((name) => [name, fixture(name)]));

interface Arrival {
  /** Each once. */
  readonly told: readonly (typeof names)[number][];
  /** In some order, some of them several times. */
  readonly arriving: readonly (typeof names)[number][];
}

const arrivals: fc.Arbitrary<Arrival> = fc
  .subarray([...names], { minLength: 1 })
  .chain((told) =>
    fc
      .tuple(fc.shuffledSubarray(told, { minLength: told.length }), fc.subarray(told))
      .map(([shuffled, again]) => ({ told, arriving: [...shuffled, ...again] })),
  );

/** What somebody can see of it afterwards: of two facts of one kind the first that came gives the time. */
const seen = async (world: ReturnType<typeof setUp>) => ({
  heard: [byEmail, bySms].map((ref) => Object.keys(world.touch(ref)?.feedback ?? {}).toSorted()),
  suppressed: [
    (await world.suppressionOf('email:ada@customers.example'))?.reason,
    (await world.suppressionOf('sms:+14255550156'))?.reason,
  ],
  spent: [...world.months],
  told: [...new Set(world.bus.events.map(({ detail }) => detail.eventId))].toSorted(),
});

const after = async (
  arriving: readonly (typeof names)[number][],
  world: ReturnType<typeof setUp> = setUp(),
) => {
  const takeIn = (name: (typeof names)[number]) => world.takeIn(messages.get(name));
  // The queue brings back what failed; each service fails once at most.
  for (const name of arriving)
    await takeIn(name).catch(() => takeIn(name).catch(() => takeIn(name)));
  return seen(world);
};

test('any order of arrival, with any message twice, ends the same', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ told, arriving }) => {
      expect(await after(arriving)).toEqual(await after(told));
    }),
    { numRuns: 200 },
  );
});

test('a failure of bus or counters that passes changes nothing in the end', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ arriving }) => {
      const broken = setUp({ busBreaks: breaksOnce(), countersBreak: breaksOnce() });

      expect(await after(arriving, broken)).toEqual(await after(arriving));
    }),
    { numRuns: 100 },
  );
});

test('a text is charged once whatever comes of it', async () => {
  const charged = [
    'eum-successful',
    'eum-delivered',
    'eum-invalid',
    'eum-carrier-blocked',
  ] as const;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...charged), { minLength: 1 }), async (arriving) => {
      const { spent } = await after(arriving);

      expect(spent).toEqual([['2026-11', 0.09582 + 0.003]]);
    }),
  );
});
