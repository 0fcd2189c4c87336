import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { noTreatment } from '#core/domain/experiments/arms.ts';
import { armsShown, newArms } from '#core/domain/experiments/exposure.ts';
import { compareRank } from '#core/domain/contact-policy/caps.ts';
import {
  type ContactHistory,
  emptyHistory,
  isSameTouch,
} from '#core/domain/contact-policy/contact-history.ts';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import { channelOf, type TouchDecision } from '#core/domain/contact-policy/decision.ts';
import { type Channel, touchIdOf, type TouchRequest } from '#core/domain/touches/touch.ts';
import type { TouchRecord, TouchRef } from '#core/domain/touches/touch-record.ts';
import {
  contactInputs,
  type ContactInputs,
  type ContactInputsDeps,
  withoutHistory,
  withOthers,
} from '#core/delivery/contact-inputs.ts';
import type { ContactLog } from '#core/ports/contact-log.ts';
import type { DecisionDue, DecisionScheduler } from '#core/ports/decision-scheduler.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { TouchQueue } from '#core/ports/touch-queue.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';
import { agree, settle } from './keep-place.ts';
import { readingOnce } from './read-once.ts';

export interface DecideTouchDeps extends ContactInputsDeps {
  readonly records: TouchRecords;
  readonly log: ContactLog;
  /** The channels that the deployment has. */
  readonly queues: Readonly<Partial<Record<Channel, TouchQueue>>>;
  readonly schedule: DecisionScheduler;
  readonly publisher: EventPublisher;
  readonly digest: Digest;
}

/**
 * Decides one touch, once: asked again, the first decision stands and its side effects are
 * finished. A touch that may go is put on its channel's queue; one that is held is decided again at its time.
 *
 * @throws when journey and deployment do not fit: no such touch, no such order
 */
export const decideTouch =
  (deps: DecideTouchDeps) =>
  async (request: TouchRequest): Promise<TouchDecision> => {
    const touchId = touchIdOf(request, deps.digest);
    const known = await deps.records.find({ ...request, touchId });
    if (known !== undefined) {
      await finish(deps, known);
      return known.decision;
    }
    const inputs = await contactInputs(withoutHistory(deps), { ...request, touchId });
    const decision = await settle(deps, inputs, 1);
    const record = await deps.records.claim({
      ...request,
      touchId,
      purpose: inputs.touch.purpose,
      customerId: inputs.customerId,
      zones: inputs.zones,
      decision,
      decidedAt: inputs.now,
      arms: armsIn(inputs, decision),
      turn: 1,
      earlier: [],
      state: 'decided',
      attempts: 0,
    });
    await agree(deps, inputs, record, decision);
    await finish(deps, record);
    return record.decision;
  };

/** What became of a decision that was due again. */
export type DecidedAgain = TouchDecision['kind'] | 'unchanged' | 'over';

export interface Again extends DecisionDue {
  /** A channel that has just turned out to be of no use for it. */
  readonly without?: Channel | undefined;
}

/**
 * Decides a held or returned touch anew. A turn that was made already is finished, an earlier one is over.
 *
 * @param turn the turn to make: one more than the record's
 */
export const decideAgain =
  (deps: DecideTouchDeps) =>
  async ({ turn, without, ...ref }: Again): Promise<DecidedAgain> => {
    const known = await deps.records.find(ref);
    if (known === undefined)
      throw new Error(`no touch ${ref.touchId} of order ${ref.orderId} was decided`);
    if (known.turn >= turn || !isOpen(known)) {
      if (known.turn === turn) await finish(deps, known);
      return 'over';
    }
    const channels = deps.channels.filter((channel) => channel !== without);
    const inputs = await contactInputs(withoutHistory({ ...deps, channels }), known, known);
    return decideTurn(deps, inputs, known);
  };

/** Whether it waits to be decided again. */
const isOpen = ({ state, decision }: TouchRecord): boolean =>
  state === 'returned' || (state === 'decided' && decision.kind === 'hold');

const decideTurn = async (
  deps: DecideTouchDeps,
  inputs: ContactInputs,
  known: TouchRecord,
): Promise<DecidedAgain> => {
  const turn = known.turn + 1;
  const decision = await settle(deps, inputs, turn);
  const { decision: before, decidedAt, arms } = known;
  const record = await deps.records.claim({
    ...known,
    customerId: inputs.customerId,
    zones: inputs.zones,
    decision,
    decidedAt: inputs.now,
    arms: armsIn(inputs, decision),
    turn,
    earlier: [...known.earlier, { decision: before, decidedAt, arms }],
    state: 'decided',
  });
  await agree(deps, inputs, record, decision);
  await finish(deps, record);
  // Its own schedule may be still to come, when something else asked for the decision.
  if (before.kind === 'hold') await deps.schedule.cancel({ ...refOf(known), turn });
  return record.decision.kind;
};

/**
 * Looks at everything that is held for a customer, since something about them has changed: what may not go any
 * more is dropped now, what may go goes, what would wait as before is left alone. The most important comes first: a
 * place that has become free is its.
 */
