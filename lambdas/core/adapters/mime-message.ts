import { encode as base64, wrap as wrapBase64 } from 'nodemailer/lib/base64';
import MimeNode from 'nodemailer/lib/mime-node';
import { encode as quotedPrintable, wrap as wrapQuotedPrintable } from 'nodemailer/lib/qp';
import type { ComposedEmail } from '../domain/messages/composed-email.ts';

/**
 * The e-mail as MIME. Nothing in it is drawn or read from a clock: the same e-mail gives the same bytes. The library
 * would join the parts by streams, as files may be among them; ours are two texts at hand, and its streams took longer
 * than what they carried. They wrap every 64 KB by itself: beyond that a line of theirs may end elsewhere.
 */
export const mimeOf = (email: ComposedEmail): Uint8Array => {
  const message = headOf(email);
  const head = message.buildHeaders();
  const parts = [
    partOf(message, 'text/plain', email.text),
    // Its lines are long and its markup Latin: else it is searched for that, twice, and found to be so.
    partOf(message, 'text/html', Buffer.from(email.html), 'quoted-printable'),
  ];
  const between = `--${message.boundary}`;
  const body = parts.map((part) => `${between}\r\n${part}\r\n`).join('');
  return Buffer.from(`${head}\r\n\r\n${body}${between}--\r\n`);
};

const headOf = ({
  from,
  to,
  replyTo,
  subject,
  headers: { 'Message-ID': messageId, ...headers },
  composedAt,
}: ComposedEmail): MimeNode => {
  if (messageId === undefined)
    throw new Error('an e-mail without Message-ID: composeEmail gives one');
  const baseBoundary = messageId.replaceAll(/[^\da-zA-Z]/g, '').slice(0, 32);
  return new MimeNode('multipart/alternative', { baseBoundary }).addHeader(headers).setHeader({
    From: from,
    // An object, as text could be read as a list of addresses.
    To: { name: '', address: to },
    ...(replyTo === undefined ? {} : { 'Reply-To': { name: '', address: replyTo } }),
    Subject: subject,
    'Message-ID': messageId,
    Date: new Date(composedAt),
  });
};

const partOf = (
  message: MimeNode,
  type: 'text/plain' | 'text/html',
  content: string | Buffer,
  encoding?: 'quoted-printable',
): string => {
  // It has no parts to bound, and would draw a boundary for them.
  const { baseBoundary } = message;
  const part = message.createChild(`${type}; charset=utf-8`, { baseBoundary });
  if (encoding !== undefined) part.setHeader('Content-Transfer-Encoding', encoding);
  part.setContent(content);
  return `${part.buildHeaders()}\r\n\r\n${encoded(content, part.getTransferEncoding())}`;
};

/** @param encoding what the part says of itself, which the library settles by what is in it */
const encoded = (content: string | Buffer, encoding: string | false): string => {
  if (encoding === 'quoted-printable') return wrapQuotedPrintable(quotedPrintable(content));
  if (encoding === 'base64') return wrapBase64(base64(content));
  return content.toString();
};
