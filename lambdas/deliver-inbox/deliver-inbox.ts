import type { DueTouch, Prepared } from '#core/delivery/deliver-touch.ts';
import { repeatable } from '#core/delivery/repeatable.ts';
import { composeNote, type ShortMessageDeps } from '#core/delivery/short-message.ts';
import { inboxOf } from '#core/domain/customers/reach.ts';
import type { Inbox, InboxMessage } from '#core/ports/inbox.ts';

export interface DeliverInboxDeps extends ShortMessageDeps {
  readonly inbox: Pick<Inbox, 'keep'>;
}

/** A message that nobody came for in 90 days is no news. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Writes a due touch into the customer's inbox.
 *
 * @throws when the message cannot be composed
 */
export const deliverInbox =
  (deps: DeliverInboxDeps) =>
  async (due: DueTouch): Promise<Prepared> => {
    const { order, customer, touch, record, now } = due;
    const customerId = inboxOf({ contact: order.contact, customer });
    if (customerId === undefined) return { kind: 'dropped', reason: 'no-address' };

    const { locale, personalised, title, text, url } = await composeNote(deps, due);
    const { shop, orderId } = order;
    const { touchId } = record;
    // The time of the decision, so that a message that is kept again is the same one.
    const at = record.decidedAt;
    const message: InboxMessage = { at, orderId, touchId, touch: touch.name, title, text, url };
    const expiresAt = new Date(Date.parse(now) + KEPT_MS).toISOString();
    return {
      kind: 'ready',
      locale,
      personalised,
      send: () =>
        repeatable(async () => {
          await deps.inbox.keep(shop, customerId, message, expiresAt);
          return { kind: 'accepted', messageId: `inbox/${orderId}/${touchId}` };
        }),
    };
  };
