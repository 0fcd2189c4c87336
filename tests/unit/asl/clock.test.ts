import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '#rehearsal/clock.ts';

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the virtual clock', () => {
  it('fires timers in the order of their times, and equal times in the order of registration', async () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    clock.at(20, () => fired.push('late'));
    clock.at(10, () => fired.push('first'));
    clock.at(10, () => fired.push('second'));

    await clock.runUntil();

    expect(fired).toEqual(['first', 'second', 'late']);
    expect(clock.now()).toBe(20);
  });

  it('tells when the next timer fires: not one that was cancelled, and none before now', async () => {
    const clock = new VirtualClock(0);
    const cancelled = clock.at(5, () => undefined);
    clock.at(7, () => undefined);
    clock.cancel(cancelled);

    const first = clock.nextDueMs;
    await clock.runUntil(8);
    const none = clock.nextDueMs;
    clock.at(3, () => undefined);

    expect([first, none, clock.nextDueMs]).toEqual([7, undefined, 8]);
  });

  it('fires every timer once, sorted, whatever is registered and cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ due: fc.nat(1000), isCancelled: fc.boolean() }), { maxLength: 60 }),
        async (plans) => {
          const clock = new VirtualClock(0);
          const fired: number[] = [];
          for (const { due, isCancelled } of plans) {
            const timer = clock.at(due, () => fired.push(clock.now()));
            if (isCancelled) clock.cancel(timer);
          }

          await clock.runUntil();

          const expected = plans.filter(({ isCancelled }) => !isCancelled).map(({ due }) => due);
          expect(fired).toEqual(expected.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('stands at the limit with later timers still waiting', async () => {
    const clock = new VirtualClock(0);
    let hasFired = false;
    clock.at(100, () => (hasFired = true));

    await clock.runUntil(50);

    expect([clock.now(), clock.pending, hasFired]).toEqual([50, 1, false]);
  });

  it('lets everything a timer sets off come to rest before the next timer', async () => {
    const clock = new VirtualClock(0);
    const log: string[] = [];
    const chain = async (name: string): Promise<void> => {
      for (let step = 0; step < 5; step++) await Promise.resolve();
      log.push(name);
    };
    clock.at(10, () => void chain('a'));
    clock.at(10, () => void chain('b').then(() => clock.at(10, () => log.push('c'))));
    clock.at(11, () => log.push('d'));

    await clock.runUntil();

    expect(log).toEqual(['a', 'b', 'c', 'd']);
  });

  it('stands still while real work is in flight', async () => {
    const clock = new VirtualClock(0);
    const log: string[] = [];
    clock.at(1, () => {
      void clock.track(later(20)).then(() => log.push(`worked at ${clock.now()}`));
    });
    clock.at(2, () => log.push('next'));

    await clock.runUntil();

    expect(log).toEqual(['worked at 1', 'next']);
  });

  it('goes on when work fails', async () => {
    const clock = new VirtualClock(0);
    const failing = clock.track(Promise.reject(new Error('no')));

    await clock.runUntil();

    await expect(failing).rejects.toThrow('no');
  });

  it('never goes back for a timer that is already past', async () => {
    const clock = new VirtualClock(1000);
    let firedAt = 0;
    clock.at(5, () => (firedAt = clock.now()));

    await clock.runUntil();

    expect(firedAt).toBe(1000);
  });

  it('forgets cancelled timers without waiting for their time', () => {
    const clock = new VirtualClock(0);
    const timers = Array.from({ length: 10_000 }, (_, i) => clock.at(1e12 + i, () => undefined));

    for (const timer of timers) clock.cancel(timer);

    expect(clock.pending).toBe(0);
  });

  it('ignores cancelling twice, and cancelling what has fired', async () => {
    const clock = new VirtualClock(0);
    const timer = clock.at(1, () => undefined);
    await clock.runUntil();

    clock.cancel(timer);
    clock.cancel(timer);

    expect(clock.pending).toBe(0);
  });

  it('refuses to be run twice at once', async () => {
    const clock = new VirtualClock(0);
    const running = clock.runUntil();

    await expect(clock.runUntil()).rejects.toThrow('already running');
    await running;
  });
});
