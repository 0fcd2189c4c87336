import type { Cloud } from '../assembly/cloud.ts';
import type { SentMail } from './mail.ts';

/** The types of event that the rehearsal's SES publishes, by `eventType`. */
export type MailEventType =
  'Send' | 'Delivery' | 'DeliveryDelay' | 'Bounce' | 'Complaint' | 'Reject';

export interface MailCircumstances {
  readonly cloud: Pick<Cloud, 'account' | 'region'>;
  readonly mail: SentMail;
  /** The configuration set. */
  readonly set: string;
  /** Whom this happened to. */
  readonly recipients: readonly string[];
  readonly nowMs: number;
}

/** How long SES tries to deliver: assumption. */
const GIVES_UP_MS = 14 * 3_600_000;

/**
 * What SES says happened to a message (SES developer guide, "Contents of event data that Amazon SES
 * publishes"). The part that is named after the type has what is special to it.
 */
export const mailDetail = (
  type: MailEventType,
  of: MailCircumstances,
): Readonly<Record<string, unknown>> => ({
  eventType: type,
  mail: mailOf(of),
  ...special(type, of),
});

const mailOf = ({ cloud, mail, set }: MailCircumstances) => {
  const headers = headersOf(mail.raw);
  const domain = domainOf(mail.from);
  return {
    timestamp: mail.at,
    source: mail.from,
    sourceArn: `arn:aws:ses:${cloud.region}:${cloud.account}:identity/${domain}`,
    sendingAccountId: cloud.account,
    messageId: mail.messageId,
    destination: mail.to,
    headersTruncated: false,
    headers,
    commonHeaders: commonHeadersOf(headers, mail.messageId),
    tags: {
      ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
      'ses:configuration-set': [set],
      'ses:from-domain': [domain],
      'ses:source-ip': ['192.0.2.1'],
    },
  };
};

const special = (type: MailEventType, of: MailCircumstances): Readonly<Record<string, unknown>> => {
  const { mail, recipients, nowMs } = of;
  const timestamp = new Date(nowMs).toISOString();
  const feedbackId = `${mail.messageId}-feedback`;
  switch (type) {
    case 'Send':
      return { send: {} };
    case 'Reject':
      return { reject: { reason: 'Bad content' } };
    case 'Delivery':
      return { delivery: deliveryOf(of, timestamp) };
    case 'DeliveryDelay':
      return { deliveryDelay: delayOf(of, timestamp) };
    case 'Bounce':
      return { bounce: bounceOf(recipients, timestamp, feedbackId) };
    case 'Complaint':
      return {
        complaint: {
          complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
          timestamp,
          feedbackId,
          complaintSubType: null,
          userAgent: 'rehearsal',
          complaintFeedbackType: 'abuse',
          arrivalDate: timestamp,
        },
      };
  }
};

const REPORTING_MTA = 'a1-1.smtp-out.amazonses.com';

const deliveryOf = ({ mail, recipients, nowMs }: MailCircumstances, timestamp: string) => ({
  timestamp,
  processingTimeMillis: nowMs - Date.parse(mail.at),
  recipients,
  smtpResponse: '250 2.6.0 Message received',
  reportingMTA: REPORTING_MTA,
});

const delayOf = ({ mail, recipients }: MailCircumstances, timestamp: string) => ({
  timestamp,
  delayType: 'TransientCommunicationFailure',
  expirationTime: new Date(Date.parse(mail.at) + GIVES_UP_MS).toISOString(),
  delayedRecipients: recipients.map((emailAddress) => ({
    emailAddress,
    status: '4.4.1',
    diagnosticCode: 'smtp; 421 4.4.1 Unable to connect to remote host',
  })),
});

const bounceOf = (recipients: readonly string[], timestamp: string, feedbackId: string) => ({
  bounceType: 'Permanent',
  bounceSubType: recipients.every((address) => address.startsWith('suppressionlist@'))
    ? 'Suppressed'
    : 'General',
  bouncedRecipients: recipients.map((emailAddress) => ({
    emailAddress,
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: 'smtp; 550 5.1.1 user unknown',
  })),
  timestamp,
  feedbackId,
  reportingMTA: `dns; ${REPORTING_MTA}`,
});

interface Header {
  readonly name: string;
  readonly value: string;
}

/** A header that goes on in the next line is put together again (RFC 5322, 2.2.3). */
const headersOf = (raw: string): readonly Header[] => {
  const [head = ''] = raw.split(/\r?\n\r?\n/, 1);
  return head
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter((line) => line.includes(':'))
    .map((line) => {
      const at = line.indexOf(':');
      return { name: line.slice(0, at), value: line.slice(at + 1).trim() };
    });
};

const commonHeadersOf = (headers: readonly Header[], messageId: string) => {
  const valueOf = (wanted: string): string | undefined =>
    headers.find(({ name }) => name.toLowerCase() === wanted)?.value;
  const [from, to, subject] = ['from', 'to', 'subject'].map(valueOf);
  return {
    ...(from === undefined ? {} : { from: [from] }),
    ...(to === undefined ? {} : { to: [to] }),
    messageId,
    ...(subject === undefined ? {} : { subject }),
  };
};

const domainOf = (from: string): string => {
  const address = /<([^>]+)>/.exec(from)?.[1] ?? from;
  return address.split('@')[1] ?? '';
};
