import { describe, expect, test } from 'vitest';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { Faults } from '#rehearsal/faults.ts';
import { DAY_MS, HOUR_MS } from '#rehearsal/input/duration.ts';
import { sampleReactions, sampleShop } from '#rehearsal/input/sample-shop.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { assembly, rehearsed } from './rehearsed.ts';

const DAYS = 25;

const all = sampleShop({ seed: '1' });
const fromMs = Math.min(...all.map(({ atMs }) => atMs));

/** Every other order, which is enough for everything to happen. */
const everyOther = (events: readonly TimedEvent[]): readonly TimedEvent[] => {
  const orderIds = [...new Set(events.map(({ detail }) => detail['orderId']))];
  const left = new Set(orderIds.filter((id, at) => id !== undefined && at % 2 === 1));
  return events.filter(({ detail }) => !left.has(detail['orderId']));
};

/** Six hours of a busy day. */
const outageFromMs = fromMs + 8 * DAY_MS + 9 * HOUR_MS;
const outage = { fromMs: outageFromMs, untilMs: outageFromMs + 6 * HOUR_MS };

/** Worse than any month a shop has had, so that each happens in a few weeks of two small ones. */
const faults: Faults = {
  bounces: 0.1,
  unreachable: 0.3,
  complaints: 0.03,
  stops: 0.5,
  throttles: 0.1,
  outages: [{ service: 'ses', ...outage }],
};

const run = rehearsed({
  assemblyDir: await assembly(),
  events: everyOther(all.filter(({ atMs }) => atMs < fromMs + DAYS * DAY_MS)),
  days: DAYS,
  faults,
  react: sampleReactions({ seed: '1' }),
});

const isDecidedIn = ({ decidedAt }: TouchRecord): boolean =>
  Date.parse(decidedAt) >= outage.fromMs && Date.parse(decidedAt) < outage.untilMs - HOUR_MS;

describe('the sample shops, with much that goes wrong', { timeout: 180_000 }, () => {
  test('have bounces, complaints, STOPs, throttles and an outage', async () => {
    const { injected } = (await run).summary;

    expect(injected).toMatchObject({
      bounces: expect.toSatisfy((count) => count > 3),
      unreachable: expect.toSatisfy((count) => count > 0),
      complaints: expect.toSatisfy((count) => count > 3),
      stops: expect.toSatisfy((count) => count > 0),
      throttles: expect.toSatisfy((count) => count > 20),
      outages: expect.toSatisfy((count) => count > 20),
    });
  });

  test('lose nothing, send nothing twice, and nothing to whoever refused it', async () => {
    const { summary } = await run;

    expect(summary.problems).toEqual([]);
    expect(summary.orders).toBeGreaterThan(100);
    expect(summary.mails).toBeGreaterThan(400);
  });

  test('confirm every order but to an address that does not exist, or to none', async () => {
    const { touches, summary } = await run;
    const confirmations = touches.filter(({ touch }) => touch === 'order-confirmation');
    const endings = confirmations.map(({ decision, outcome }) =>
      decision.kind === 'drop' ? decision.reason : outcome?.state,
    );

    expect(confirmations).toHaveLength(summary.orders);
    expect(new Set(endings)).toEqual(new Set(['no-address', 'sent', 'suppressed']));
  });

  test('get each message of the outage when it is over, and once', async () => {
    const { touches } = await run;
    const late = touches
      .filter((touch) => isDecidedIn(touch) && touch.outcome?.state === 'sent')
      .filter(({ decision }) => 'channel' in decision && decision.channel === 'email');

    expect(late.length).toBeGreaterThan(5);
    for (const { outcome, attempts } of late) {
      expect(Date.parse(outcome?.at ?? '')).toBeGreaterThanOrEqual(outage.untilMs);
      expect(attempts).toBe(1);
    }
  });

  test('leave nothing in doubt, and go on with no address that bounced', async () => {
    const { touches } = await run;
    const isDoubtful = ({ state, outcome, attempts }: TouchRecord): boolean =>
      state === 'sending' || outcome?.state === 'in-doubt' || attempts > 1;
    const isSuppressed = ({ decision }: TouchRecord): boolean =>
      decision.kind === 'drop' && decision.reason === 'suppressed';

    expect(touches.filter(isDoubtful)).toEqual([]);
    expect(touches.filter(isSuppressed).length).toBeGreaterThan(3);
  });
});
