import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { awaitMilestone } from '#lambdas/await-milestone/await-milestone.ts';
import { awaitMilestoneInput } from '#lambdas/await-milestone/contract.ts';
import { touchRequest } from '#lambdas/decide-touch/contract.ts';
import { ingestOrderEvent } from '#lambdas/ingest-event/ingest-order-event.ts';
import { createEngine, type Engine } from '#rehearsal/asl/engine.ts';
import { loadStateMachine } from '#rehearsal/asl/load.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryJourneys } from '#tests/fakes/in-memory-journeys.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { arrivals, logOf, told as orderIn } from '#tests/unit/orders/histories.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { milestonesOf } from '#core/domain/orders/milestones.ts';
import { resolved } from './fulfilment-definition.ts';

const machine = loadStateMachine(resolved());
const payload = z.object({ Payload: z.unknown() });
const HOUR_MS = 3_600_000;

/** What a journey asked for and how it ended, when its events arrive hour by hour in this order. */
const journeyOf = async (arriving: readonly OrderEvent[]) => {
  const clock = new VirtualClock(Date.parse(at(20)));
  const orders = inMemoryOrderLogs();
  const journeys = inMemoryJourneys();
  const touches: string[] = [];
  const wake: typeof journeys.wake = async (token, news) => {
    const result = await journeys.wake(token, news);
    if (result === 'resumed') engine.sendTaskSuccess(token, news);
    return result;
  };
  const wait = awaitMilestone({ orders, wake, now: () => new Date(clock.now()) });
  const ingest = (event: OrderEvent) =>
    ingestOrderEvent(
      { orders, catalogue: inMemoryCatalogue(), publisher: inMemoryEventBus(), wake, shops: {} },
      event,
    );
  const engine: Engine = createEngine({
    clock,
    invoke: async ({ resource, taskToken, arguments: sent }) => {
      if (resource.endsWith(':putEvents')) return { FailedEntryCount: 0, Entries: [] };
      const { Payload } = payload.parse(sent);
      if (taskToken === undefined) {
        const { touch, subjects } = touchRequest.parse(Payload);
        // A missed date is one subject with the word that tells it from the date's announcement.
        const told = subjects.includes('missed') ? [subjects.join('+')] : subjects;
        touches.push(...(told.length === 0 ? [touch] : told.map((each) => `${touch}:${each}`)));
      } else await wait(awaitMilestoneInput.parse(Payload));
      return { StatusCode: 200, Payload: {} };
    },
  });

  const stateMachineArn = 'arn:aws:states:eu-central-1:1:stateMachine:fulfilment';
  const input = { shop: 'hearth', orderId: '100482', placedAt: at(10), deadline: null };
  const { executionArn } = engine.startExecution({ stateMachine: machine, stateMachineArn, input });
  arriving.forEach((event, index) =>
    clock.at(clock.now() + index * HOUR_MS, () => void clock.track(ingest(event))),
  );
  await clock.runUntil();
  return { touches, ended: engine.describe(executionArn) };
};

test('whatever happens to an order, in whatever order it is told: its journey ends well, and says nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ arriving }) => {
      const { touches, ended } = await journeyOf(arriving);

      expect(ended).toMatchObject({ status: 'SUCCEEDED' });
      expect(touches).toEqual([...new Set(touches)]);
    }),
    { numRuns: 60 },
  );
});

test('a journey that begins when all is over tells of every delivery and cancellation', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ arriving, history }) => {
      const order = orderIn(logOf(arriving).events);
      const owed = milestonesOf(order).flatMap(({ kind, subject }) => {
        if (kind === 'delivered') return [`delivery-notice:${subject}`];
        if (kind === 'lines-cancelled') return [`cancellation:${subject}`];
        return kind === 'access-granted' ? ['digital-access'] : [];
      });
      const isCancelled = milestonesOf(order).some(({ kind }) => kind === 'cancelled');
      // The order itself comes last: everything else was kept for it.
      const last = [...history.slice(1), ...history.slice(0, 1)];

      const { touches } = await journeyOf(last);

      expect(touches).toEqual(expect.arrayContaining(isCancelled ? ['cancellation:order'] : owed));
    }),
    { numRuns: 60 },
  );
});
