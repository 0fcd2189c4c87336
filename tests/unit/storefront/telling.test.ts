import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { interactionTelling } from '#storefront/interaction-telling.ts';
import { polling } from '#storefront/polling.ts';
import type { Interaction, Reply, SessionApi } from '#storefront/session-api.ts';
import { viewability } from '#storefront/viewability.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const key = { sessionId: 's-1', sessionToken: 't' };
const unreachable: Reply = { kind: 'unreachable', because: 'network' };
const pending: Reply = {
  kind: 'answered',
  body: { offers: [{ impressionId: 'a', state: 'pending' }] },
};

/** An API that gives these replies one after another, and then the last for ever. */
const apiOf = (...replies: readonly Reply[]) => {
  const told: (readonly Interaction[])[] = [];
  const api: SessionApi = {
    open: async () => unreachable,
    read: async () => unreachable,
    tell: async (_key, interactions) => {
      told.push(interactions);
      return replies[told.length - 1] ?? replies.at(-1) ?? unreachable;
    },
  };
  return { api, told };
};

const viewed = (impressionId: string): Interaction => ({ impressionId, kind: 'viewed' });

describe('interactions', () => {
  const setUp = (...replies: readonly Reply[]) => {
    const { api, told } = apiOf(...replies);
    const leaving = new AbortController();
    return { told, leaving, telling: interactionTelling(api, key, leaving.signal) };
  };

  test('that can wait are told together, each once', async () => {
    const { telling, told } = setUp(pending);

    telling.told(viewed('a'));
    telling.told(viewed('b'));
    await vi.advanceTimersByTimeAsync(999);
    const early = [...told];
    telling.told(viewed('a'));
    await vi.advanceTimersByTimeAsync(5_000);
    telling.told(viewed('b'));
    await vi.advanceTimersByTimeAsync(5_000);

    expect(early).toEqual([]);
    expect(told).toEqual([[viewed('a'), viewed('b')]]);
  });

  test('go with an accept, which waits for nothing', async () => {
    const { telling, told } = setUp(pending);
    telling.told(viewed('a'));

    const state = await telling.accepted('a');
    await vi.advanceTimersByTimeAsync(5_000);

    expect(state).toBe('pending');
    expect(told).toEqual([[viewed('a'), { impressionId: 'a', kind: 'accepted' }]]);
  });

  test('are told when the element leaves the page', () => {
    const { telling, told, leaving } = setUp(pending);
    telling.told(viewed('a'));

    leaving.abort();

    expect(told).toEqual([[viewed('a')]]);
  });

  test('that were lost go with the next, and not of themselves', async () => {
    const { telling, told } = setUp(unreachable, pending);
    telling.told(viewed('a'));
    await vi.advanceTimersByTimeAsync(60_000);
    const beforeNext = told.length;

    telling.flush();

    expect(beforeNext).toBe(1);
    expect(told).toEqual([[viewed('a')], [viewed('a')]]);
  });

  test('that were refused are not told again', async () => {
    const { telling, told } = setUp({ kind: 'refused', status: 401 });
    telling.told(viewed('a'));
    await vi.advanceTimersByTimeAsync(2_000);

    telling.flush();

    expect(told).toHaveLength(1);
  });

  test.each([
    [[unreachable, pending], 'pending', 2],
    [[{ kind: 'refused', status: 503 }, pending], 'pending', 2],
    [[unreachable], undefined, 2],
    [[{ kind: 'refused', status: 401 }], undefined, 1],
    [[{ kind: 'answered', body: {} }], undefined, 1],
  ] as const)(
    'an accept that is answered %j is %s after %i requests',
    async (replies, is, times) => {
      const { telling, told } = setUp(...replies);

      const state = telling.accepted('a');
      await vi.advanceTimersByTimeAsync(5_000);

      expect(await state).toBe(is);
      expect(told).toHaveLength(times);
    },
  );
});

describe('a view', () => {
  const setUp = () => {
    const seen: string[] = [];
    return { seen, views: viewability((id) => seen.push(id)) };
  };

  test('counts after a second without a break, once', () => {
    const { seen, views } = setUp();

    views.seen('a', true);
    vi.advanceTimersByTime(999);
    views.seen('a', false);
    views.seen('a', true);
    vi.advanceTimersByTime(999);
    const early = [...seen];
    vi.advanceTimersByTime(1);
    views.seen('a', false);
    views.seen('a', true);
    vi.advanceTimersByTime(5_000);

    expect(early).toEqual([]);
    expect(seen).toEqual(['a']);
  });

  test('does not count in a page that is in the background, and starts anew when it comes back', () => {
    const { seen, views } = setUp();
    views.seen('a', true);
    vi.advanceTimersByTime(500);

    views.pageSeen(false);
    views.seen('b', true);
    vi.advanceTimersByTime(5_000);
    const inBackground = [...seen];
    views.pageSeen(true);
    vi.advanceTimersByTime(1_000);

    expect(inBackground).toEqual([]);
    expect(seen).toEqual(['a', 'b']);
  });

  test('does not count after the end', () => {
    const { seen, views } = setUp();
    views.seen('a', true);

    views.stop();
    vi.advanceTimersByTime(5_000);

    expect(seen).toEqual([]);
  });
});

describe('polling', () => {
  const setUp = (isMore: () => boolean) => {
    const asked: number[] = [];
    const began = Date.now();
    const poll = polling(async () => {
      asked.push(Math.round((Date.now() - began) / 100) / 10);
      return isMore();
    });
    return { asked, poll };
  };

  test('asks ever more seldom, at last twice a minute', async () => {
    const { asked, poll } = setUp(() => true);

    poll.start();
    await vi.advanceTimersByTimeAsync(10 * 60_000);

    expect(asked.slice(0, 4)).toEqual([1, 2.6, 5.2, 9.3]);
    expect(asked.length).toBeLessThan(30);
    expect((asked.at(-1) ?? 0) - (asked.at(-2) ?? 0)).toBeCloseTo(30, 1);
  });

  test('ends when there is no more to ask for, and starts again for the next', async () => {
    const { asked, poll } = setUp(() => false);
    poll.start();
    await vi.advanceTimersByTimeAsync(60_000);

    poll.start();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(asked).toEqual([1, 61]);
  });

  test('rests while the page is in the background', async () => {
    const { asked, poll } = setUp(() => true);
    poll.start();
    await vi.advanceTimersByTimeAsync(1_000);

    poll.pageSeen(false);
    await vi.advanceTimersByTimeAsync(60_000);
    poll.pageSeen(true);
    await vi.advanceTimersByTimeAsync(1_000);
    poll.stop();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(asked).toEqual([1, 62]);
  });
});
