import {
  MailFromDomainNotVerifiedException,
  MessageRejected,
  SendRawEmailCommand,
  type SESClient,
} from '@aws-sdk/client-ses';
import type { Mailer } from '../ports/mailer.ts';

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
      if (error instanceof MessageRejected && !isAboutTheAccount(error))
        return { kind: 'refused', because: `${error.name}: ${withoutAddresses(error.message)}` };
      throw error;
    }
  };

/** SES also rejects while a sender is unverified or the account is paused: later it will take it. */
const isAboutTheAccount = (error: Error): boolean =>
  error instanceof MailFromDomainNotVerifiedException || /not verified|paused/i.test(error.message);

const withoutAddresses = (message: string): string => message.replace(/\S+@\S+/g, '<address>');

/** SES allows letters, digits and `-_.@` in tags, 256 at most. */
const asTag = (value: string): string => value.replace(/[^\w.@-]/g, '-').slice(0, 256);
