import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import {
  forVisits,
  journeyContext,
  visitContext,
  type VisitContextDeps,
} from '#core/delivery/journey-context.ts';
import { earlierOf } from '#core/domain/journeys/elapsed.ts';
import { insertLines } from '#core/domain/journeys/packaging-insert.ts';
import {
  daysLater,
  endOf,
  planAdvocacy,
  type PlanInputs,
  planOnboarding,
  type StagePlan,
} from '#core/domain/journeys/plan.ts';
import { dueVisit, nextVisit, type Visit, visitId } from '#core/domain/journeys/visits.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import { executionName, scheduleName, type Stage } from '#core/domain/orders/stage-name.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { JourneyStarter } from '#core/ports/journeys.ts';
import type { StageScheduler } from '#core/ports/stage-scheduler.ts';
import type { StageDue } from './contract.ts';

/** A stage, or a journey that an event calls for in whatever stage its order is. */
type Machine = Stage | 'notice' | 'support';

export interface EnrolStageDeps extends VisitContextDeps {
  readonly start: Readonly<Record<Machine, JourneyStarter>>;
  readonly schedule: StageScheduler;
  readonly publisher: EventPublisher;
  readonly now: () => Date;
}

type Fact<Type extends OutgoingEvent['type']> = Extract<OutgoingEvent, { type: Type }>['detail'];
type OrderRef = Pick<Fact<'StageCompleted'>, 'shop' | 'orderId'>;
type Notice = OrderRef &
  Pick<Fact<'NoticeDue'>, 'touch'> & { readonly subjects: readonly string[] };

/** What was done, for the log. */
export type Enrolled =
  'started' | 'already-started' | 'scheduled' | 'already-scheduled' | 'skipped' | 'ended';

/** An accepted order: its fulfilment begins, and the card for its parcel is asked for. */
export const enrolAccepted =
  (deps: EnrolStageDeps) =>
  async ({ shop, orderId, placedAt, deadline }: Fact<'OrderAccepted'>): Promise<Enrolled> => {
    const input = { shop, orderId, placedAt, deadline: deadline ?? null };
    const result = await start(deps, 'fulfilment', input);
    if (deps.shops[shop]?.packagingInserts === true) {
      const { profile } = await journeyContext(deps, { shop, orderId });
      const subjects = insertLines(profile);
      if (subjects.length > 0)
        await notify(deps, { shop, orderId, touch: 'packaging-insert', subjects });
    }
    return result;
  };

/** A notice that an event called for, in whatever stage its order is. */
export const enrolNotice =
  (deps: EnrolStageDeps) =>
  async (due: Notice): Promise<Enrolled> => {
    if (due.touch !== 'support-hand-off') return notify(deps, due);
    const { shop, orderId, subjects } = due;
    const { profile } = await journeyContext(deps, due);
    const priority = profile.isHighValue ? 'high' : 'normal';
    return start(
      deps,
      'support',
      { shop, orderId, priority },
      `support-${aboutOf(deps, subjects)}`,
    );
  };

/** Outcomes after which an order's journey goes no further. */
const finalOutcomes: ReadonlySet<string> = new Set([
  'cancelled',
  'stalled',
  'given-back',
  'disputed',
  'not-delivered',
]);

/**
 * A stage has ended: the next is started at once, at its time, or passed over with the reason. With
 * advocacy the visits of repurchase are planned too: a supply does not wait for an answer.
 */
export const enrolNext =
  (deps: EnrolStageDeps) =>
  async ({ shop, orderId, stage, outcome }: Fact<'StageCompleted'>): Promise<Enrolled> => {
    if (finalOutcomes.has(outcome)) return 'ended';
    if (stage !== 'fulfilment' && stage !== 'onboarding') return 'ended';
    const context = await journeyContext(deps, { shop, orderId });
    if (stage === 'fulfilment') return enrolPlanned(deps, context, 'onboarding', 'at-its-time');
    const result = await enrolPlanned(deps, context, 'advocacy', 'at-its-time');
    const forVisit = await forVisits(deps, context, []);
    await planVisit(deps, forVisit, { done: [], turn: 1, lastAt: nowOf(deps) });
    return result;
  };

