import type { VirtualClock } from '../clock.ts';
import { inBackground } from './in-background.ts';
import type { SentText } from './sent-message.ts';
import type { TextRequest } from './text-request.ts';
import type { TextConfigurationSet } from './text-resources.ts';
import type { Topics } from './topics.ts';

/** What becomes of a text (user guide, "Event types for SMS, MMS, and voice"). */
export type TextEventType =
  'TEXT_QUEUED' | 'TEXT_DELIVERED' | 'TEXT_INVALID' | 'TEXT_CARRIER_BLOCKED' | 'TEXT_TTL_EXPIRED';

/** A text that was taken, with what its events say of it. */
export interface TrackedText {
  readonly sent: SentText;
  readonly request: TextRequest;
  readonly set: TextConfigurationSet | undefined;
  readonly country: string | undefined;
  readonly encoding: string;
  readonly carrierFee: number;
  /** Of a protect configuration, where one was asked. */
  readonly protect: { readonly id: string; readonly status: string } | undefined;
}

export const SMS_SERVICE = 'sms-voice.amazonaws.com';

const descriptions: Readonly<Record<TextEventType, string>> = {
  TEXT_QUEUED: 'Message is queued for delivery',
  TEXT_DELIVERED: 'Message has been accepted by phone',
  TEXT_INVALID: 'The destination phone number is invalid',
  TEXT_CARRIER_BLOCKED: 'Phone carrier has blocked this message',
  TEXT_TTL_EXPIRED: 'Message was not delivered before its time to live expired',
};

/**
 * Tells what becomes of a text, on the topics that its configuration set has for it.
 *
 * @param inMs milliseconds from now
 */
export const tellOfText = (
  { clock, topics }: { readonly clock: VirtualClock; readonly topics: Topics },
  text: TrackedText,
  type: TextEventType,
  inMs: number,
): void => {
  const { set } = text;
  if (set === undefined) return;
  const wanted = set.destinations.filter(({ types }) =>
    [type, 'TEXT_ALL', 'ALL'].some((name) => types.has(name)),
  );
  for (const { topicArn } of wanted)
    clock.at(clock.now() + inMs, () =>
      inBackground(clock, () =>
        topics.publish(
          topicArn,
          { service: SMS_SERVICE, sourceArns: [set.arn] },
          JSON.stringify(eventOf(text, type, clock.now())),
        ),
      ),
    );
};

/** User guide, "Example event data": the JSON object of an SMS event. Times are Unix milliseconds. */
const eventOf = (
  { sent, request, country, encoding, carrierFee, protect }: TrackedText,
  type: TextEventType,
  nowMs: number,
): Readonly<Record<string, unknown>> => ({
  eventType: type,
  eventVersion: '1.0',
  eventTimestamp: Math.round(nowMs),
  isFinal: type !== 'TEXT_QUEUED',
  originationPhoneNumber: sent.from,
  destinationPhoneNumber: sent.to,
  ...(country === undefined ? {} : { isoCountryCode: country }),
  messageId: sent.messageId,
  messageRequestTimestamp: Date.parse(sent.at),
  messageEncoding: encoding,
  messageType: request.MessageType,
  messageStatus: type.replace('TEXT_', ''),
  messageStatusDescription: descriptions[type],
  context: request.Context,
  totalMessageParts: sent.parts,
  totalMessagePrice: sent.price,
  totalCarrierFee: carrierFee,
  ...(protect === undefined
    ? {}
    : {
        protectConfiguration: {
          protectConfigurationId: protect.id,
          protectStatus: protect.status,
        },
      }),
});
