import { SendRawEmailCommand, type SESClient } from '@aws-sdk/client-ses';
import type { Mailer, MailResult } from '../ports/mailer.ts';
import { type Refusal, refusalOf } from './provider-answer.ts';

/** @param ConfigurationSetName the set whose events report deliveries, bounces and complaints */
export const sesMailer =
  (client: SESClient, ConfigurationSetName: string): Mailer =>
  async ({ from, to, raw, tags }) => {
    try {
      const { MessageId = '' } = await client.send(
        new SendRawEmailCommand({
          Source: from,
          Destinations: [to],
          RawMessage: { Data: raw },
          ConfigurationSetName,
          Tags: Object.entries(tags).map(([Name, value]) => ({ Name, Value: asTag(value) })),
        }),
      );
      return { kind: 'accepted', messageId: MessageId };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return toResult(refusal);
    }
  };

/**
 * What is wrong with the message stays wrong (SES API reference, SendRawEmail and Common Errors). All else is about
 * the account or the moment: rate and quota, sending that is paused, an identity that is not verified yet, a
 * permission that is missing.
 */
const aboutTheMessage: ReadonlySet<string> = new Set([
  'InvalidParameterCombination',
  'InvalidParameterValue',
  'MessageRejected',
  'ValidationError',
]);

/** SES also rejects messages while a sender is unverified or the account is paused. */
const aboutTheAccount = /not verified|paused|suspended|shut ?down/i;

const toResult = ({ name, because }: Refusal): MailResult =>
  aboutTheMessage.has(name) && !aboutTheAccount.test(because)
    ? { kind: 'refused', because }
    : { kind: 'later', because };

/** SES allows letters, digits and `-_.@` in tags, 256 at most. */
const asTag = (value: string): string => value.replace(/[^\w.@-]/g, '-').slice(0, 256);
