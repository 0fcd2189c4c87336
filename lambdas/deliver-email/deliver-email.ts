import { addressOf } from '#core/domain/contact-policy/contact-policy.ts';
import type { ComposedEmail } from '#core/domain/messages/composed-email.ts';
import type { DueTouch, SendResult } from '#core/delivery/deliver-touch.ts';
import type { Mailer } from '#core/ports/mailer.ts';
import type { EmailRequest } from './compose-email.ts';

export interface DeliverEmailDeps {
  readonly compose: (request: EmailRequest) => Promise<ComposedEmail>;
  readonly mimeOf: (email: ComposedEmail) => Promise<Uint8Array>;
  readonly send: Mailer;
}

/**
 * Writes a due touch as an e-mail and hands it to the provider.
 *
 * @throws when the message cannot be composed, or the provider may take it later
 */
export const deliverEmail =
  ({ compose, mimeOf, send }: DeliverEmailDeps) =>
  async (due: DueTouch): Promise<SendResult> => {
    const { record, touch, order } = due;
    const to = addressOf(due, 'email');
    if (to === undefined) return { kind: 'dropped', reason: 'no-address' };

    const email = await compose({ ...due, touchId: record.touchId, to });
    const result = await send({
      from: email.from.address,
      to,
      raw: await mimeOf(email),
      tags: { shop: order.shop, touch: touch.name, orderId: order.orderId },
    });
    return result.kind === 'accepted'
      ? { kind: 'accepted', messageId: result.messageId, locale: email.locale }
      : result;
  };
