import { isCapped, isCounted, oldestCounted } from '#core/domain/contact-policy/caps.ts';
import {
  type ContactHistory,
  isSameTouch,
  withContact,
  withHeld,
  withoutTouch,
} from '#core/domain/contact-policy/contact-history.ts';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import { channelOf, type TouchDecision } from '#core/domain/contact-policy/decision.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { TouchRecord, TouchRef } from '#core/domain/touches/touch-record.ts';
import { type ContactInputs, withOthers } from '#core/delivery/contact-inputs.ts';
import { idsOf } from '#core/delivery/touch-inputs.ts';
import type { ContactLog } from '#core/ports/contact-log.ts';

export interface KeepPlaceDeps {
  readonly log: ContactLog;
}

/** A hundred decisions for one customer at once all come through; no two of them see the same caps. */
const MOST_TRIES = 200;

/**
 * Decides and takes the touch's place in the caps in one step: who reads a history that somebody else has
 * changed since decides anew.
 */
export const settle = async (
  { log }: KeepPlaceDeps,
  inputs: ContactInputs,
  turn: number,
): Promise<TouchDecision> => {
  const { policy, touch, customerId, order } = inputs;
  if (customerId === undefined) return decideContact(inputs);
  if (!isCapped(policy, touch.purpose)) {
    const decision = decideContact(inputs);
    if (decision.kind !== 'hold' && turn === 1) return decision;
  }
  const others = await Promise.all(
    idsOf(customerId, inputs.customer)
      .filter((id) => id !== customerId)
      .map((id) => log.read(order.shop, id)),
  );
  return retryOnConflict(async () => {
    const own = await log.read(order.shop, customerId);
    const decision = decideContact({ ...inputs, history: mergedHistory(own, others) });
    const next = historyAfter(inputs, own, decision, turn);
    if (next === own) return decision;
    return (await log.write(next)) ? decision : undefined;
  }, MOST_TRIES);
};

/**
 * The newest state of the history that is written, with what is known under the customer's other ids: nobody writes
 * that any more, so a touch that both have is as the customer's own says.
 */
const mergedHistory = (
  own: ContactHistory,
  others: readonly ContactHistory[],
): Pick<ContactHistory, 'contacts' | 'held'> => {
  const known = [...own.contacts, ...own.held];
  const isNew = (touch: Pick<TouchRef, 'orderId' | 'touchId'>): boolean =>
    !known.some((each) => isSameTouch(each, touch));
  return withOthers(
    own,
    others.map(({ contacts, held }) => ({
      contacts: contacts.filter(isNew),
      held: held.filter(isNew),
    })),
  );
};

const historyAfter = (
  inputs: ContactInputs,
  own: ContactHistory,
  decision: TouchDecision,
  turn: number,
): ContactHistory => {
  const { policy, touch, touchId, order, subjects, now, heldSince = now } = inputs;
  const { purpose } = touch;
  const ref = { orderId: order.orderId, touchId };
  switch (decision.kind) {
    case 'send':
    case 'reroute': {
      const { channel } = decision;
      return isCounted(policy, { purpose, channel })
        ? withContact(own, { ...ref, purpose, channel, at: now }, oldestCounted(policy, now))
        : leftOut(own, ref);
    }
    case 'hold': {
      const { until, reason } = decision;
      return withHeld(own, {
        ...ref,
        touch: touch.name,
        subjects,
        purpose,
        until,
        since: heldSince,
        ...(reason === 'gives-way' ? { gaveWayAt: now } : {}),
        turn,
      });
    }
    case 'drop':
      return leftOut(own, ref);
  }
};

const leftOut = (
  own: ContactHistory,
  ref: Pick<TouchRef, 'orderId' | 'touchId'>,
): ContactHistory =>
  [...own.contacts, ...own.held].some((each) => isSameTouch(each, ref))
    ? withoutTouch(own, ref)
    : own;

/** Two runs of one request may decide differently; the history follows the decision that was stored. */
export const agree = async (
  { log }: KeepPlaceDeps,
  inputs: ContactInputs,
  record: TouchRecord,
  mine: TouchDecision,
): Promise<void> => {
  const { customerId, order } = inputs;
  if (customerId === undefined || isAlike(record.decision, mine)) return;
  await retryOnConflict(async () => {
    const own = await log.read(order.shop, customerId);
    const next = historyAfter(inputs, own, record.decision, record.turn);
    return next === own ? true : (await log.write(next)) || undefined;
  }, MOST_TRIES);
};

const isAlike = (a: TouchDecision, b: TouchDecision): boolean =>
  a.kind === b.kind && channelOf(a) === channelOf(b);
