import * as z from 'zod';
import type { Fate } from '../domain/feedback/feedback.ts';
import { requestOf } from '../domain/feedback/text-request.ts';
import type { Instant } from '../domain/orders/order-event.ts';
import type { FeedbackReading } from '../ports/feedback-reader.ts';
import { inWords, refIn } from './feedback-parts.ts';

const E164 = /^\+[1-9]\d{1,14}$/;

const bounced = (because: string, permanent = false): Fate => ({
  kind: 'bounced',
  permanent,
  because,
});
const underway = (because: string): Fate => ({ kind: 'underway', because });

/**
 * End User Messaging user guide, "Event types for SMS, MMS, and voice". Which of the first two means that a text
 * arrived depends on the country. Only one says that the number itself is no good; the others are of the phone, the
 * network, the message or the moment. Of an unknown fate nobody knows whether the text arrived: after 72 hours
 * without word AWS calls it so.
 */
const fates: ReadonlyMap<string, Fate> = new Map([
  ['TEXT_DELIVERED', { kind: 'delivered' }],
  ['TEXT_SUCCESSFUL', { kind: 'delivered' }],
  ['TEXT_INVALID', bounced('the number is invalid', true)],
  ['TEXT_INVALID_MESSAGE', bounced('the message is invalid')],
  ['TEXT_UNREACHABLE', bounced('the phone is off or without a network')],
  ['TEXT_CARRIER_UNREACHABLE', bounced('the carrier has an error')],
  ['TEXT_BLOCKED', bounced('the phone or the carrier blocks messages')],
  ['TEXT_CARRIER_BLOCKED', bounced('the carrier blocked the message')],
  ['TEXT_SPAM', bounced('the carrier took it for spam')],
  ['TEXT_TTL_EXPIRED', bounced('it could not be delivered in time')],
  ['TEXT_PROTECT_BLOCKED', bounced('a protect configuration blocked it')],
  ['TEXT_QUEUED', underway('queued')],
  ['TEXT_PENDING', underway('pending')],
  ['TEXT_SENT', underway('sent')],
  ['TEXT_UNKNOWN', underway('unknown')],
]);

/** "Example event data": times are Unix milliseconds, prices USD. */
const textEvent = z.object({
  eventType: z.string(),
  eventTimestamp: z.int().nonnegative(),
  isFinal: z.boolean(),
  destinationPhoneNumber: z.string().regex(E164, 'expected a number in E.164 format'),
  messageId: z.string().min(1),
  context: z.record(z.string(), z.string()).nullish(),
  totalMessagePrice: z.number().nonnegative().default(0),
  totalCarrierFee: z.number().nonnegative().default(0),
});

/** "Example of a two-way SMS message payload for Amazon SNS topics". */
const inboundText = z.object({
  originationNumber: z.string(),
  messageBody: z.string(),
  inboundMessageId: z.string().min(1),
});

/**
 * Reads an event of a text, or a text that came in, as SNS delivers it raw.
 *
 * @param receivedAt stands for the time of a text, which does not say it
 */
export const eumFeedback = (message: unknown, receivedAt: Instant): FeedbackReading => {
  const inbound = inboundText.safeParse(message);
  if (inbound.success) return ofInbound(inbound.data, receivedAt);
  const event = textEvent.safeParse(message);
  return event.success
    ? ofEvent(event.data)
    : { kind: 'unreadable', ...problemOf(message, event.error) };
};

const problemOf = (message: unknown, error: z.ZodError) =>
  Object.hasOwn(Object(message), 'eventType')
    ? { reason: 'invalid' as const, problem: `expected an event of a text: ${inWords(error)}` }
    : {
        reason: 'not-an-event' as const,
        problem:
          'got JSON that is no event of SES, no event of a text and no text that came in: only these belong in this queue, and from SNS with raw message delivery',
      };

const ofEvent = (event: z.output<typeof textEvent>): FeedbackReading => {
  const { eventType, destinationPhoneNumber: recipient, messageId, isFinal } = event;
  const found = refIn(event.context ?? {});
  if (found.kind === 'unreadable') return found;
  if (found.ref === undefined) return { kind: 'not-ours', what: 'a text without a touch' };
  const fate = fates.get(eventType);
  if (fate === undefined)
    return {
      kind: 'unreadable',
      reason: 'unknown-event-type',
      problem: `got eventType ${JSON.stringify(eventType.slice(0, 60))}, expected one of ${[...fates.keys()].join(', ')}: subscribe to no others, or say in eum-feedback what it means`,
    };
  const at = new Date(event.eventTimestamp).toISOString();
  const said = { ref: found.ref, messageId, recipient, at, fate };
  const usd = isFinal ? event.totalMessagePrice + event.totalCarrierFee : undefined;
  return { kind: 'read', feedback: { about: 'message', channel: 'sms', ...said, usd } };
};

const ofInbound = (
  { originationNumber: from, messageBody }: z.output<typeof inboundText>,
  at: Instant,
): FeedbackReading =>
  E164.test(from)
    ? { kind: 'read', feedback: { about: 'text', from, at, asks: requestOf(messageBody) } }
    : { kind: 'not-ours', what: 'a text from no phone number' };
