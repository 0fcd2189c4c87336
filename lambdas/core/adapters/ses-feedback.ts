import * as z from 'zod';
import type { Fate } from '../domain/feedback/feedback.ts';
import type { Instant } from '../domain/orders/order-event.ts';
import type { FeedbackReading } from '../ports/feedback-reader.ts';
import { inWords, refIn } from './feedback-parts.ts';
import { writtenAddresses } from './written-addresses.ts';

/** Events of SES on the account's bus (SES developer guide, "Contents of event data"). */
export const SES_SOURCE = 'aws.ses';

const instant = z.iso.datetime({ offset: true }).transform((at) => new Date(at).toISOString());

const mail = z.object({
  messageId: z.string().min(1),
  /** We write to one recipient a message. */
  destination: z.tuple([z.string()]).rest(z.string()),
  tags: z.record(z.string(), z.array(z.string())).default({}),
});

const aboutMail = z.object({ mail });

const envelope = z.object({ time: instant, 'detail-type': z.string(), detail: z.unknown() });

interface Told {
  /** Absent where it is the time of the event. */
  readonly at?: Instant;
  readonly fate: Fate;
}

const delivered = z
  .object({ delivery: z.object({ timestamp: instant }) })
  .transform(({ delivery: { timestamp: at } }): Told => ({ at, fate: { kind: 'delivered' } }));

/** A diagnostic code may quote the address: only the status of RFC 3463 is kept. */
const bounced = z
  .object({
    bounce: z.object({
      bounceType: z.string(),
      bounceSubType: z.string(),
      timestamp: instant,
      bouncedRecipients: z.array(z.object({ status: z.string().optional() })).default([]),
    }),
  })
  .transform(({ bounce }): Told => {
    const { bounceType, bounceSubType, timestamp: at, bouncedRecipients } = bounce;
    const status = bouncedRecipients[0]?.status;
    const because = [`${bounceType}/${bounceSubType}`, ...(status === undefined ? [] : [status])];
    const permanent = bounceType === 'Permanent';
    return { at, fate: { kind: 'bounced', permanent, because: because.join(' ') } };
  });

/** Nobody complained of this message: SES kept it back, as it will any other, because of an earlier complaint. */
const KEPT_BACK = 'OnAccountSuppressionList';

const complained = z
  .object({ complaint: z.object({ timestamp: instant, complaintSubType: z.string().nullish() }) })
  .transform(({ complaint: { timestamp: at, complaintSubType } }): Told => {
    if (complaintSubType !== KEPT_BACK) return { at, fate: { kind: 'complained' } };
    const because = 'kept back: on the suppression list of the account after a complaint';
    return { at, fate: { kind: 'bounced', permanent: true, because } };
  });

/** SES found a virus in the message: that says nothing of the address. */
const rejected = z
  .object({ reject: z.object({ reason: z.string() }) })
  .transform(({ reject: { reason } }): Told => ({
    fate: { kind: 'bounced', permanent: false, because: `rejected: ${reason}` },
  }));

const delayed = z
  .object({ deliveryDelay: z.object({ delayType: z.string() }) })
  .transform(({ deliveryDelay: { delayType } }): Told => ({
    fate: { kind: 'underway', because: `delayed: ${delayType}` },
  }));

/** "EventBridge Events Reference", Amazon Simple Email Service: what each detail-type says. */
const readers: ReadonlyMap<string, z.ZodType<Told>> = new Map<string, z.ZodType<Told>>([
  ['Email Delivered', delivered],
  ['Email Bounced', bounced],
  ['Email Complaint Received', complained],
  ['Email Rejected', rejected],
  ['Email Delivery Delayed', delayed],
]);

/** Reads an event of SES as EventBridge delivers it. */
export const sesFeedback = (event: unknown): FeedbackReading => {
  const enveloped = envelope.safeParse(event);
  if (!enveloped.success)
    return unreadable('an event of SES as EventBridge writes it', enveloped.error);
  const { time, 'detail-type': type, detail } = enveloped.data;
  const reader = readers.get(type);
  if (reader === undefined)
    return {
      kind: 'unreadable',
      reason: 'unknown-event-type',
      problem: `got detail-type ${JSON.stringify(type.slice(0, 60))} from SES, expected one of ${[...readers.keys()].join(', ')}: subscribe to no others`,
    };
  const message = aboutMail.safeParse(detail);
  if (!message.success) return unreadable(type, message.error);
  const told = reader.safeParse(detail);
  if (!told.success) return unreadable(type, told.error);
  return ofMessage(message.data.mail, { at: time, ...told.data });
};

const ofMessage = (
  { messageId, destination: [to], tags }: z.output<typeof mail>,
  { at, fate }: Required<Told>,
): FeedbackReading => {
  const values = Object.entries(tags).map(([name, [value = '']]) => [name, value] as const);
  const found = refIn(Object.fromEntries(values));
  if (found.kind === 'unreadable') return found;
  if (found.ref === undefined) return { kind: 'not-ours', what: 'an e-mail without a touch' };
  const recipient = writtenAddresses.email(/<([^>]+)>/.exec(to)?.[1] ?? to);
  if (recipient === undefined)
    return {
      kind: 'unreadable',
      reason: 'invalid',
      problem: `mail.destination: got ${to.length} characters that are no e-mail address, expected one`,
    };
  const said = { ref: found.ref, messageId, recipient, at, fate };
  return { kind: 'read', feedback: { about: 'message', channel: 'email', ...said } };
};

const unreadable = (expected: string, error: z.ZodError): FeedbackReading => ({
  kind: 'unreadable',
  reason: 'invalid',
  problem: `expected ${expected}: ${inWords(error)}`,
});
