import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import { touchRefIn } from '#core/contracts/touch-ref.ts';
import type { TouchRef } from '#core/domain/touches/touch-record.ts';
import type { SentMail } from '../services/mail.ts';
import type { SentPush, SentText } from '../services/sent-message.ts';
import { touchName, type Words } from './run-record.ts';

/** What SES, End User Messaging and the push services took. */
export interface HandedOver {
  readonly outbox: readonly SentMail[];
  readonly texts: readonly SentText[];
  readonly pushes: readonly SentPush[];
}

/** What was said in each touch that was handed over; of one that went out twice, the last time. */
export const wordsIn = async ({
  outbox,
  texts,
  pushes,
}: HandedOver): Promise<(ref: TouchRef) => Words | undefined> => {
  const words = new Map<string, Words>();
  const keep = (tags: Readonly<Record<string, string>>, said: Words): void => {
    const ref = touchRefIn(tags);
    if (ref !== undefined) words.set(touchName(ref), said);
  };
  for (const { tags, raw } of outbox) keep(tags, await wordsOfMail(raw));
  for (const { context, body } of texts) keep(context, { text: hash(body) });
  for (const { data, title, body } of pushes) keep(data, { subject: title, text: hash(body) });
  return (ref) => words.get(touchName(ref));
};

const wordsOfMail = async (raw: string): Promise<Words> => {
  const { subject, text = '', html = '' } = await PostalMime.parse(raw);
  return { subject, text: hash(text), look: hash(html) };
};

/** Signed tokens (JWS compact serialisation, RFC 7515) and the ids of short links. */
const TOKENS = /eyJ[\w-]+\.[\w-]+\.[\w-]+|(?<=\/s\/)[\w-]+/g;

const hash = (text: string): string =>
  createHash('sha256').update(text.replaceAll(TOKENS, '')).digest('base64url');
