import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharesOf } from '#rehearsal/scenarios/share-of-run.ts';

const done = (scope: string, events: number) => ({
  scenario: { scope, events: Array(events).fill({}), deeds: [] },
  seen: [],
});

test('what is done for a scenario is its share of the run, states of its journeys among it', () => {
  const execution = {
    stateTransitions: 2,
    input: { orderId: 'a.1-B' },
  };

  expect(sharesOf(900, [done('a.1', 1), done('a.2', 6)], [execution])).toEqual([300, 600]);
});

test('the shares of all sum to the run', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }),
      (runMs, events) => {
        const shares = sharesOf(
          runMs,
          events.map((each, at) => done(`s.${at}`, each)),
          [],
        );

        expect(shares.reduce((sum, each) => sum + each, 0)).toBeCloseTo(runMs, 3);
      },
    ),
  );
});