export const reviewContacts =
  (deps: DecideTouchDeps) =>
  async (shop: string, customerId: string): Promise<readonly DecidedAgain[]> => {
    const { held } = await readHistory(deps, shop, customerId);
    const results: DecidedAgain[] = [];
    const knowing = readingOnce(deps);
    const byRank = held.toSorted((a, b) => compareRank(deps.policy, a, b));
    for (const { orderId, touchId } of byRank)
      results.push(await reviewTouch(knowing, { shop, orderId, touchId }));
    return results;
  };

const reviewTouch = async (deps: DecideTouchDeps, ref: TouchRef): Promise<DecidedAgain> => {
  const known = await deps.records.find(ref);
  if (known === undefined || !isOpen(known)) return 'over';
  const inputs = await contactInputs(deps, known, known);
  const decision = decideContact(inputs);
  const isSame =
    decision.kind === 'hold' &&
    known.decision.kind === 'hold' &&
    decision.until === known.decision.until;
  return isSame ? 'unchanged' : decideTurn(deps, inputs, known);
};

const readHistory = async (
  { customers, log }: DecideTouchDeps,
  shop: string,
  customerId: string,
): Promise<ContactHistory> => {
  const customer = await customers.read(shop, customerId);
  const id = customer?.customerId ?? customerId;
  const others = Object.keys(customer?.merged ?? {});
  const [own = emptyHistory(shop, id), ...more] = await Promise.all(
    [id, ...others].map((each) => log.read(shop, each)),
  );
  return withOthers(own, more);
};

const refOf = ({ shop, orderId, touchId }: TouchRef): TouchRef => ({ shop, orderId, touchId });

/** What follows from a stored decision; each can be done again without effect. */
const finish = async (deps: DecideTouchDeps, record: TouchRecord): Promise<void> => {
  const { decision, state, turn } = record;
  const channel = channelOf(decision);
  if (channel !== undefined && state === 'decided') await deps.queues[channel]?.(refOf(record));
  if (decision.kind === 'hold' && state === 'decided')
    await deps.schedule.at(decision.until, { ...refOf(record), turn: turn + 1 });
  await deps.publisher.publish([factOf(record), ...exposuresOf(record)]);
  if (leavesItsPlace(record)) await reviewOthers(deps, record);
};

const armsIn = ({ treatment = noTreatment }: ContactInputs, decision: TouchDecision) =>
  armsShown(decision, treatment);

const exposuresOf = (record: TouchRecord): readonly OutgoingEvent[] => {
  const { shop, customerId, orderId, touch, touchId, decidedAt } = record;
  if (customerId === undefined) return [];
  return newArms(record).map(({ experiment, arm }) => ({
    type: 'ExposureRecorded',
    detail: {
      eventId: `exposure-recorded/${experiment}/${arm}/${orderId}/${touchId}`,
      occurredAt: decidedAt,
      schemaVersion: SCHEMA_VERSION,
      shop,
      customerId,
      experiment,
      arm,
      orderId,
      touch,
      touchId,
    },
  }));
};

/**
 * Whether others gave way to it, or waited for its place, in vain: it was held or on its way, and does not go now,
 * for another reason than the caps.
 */
const leavesItsPlace = ({ turn, decision }: TouchRecord): boolean =>
  turn > 1 &&
  (decision.kind === 'drop' ||
    (decision.kind === 'hold' &&
      decision.reason !== 'cap-reached' &&
      decision.reason !== 'gives-way'));

const reviewOthers = async (
  { publisher, log }: DecideTouchDeps,
  { shop, customerId, orderId, touchId, turn, decidedAt }: TouchRecord,
): Promise<void> => {
  if (customerId === undefined) return;
  const { held } = await log.read(shop, customerId);
  if (held.every((each) => isSameTouch(each, { orderId, touchId }))) return;
  await publisher.publish([
    {
      type: 'ContactReviewDue',
      detail: {
        eventId: `contact-review-due/${orderId}/${touchId}/${turn}`,
        occurredAt: decidedAt,
        schemaVersion: SCHEMA_VERSION,
        shop,
        customerId,
        because: 'a touch does not take its place in the caps',
      },
    },
  ]);
};

const factOf = (record: TouchRecord): OutgoingEvent => {
  const { shop, orderId, touch, touchId, decision, decidedAt, turn } = record;
  const { customerId, purpose } = record;
  return {
    type: 'TouchDecided',
    detail: {
      eventId: `touch-decided/${orderId}/${touchId}/${turn}`,
      occurredAt: decidedAt,
      schemaVersion: SCHEMA_VERSION,
      shop,
      orderId,
      customerId,
      purpose,
      touch,
      touchId,
      turn,
      decision: decision.kind,
      channel: channelOf(decision),
      reason: 'reason' in decision ? decision.reason : undefined,
      until: decision.kind === 'hold' ? decision.until : undefined,
      rules: [...decision.rules],
    },
  };
};
