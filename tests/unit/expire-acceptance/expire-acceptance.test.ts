import { describe, expect, test } from 'vitest';
import type { Acceptance } from '#core/domain/sessions/session.ts';
import { expireAcceptance } from '#lambdas/expire-acceptance/expire-acceptance.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemorySessions } from '#tests/fakes/in-memory-sessions.ts';
import { minute, sessionOf, SESSION_ID, shown } from '#tests/unit/sessions/sessions.ts';

const due = { sessionId: SESSION_ID, impressionId: `${SESSION_ID}-1` };

const setUp = (state: Acceptance['state'] = 'pending', breaks = () => false) => {
  const acceptance = { state, at: minute(1), validUntil: minute(16) };
  const sessions = inMemorySessions([sessionOf([shown(1, { acceptance })])]);
  const bus = inMemoryEventBus(breaks);
  const clock = { minute: 16.1 };
  const expire = expireAcceptance({
    sessions,
    publisher: bus,
    now: () => new Date(minute(clock.minute)),
  });
  const stateNow = async () => (await sessions.find(SESSION_ID))?.offers[0]?.acceptance?.state;
  return { bus, clock, expire, sessions, stateNow };
};

describe('the end of an accepted offer’s time', () => {
  test('settles it where nobody answered, and tells', async () => {
    const { bus, expire, stateNow } = setUp();

    expect(await expire(due)).toBe('expired');

    expect(await stateNow()).toBe('expired');
    expect(bus.events).toMatchObject([
      { type: 'OfferSettled', detail: { outcome: 'expired', occurredAt: minute(16) } },
    ]);
  });

  test.each(['confirmed', 'refused'] as const)('changes nothing that was %s', async (state) => {
    const { bus, expire, stateNow } = setUp(state);

    expect(await expire(due)).toBe('settled');

    expect([await stateNow(), bus.events]).toEqual([state, []]);
  });

  test('that was not reached changes nothing: it was accepted anew', async () => {
    const { bus, clock, expire, stateNow } = setUp();
    clock.minute = 15;

    expect(await expire(due)).toBe('settled');

    expect([await stateNow(), bus.events]).toEqual(['pending', []]);
  });

  test('comes again when the bus was away, and is told then', async () => {
    const { bus, expire } = setUp('pending', breaksOnce());

    await expect(expire(due)).rejects.toThrow('bus');
    expect(await expire(due)).toBe('settled');

    expect(bus.events).toHaveLength(1);
  });

  test.each([
    { ...due, sessionId: 'erased' },
    { ...due, impressionId: 'none' },
  ])('of what there is no more is nothing: %j', async (gone) => {
    const { bus, expire } = setUp();

    expect(await expire(gone)).toBe('settled');
    expect(bus.events).toEqual([]);
  });
});
