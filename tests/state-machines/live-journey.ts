import * as z from 'zod';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { JourneyWaker } from '#core/ports/journeys.ts';
import { awaitMilestone } from '#lambdas/await-milestone/await-milestone.ts';
import { awaitMilestoneInput } from '#lambdas/await-milestone/contract.ts';
import { touchRequest } from '#lambdas/decide-touch/contract.ts';
import { ingestOrderEvent } from '#lambdas/ingest-event/ingest-order-event.ts';
import { supportRequest } from '#lambdas/request-support/contract.ts';
import { requestSupport } from '#lambdas/request-support/request-support.ts';
import { createEngine, type Engine } from '#rehearsal/asl/engine.ts';
import { ServiceError } from '#rehearsal/asl/errors.ts';
import type { ExecutionDescription } from '#rehearsal/asl/execution.ts';
import { loadStateMachine } from '#rehearsal/asl/load.ts';
import type { InvokeRequest } from '#rehearsal/asl/task-runner.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemoryTouchRecords } from '#tests/fakes/in-memory-touch-records.ts';
import { knowingNobody } from '#tests/unit/ingest-event/set-up.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import { type InputOf, type MachineName, machines, resolved } from './definitions.ts';

export interface Arrival {
  readonly event: OrderEvent;
  /** After the start of the stage. */
  readonly afterMs: number;
}

export interface LiveJourney<Name extends MachineName> {
  readonly name: Name;
  readonly input: InputOf<Name>;
  readonly startsAt: string;
  /** What is known of the order when the stage begins. */
  readonly known?: readonly OrderEvent[];
  readonly arriving: readonly Arrival[];
}

export interface Lived {
  /** Touches that were asked for, each with the one thing it tells of: `delivery-notice:P1`. */
  readonly touches: readonly string[];
  readonly supportTasks: number;
  /** Outcomes of the stages that ended. */
  readonly completions: readonly string[];
  readonly ended: ExecutionDescription;
}

const lambdaCall = z.object({ FunctionName: z.string(), Payload: z.unknown() });
const putEvents = z.object({
  Entries: z.array(z.object({ Detail: z.object({ outcome: z.string() }) })),
});

const namesOf = (request: unknown): readonly string[] => {
  const { touch, subjects } = touchRequest.parse(request);
  // A missed date is one subject with the word that tells it from the date's announcement.
  const told = subjects.includes('missed') ? [subjects.join('+')] : subjects;
  return told.length === 0 ? [touch] : told.map((each) => `${touch}:${each}`);
};

/** As Step Functions answers: a wait that has ended is gone. */
const wakeIn =
  (engine: () => Engine): JourneyWaker =>
  async (token, news) => {
    try {
      engine().sendTaskSuccess(token, news);
      return 'resumed';
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'TaskTimedOut') return 'gone';
      throw error;
    }
  };

const deployed = (clock: VirtualClock, known: readonly OrderEvent[]) => {
  const orders = inMemoryOrderLogs(logOf(known));
  const publisher = inMemoryEventBus();
  const touches: string[] = [];
  const completions: string[] = [];
  const wake = wakeIn(() => engine);
  const wait = awaitMilestone({ orders, wake, now: () => new Date(clock.now()) });
  const ask = requestSupport({ orders, records: inMemoryTouchRecords(), publisher });
  const call = async ({ FunctionName, Payload }: z.output<typeof lambdaCall>): Promise<unknown> => {
    if (FunctionName.endsWith('AwaitMilestoneArn')) return wait(awaitMilestoneInput.parse(Payload));
    if (FunctionName.endsWith('RequestSupportArn')) return ask(supportRequest.parse(Payload));
    touches.push(...namesOf(Payload));
    return { kind: 'send' };
  };
  const invoke = async ({ resource, arguments: sent }: InvokeRequest): Promise<unknown> => {
    if (!resource.endsWith(':putEvents'))
      return { StatusCode: 200, Payload: (await call(lambdaCall.parse(sent))) ?? null };
    completions.push(...putEvents.parse(sent).Entries.map(({ Detail }) => Detail.outcome));
    return { FailedEntryCount: 0, Entries: [] };
  };
  const engine: Engine = createEngine({ clock, invoke });
  const deps = {
    ...knowingNobody(),
    orders,
    catalogue: inMemoryCatalogue(),
    purchases: inMemoryPurchases(),
    publisher,
    wake,
    shops: {},
  };
  const ingest = (event: OrderEvent) => ingestOrderEvent(deps, event);
  return { engine, ingest, touches, completions, bus: publisher };
};

const compiled = new Map<MachineName, ReturnType<typeof loadStateMachine>>();

const machineOf = (name: MachineName): ReturnType<typeof loadStateMachine> => {
  const machine = compiled.get(name) ?? loadStateMachine(resolved(name));
  compiled.set(name, machine);
  return machine;
};

/** Lives one stage of an order with the real waiting, waking and handing over, and a fake of the rest. */
export const live = async <Name extends MachineName>({
  name,
  input,
  startsAt,
  known = [],
  arriving,
}: LiveJourney<Name>): Promise<Lived> => {
  const clock = new VirtualClock(Date.parse(startsAt));
  const { engine, ingest, touches, completions, bus } = deployed(clock, known);
  const stateMachineArn = `arn:aws:states:eu-central-1:1:stateMachine:${name}`;
  const stateMachine = machineOf(name);
  const { executionArn } = engine.startExecution({
    stateMachine,
    stateMachineArn,
    input: machines[name].input.parse(input),
  });
  for (const { event, afterMs } of arriving)
    clock.at(clock.now() + afterMs, () => void clock.track(ingest(event)));
  await clock.runUntil();
  const supportTasks = bus.events.filter(({ type }) => type === 'SupportTaskRequested').length;
  return { touches, supportTasks, completions, ended: engine.describe(executionArn) };
};
