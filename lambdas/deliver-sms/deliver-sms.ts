import { encodeTouchRef, touchRefParts } from '#core/contracts/touch-ref.ts';
import type { DueTouch, Prepared, SendResult } from '#core/delivery/deliver-touch.ts';
import {
  composeText,
  secondsToLive,
  shopOf,
  type ShortMessageDeps,
} from '#core/delivery/short-message.ts';
import type { ContactPolicy } from '#core/domain/contact-policy/policy.ts';
import { type Destination, phoneOf } from '#core/domain/customers/reach.ts';
import { smsLength } from '#core/domain/messages/sms-length.ts';
import type { TouchRef } from '#core/domain/touches/touch-record.ts';
import type { Pace } from '#core/ports/pace.ts';
import type { OutgoingText, TextResult, TextSender } from '#core/ports/text-sender.ts';

export interface DeliverSmsDeps extends ShortMessageDeps {
  readonly policy: ContactPolicy;
  readonly send: TextSender;
  /** By parts. */
  readonly pace: Pace;
  /** Told of every text that was taken, in how many parts. */
  readonly onSent: (parts: number) => void;
  /** The account's monthly spend limit at AWS keeps texts back: somebody has to raise it. */
  readonly onSpendLimit: () => void;
}

/**
 * Writes a due touch as a text message that the provider can be called with.
 *
 * @throws when the message cannot be composed
 */
export const deliverSms =
  (deps: DeliverSmsDeps) =>
  async (due: DueTouch): Promise<Prepared> => {
    const { touch, order, customer, now } = due;
    const to = phoneOf({ contact: order.contact, customer });
    if (to === undefined) return { kind: 'dropped', reason: 'no-address' };

    const { text, locale, personalised } = await composeText(deps, due);
    const parts = smsLength(text).segments;
    const message: OutgoingText = {
      to: to.address,
      text,
      parts,
      isPromotional: touch.purpose === 'marketing',
      secondsToLive: secondsToLive(deps.policy, shopOf(deps, due), due, 'sms'),
      context: contextOf(due),
    };
    await deps.pace(parts);
    const send = async () => resultOf(deps, await deps.send(message), { to, parts, now });
    return { kind: 'ready', locale, addressId: to.id, personalised, send };
  };

/** SendTextMessage takes five values of 800 characters. */
const CONTEXT_LENGTH = 800;

const contextOf = ({ record, touch, order }: DueTouch): Readonly<Record<string, string>> => ({
  shop: order.shop,
  touch: touch.name,
  orderId: order.orderId,
  ...refOf(record),
});

/** One value but for ids that are long in UTF-8. */
const refOf = (ref: TouchRef): Readonly<Record<string, string>> => {
  const encoded = encodeTouchRef(ref);
  return encoded.length <= CONTEXT_LENGTH ? { ref: encoded } : touchRefParts(ref, CONTEXT_LENGTH);
};

interface Sent {
  readonly to: Destination;
  readonly parts: number;
  readonly now: string;
}

const resultOf = (
  { onSent, onSpendLimit }: DeliverSmsDeps,
  result: TextResult,
  { to: { id }, parts, now }: Sent,
): SendResult => {
  switch (result.kind) {
    case 'accepted':
      onSent(parts);
      return { ...result, segments: parts };
    case 'refused':
      return result;
    case 'later':
      if (result.isSpendLimit) onSpendLimit();
      return { kind: 'later', because: result.because };
    case 'unreachable': {
      const { because, isOptedOut } = result;
      if (!isOptedOut || id === undefined) return { kind: 'unreachable', because };
      const suppression = { reason: 'opted-out', at: now } as const;
      return { kind: 'unreachable', because, suppress: { addressId: id, suppression } };
    }
  }
};
