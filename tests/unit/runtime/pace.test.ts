import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paceOf } from '#core/runtime/pace.ts';

/** A clock that goes on by sleeping, and by what the test lets pass. */
const clock = () => {
  let nowMs = 1_000;
  return {
    nowMs: () => nowMs,
    sleep: async (ms: number) => void (nowMs += ms),
    pass: (ms: number) => void (nowMs += ms),
  };
};

const anySends = fc.array(
  fc.record({ afterMs: fc.nat(3000), units: fc.integer({ min: 1, max: 11 }) }),
  { minLength: 2, maxLength: 30 },
);

test('what is sent is never more than the rate, however it comes', async () => {
  const anyRate = fc.double({ min: 0.5, max: 200, noNaN: true });
  const keepsToRate = fc.asyncProperty(anyRate, anySends, async (perSecond, sends) => {
    const { nowMs, sleep, pass } = clock();
    const pace = paceOf({ perSecond, sleep, nowMs });
    const times: number[] = [];
    for (const { afterMs, units } of sends) {
      pass(afterMs);
      await pace(units);
      times.push(nowMs());
    }
    // From each send to the next as long as its units take.
    return sends
      .slice(1)
      .every(
        (_, index) =>
          (times[index + 1] ?? 0) - (times[index] ?? 0) >=
          ((sends[index]?.units ?? 0) * 1000) / perSecond - 1e-6,
      );
  });

  expect((await fc.check(keepsToRate)).failed).toBe(false);
});

test('the first does not wait, nor does one that comes late enough', async () => {
  const { nowMs, sleep, pass } = clock();
  const pace = paceOf({ perSecond: 2, sleep, nowMs });

  await pace(1);
  expect(nowMs()).toBe(1_000);
  pass(500);
  await pace(1);

  expect(nowMs()).toBe(1_500);
});

test('a clock that stands still makes each wait for its own share only', async () => {
  const slept: number[] = [];
  const sleep = async (ms: number) => slept.push(ms);
  const pace = paceOf({ perSecond: 10, sleep, nowMs: () => 0 });

  for (let sent = 0; sent < 4; sent += 1) await pace(1);

  expect(slept).toEqual([100, 100, 100]);
});

test('a clock that was put back makes nobody wait for an hour', async () => {
  let nowMs = 7_200_000;
  const slept: number[] = [];
  const pace = paceOf({ perSecond: 10, sleep: async (ms) => slept.push(ms), nowMs: () => nowMs });

  await pace(1);
  nowMs = 0;
  await pace(1);

  expect(slept).toEqual([100]);
});
