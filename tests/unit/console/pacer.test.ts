import { beforeEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '#rehearsal/clock.ts';
import { Pacer } from '#rehearsal/console/pacer.ts';
import type { Denial } from '#rehearsal/services/authorizer.ts';

const DAY_MS = 86_400_000;

let clock: VirtualClock;
let events: number;
let denials: Denial[];
let pacer: Pacer;
beforeEach(() => {
  clock = new VirtualClock(0);
  events = 0;
  denials = [];
  pacer = new Pacer({
    clock,
    fromMs: 0,
    untilMs: 10 * DAY_MS,
    eventsHeard: () => events,
    denials: () => denials,
    onChange: () => undefined,
  });
});

describe('the clock of the console', () => {
  test('stands still at first', () => {
    expect(pacer.view()).toMatchObject({ nowMs: 0, mode: 'paused', problem: undefined });
  });

  test('steps to the next timer, and fires what is due with it', async () => {
    const fired: string[] = [];
    clock.at(5, () => fired.push('a'));
    clock.at(5, () => fired.push('b'));
    clock.at(6, () => fired.push('c'));

    await pacer.step();

    expect(fired).toEqual(['a', 'b']);
    expect(clock.now()).toBe(5);
  });

  test('skips to the next event, past timers that are none', async () => {
    clock.at(5, () => undefined);
    clock.at(9, () => {
      events += 1;
    });
    clock.at(12, () => {
      events += 1;
    });

    pacer.toNextEvent();
    await pacer.rested();

    expect(clock.now()).toBe(9);
    expect(pacer.view().mode).toBe('paused');
  });

  test('skips to a date, also where nothing happens', async () => {
    pacer.to(DAY_MS);
    await pacer.rested();

    expect(clock.now()).toBe(DAY_MS);
  });

  test('plays to the end of what is planned, and stands there', async () => {
    clock.at(11 * DAY_MS, () => undefined);

    pacer.play('fast');
    await pacer.rested();

    expect(clock.now()).toBe(10 * DAY_MS);
  });

  test('plays a virtual day in about a second', async () => {
    const began = performance.now();

    pacer.play('day');
    await new Promise((resolve) => setTimeout(resolve, 150));
    await pacer.pause();

    const seconds = (performance.now() - began) / 1000;
    expect(clock.now()).toBeGreaterThan(0);
    expect(clock.now()).toBeLessThanOrEqual(seconds * DAY_MS);
  });

  test('lets others have the clock while it plays', async () => {
    const again = (): void => {
      clock.at(clock.now() + 1, again);
    };
    again();

    pacer.play('fast');
    const wasRunning = await pacer.alone(async () => clock.isRunning);
    await pacer.pause();

    expect(wasRunning).toBe(false);
  });

  test('ends with a call that is denied, and says which', async () => {
    clock.at(5, () => {
      denials.push({ principal: 'p', action: 'sqs:SendMessage', resource: 'r', reason: 'none' });
    });
    clock.at(6, () => undefined);

    pacer.play('fast');
    await pacer.rested();

    expect(clock.now()).toBe(5);
    expect(pacer.view().problem).toContain('p may not sqs:SendMessage on r');
  });
});
