import MailComposer from 'nodemailer/lib/mail-composer';
import type { ComposedEmail } from '../domain/messages/composed-email.ts';

/** The e-mail as MIME. Nothing in it is drawn or read from a clock: the same e-mail gives the same bytes. */
export const mimeOf = (email: ComposedEmail): Promise<Uint8Array> => {
  const { from, to, replyTo, subject, text, html, composedAt } = email;
  const { 'Message-ID': messageId, ...headers } = email.headers;
  if (messageId === undefined)
    throw new Error('an e-mail without Message-ID: composeEmail gives one');
  const composer = new MailComposer({
    from,
    // An object, as text could be read as a list of addresses.
    to: { name: '', address: to },
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
    subject,
    text,
    // Its lines are long and its markup Latin: else it is searched for that, twice, and found to be so.
    html: { content: html, contentTransferEncoding: 'quoted-printable' },
    headers,
    messageId,
    date: new Date(composedAt),
    baseBoundary: messageId.replaceAll(/[^\da-zA-Z]/g, '').slice(0, 32),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
};
