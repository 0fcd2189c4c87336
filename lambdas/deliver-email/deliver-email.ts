import { touchRefParts } from '#core/contracts/touch-ref.ts';
import type { DueTouch, Prepared } from '#core/delivery/deliver-touch.ts';
import { emailOf } from '#core/domain/customers/reach.ts';
import type { ComposedEmail } from '#core/domain/messages/composed-email.ts';
import type { Mailer } from '#core/ports/mailer.ts';
import type { Pace } from '#core/ports/pace.ts';
import type { EmailRequest } from './compose-email.ts';

export interface DeliverEmailDeps {
  readonly compose: (request: EmailRequest) => Promise<ComposedEmail>;
  readonly mimeOf: (email: ComposedEmail) => Uint8Array;
  readonly send: Mailer;
  readonly pace: Pace;
}

/** SES takes tags of 256 characters. */
const TAG_LENGTH = 250;

/**
 * Writes a due touch as an e-mail that the provider can be called with.
 *
 * @throws when the message cannot be composed
 */
export const deliverEmail =
  ({ compose, mimeOf, send, pace }: DeliverEmailDeps) =>
  async (due: DueTouch): Promise<Prepared> => {
    const { record, touch, order, customer } = due;
    const to = emailOf({ contact: order.contact, customer });
    if (to === undefined) return { kind: 'dropped', reason: 'no-address' };

    const email = await compose({ ...due, touchId: record.touchId, to: to.address });
    const raw = mimeOf(email);
    const { shop, orderId } = order;
    const tags = { shop, touch: touch.name, orderId, ...touchRefParts(record, TAG_LENGTH) };
    await pace(1);
    return {
      kind: 'ready',
      locale: email.locale,
      addressId: to.id,
      personalised: email.personalised,
      content: email.content,
      send: () => send({ from: email.from.address, to: to.address, raw, tags }),
    };
  };