/** A schedule's time has come. What became of the order meanwhile is looked at anew. */
export const enrolDue =
  (deps: EnrolStageDeps) =>
  async (due: StageDue): Promise<Enrolled> => {
    if (due.stage !== 'repurchase')
      return enrolPlanned(deps, await journeyContext(deps, due), due.stage, 'now');

    const context = await visitContext(deps, due, due.done);
    const end = endOf(context.order);
    if (end !== undefined) return complete(deps, due, 'repurchase', end);
    const { shop, orderId, done } = due;
    const turn = due.turn + 1;
    const visit = dueVisit(context, done, nowOf(deps));
    // Moved since it was planned, or not worth a visit any more.
    if (visit === undefined) return planVisit(deps, context, { done, turn });

    const { touch, subjects, because } = visit;
    const input = { shop, orderId, touch, subjects, ...(because === undefined ? {} : { because }) };
    const started = await start(deps, 'repurchase', input, visitStage(visit, done));
    const lastAt = nowOf(deps);
    await planVisit(deps, context, { done: [...done, visitId(visit)], turn, lastAt });
    return started;
  };

const nowOf = ({ now }: EnrolStageDeps): Instant => now().toISOString();

const planners = { onboarding: planOnboarding, advocacy: planAdvocacy } as const;

const enrolPlanned = async (
  deps: EnrolStageDeps,
  context: PlanInputs,
  stage: keyof typeof planners,
  when: 'at-its-time' | 'now',
): Promise<Enrolled> => {
  const { shop, orderId } = context.order;
  const plan: StagePlan<OrderRef> = planners[stage](context);
  if (plan.kind === 'skip') return complete(deps, { shop, orderId }, stage, plan.because);
  if (when === 'now' || plan.at <= nowOf(deps)) return start(deps, stage, plan.input);
  return scheduleAt(deps, plan.at, { shop, orderId, stage });
};

interface Turn {
  readonly done: readonly string[];
  readonly turn: number;
  /** When the customer was last written to, if they just were. */
  readonly lastAt?: Instant | undefined;
}

/** What a customer does may give reason for a visit sooner than planned. */
const MOST_DAYS_UNSEEN = 30;

/** Looks at the order again when the next visit is due, under a name of its own each time. */
const planVisit = async (
  deps: EnrolStageDeps,
  context: PlanInputs,
  { done, turn, lastAt }: Turn,
): Promise<Enrolled> => {
  const { shop, orderId } = context.order;
  const next = nextVisit(context, done, lastAt);
  if (next === undefined)
    return complete(deps, { shop, orderId }, 'repurchase', endOf(context.order) ?? 'done');
  const planned = next.touch;
  const due: StageDue = { shop, orderId, stage: 'repurchase', planned, done: [...done], turn };
  const lookAgainAt = daysLater(context, nowOf(deps), MOST_DAYS_UNSEEN);
  return scheduleAt(deps, earlierOf(next.at, lookAgainAt), due, `repurchase-${turn}`);
};

/** Visits of one touch are numbered from the second on. */
const visitStage = ({ touch }: Pick<Visit, 'touch'>, done: readonly string[]): string => {
  const before = done.filter((id) => id === touch || id.startsWith(`${touch}:`)).length;
  return before === 0 ? `repurchase-${touch}` : `repurchase-${touch}-${before + 1}`;
};

const start = <Input extends OrderRef>(
  { start: starters, hash }: EnrolStageDeps,
  machine: Machine,
  input: Input,
  stage: string = machine,
): Promise<Enrolled> => {
  const { shop, orderId } = input;
  return starters[machine](executionName({ shop, orderId, stage }, hash), input);
};

const SUBJECTS_HASH_LENGTH = 12;

const aboutOf = ({ hash }: EnrolStageDeps, subjects: readonly string[]): string =>
  hash(JSON.stringify(subjects)).slice(0, SUBJECTS_HASH_LENGTH);

/** One order may have several refunds and parcels, which name a notice too; it has one card. */
const notify = (
  deps: EnrolStageDeps,
  { shop, orderId, touch, subjects }: Notice,
): Promise<Enrolled> => {
  const about = aboutOf(deps, subjects);
  const stage = touch === 'packaging-insert' ? `notice-${touch}` : `notice-${touch}-${about}`;
  return start(deps, 'notice', { shop, orderId, touch, subjects }, stage);
};

const scheduleAt = (
  { schedule, hash }: EnrolStageDeps,
  at: Instant,
  due: StageDue,
  stage: string = due.stage,
): Promise<Enrolled> => schedule(scheduleName({ ...due, stage }, hash), at, due);

const complete = async (
  { publisher, now }: EnrolStageDeps,
  { shop, orderId }: OrderRef,
  stage: Stage,
  outcome: string,
): Promise<Enrolled> => {
  await publisher.publish([
    {
      type: 'StageCompleted',
      detail: {
        eventId: `stage-completed/${orderId}/${stage}`,
        occurredAt: now().toISOString(),
        schemaVersion: SCHEMA_VERSION,
        shop,
        orderId,
        stage,
        outcome,
      },
    },
  ]);
  return outcome === 'done' ? 'ended' : 'skipped';
};
