import {
  ConflictException,
  type PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  ServiceQuotaExceededException,
  ValidationException,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { OutgoingText, TextResult, TextSender } from '../ports/text-sender.ts';
import { type Refusal, refusalOf } from './provider-answer.ts';

export interface EumTextSettings {
  /** ARN or id of the pool. */
  readonly poolId: string;
  /** The set whose events report deliveries. */
  readonly configurationSetName: string;
  readonly protectConfigurationId: string;
  /** The most that one part may cost, in USD. */
  readonly maxPricePerPart: number;
}

/** Texts by AWS End User Messaging SMS, SendTextMessage of the SMS and Voice v2 API. */
export const eumTextSender =
  (client: PinpointSMSVoiceV2Client, settings: EumTextSettings): TextSender =>
  async (text) => {
    try {
      const { MessageId = '' } = await client.send(commandOf(settings, text));
      return { kind: 'accepted', messageId: MessageId };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return toResult(error, refusal);
    }
  };

/** API reference, SendTextMessage: seconds that a text may wait for its phone. */
const LEAST_SECONDS = 5;
const MOST_SECONDS = 259_200;

/** The same, MaxPrice: `[0-9]{0,8}\.[0-9]{1,8}`, and of the whole message. */
const PRICE_DECIMALS = 5;

const MOST_CONTEXT_CHARACTERS = 800;

const commandOf = (
  { poolId, configurationSetName, protectConfigurationId, maxPricePerPart }: EumTextSettings,
  { to, text, parts, isPromotional, secondsToLive, context }: OutgoingText,
): SendTextMessageCommand =>
  new SendTextMessageCommand({
    DestinationPhoneNumber: to,
    OriginationIdentity: poolId,
    ConfigurationSetName: configurationSetName,
    ProtectConfigurationId: protectConfigurationId,
    MessageBody: text,
    MessageType: isPromotional ? 'PROMOTIONAL' : 'TRANSACTIONAL',
    MaxPrice: (maxPricePerPart * parts).toFixed(PRICE_DECIMALS),
    TimeToLive: Math.min(Math.max(Math.floor(secondsToLive), LEAST_SECONDS), MOST_SECONDS),
    Context: Object.fromEntries(
      Object.entries(context).map(([name, value]) => [name, asContext(value)]),
    ),
  });

/** It may neither begin nor end with white space (API reference: `\S` on both sides). */
const asContext = (value: string): string =>
  value.trim().slice(0, MOST_CONTEXT_CHARACTERS).trim() || '-';

/** The number, or its country, gets nothing from this account: the reasons of ConflictException and ValidationException. */
const noWayThere: ReadonlySet<string> = new Set([
  'COUNTRY_NOT_ENABLED',
  'DESTINATION_COUNTRY_BLOCKED',
  'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION',
  'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE',
  'INTERNATIONAL_SENDING_NOT_SUPPORTED',
  'INVALID_IDENTITY_FOR_DESTINATION_COUNTRY',
  'PRICE_OVER_THRESHOLD',
  'SENDER_ID_NOT_SUPPORTED',
  'SENDER_ID_REQUIRES_REGISTRATION',
]);

const OPTED_OUT = 'DESTINATION_PHONE_NUMBER_OPTED_OUT';

const toResult = (error: unknown, { because: said }: Refusal): TextResult => {
  const reason = reasonOf(error);
  const because = reason === '' ? said : `${said} (${reason})`;
  if (reason === OPTED_OUT) return { kind: 'unreachable', because, isOptedOut: true };
  if (noWayThere.has(reason)) return { kind: 'unreachable', because, isOptedOut: false };
  if (error instanceof ValidationException) return { kind: 'refused', because };
  return { kind: 'later', because, isSpendLimit: reason.startsWith('MONTHLY_SPEND_LIMIT') };
};

const reasonOf = (error: unknown): string => {
  const hasReason =
    error instanceof ConflictException ||
    error instanceof ValidationException ||
    error instanceof ServiceQuotaExceededException;
  return hasReason ? (error.Reason ?? '') : '';
};
