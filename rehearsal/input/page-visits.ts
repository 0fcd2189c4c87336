import type { HttpRequest } from '../services/http-event.ts';
import type { SentMessage } from '../services/sent-message.ts';
import type { Random } from './draws.ts';
import type { TimedRequest } from './timed-event.ts';

/** The pages that links of messages lead to. */
export type OwnPage = 'survey' | 'preferences' | 'unsubscribe' | 'consent' | 'c' | 's';

/** The text of a message as its reader sees it, as far as links go. */
export const readable = (message: SentMessage): string =>
  message.channel === 'email'
    ? message.raw
        .replaceAll(/=\r?\n/g, '')
        .replaceAll('=3D', '=')
        .replaceAll('&amp;', '&')
    : `${message.body} ${message.channel === 'push' ? (message.url ?? '') : ''}`;

/** Path and query of the first link of a message to one of our pages. */
export const linkTo = (message: SentMessage, page: OwnPage): string | undefined => {
  const path = page === 's' ? 's/' : `${page}\\?`;
  const [, found] =
    new RegExp(`https://[^/\\s"'<>]+(/${path}[^\\s"'<>)\\]]+)`).exec(readable(message)) ?? [];
  return found;
};

const browser = {
  'user-agent': 'Mozilla/5.0 (rehearsal)',
  accept: 'text/html',
};

const get = (path: string, headers: HttpRequest['headers'] = browser): HttpRequest => ({
  method: 'GET',
  path,
  headers,
});

/** A link as a browser follows it. */
export const follow = (path: string): HttpRequest => get(path);

/** A form as a browser sends it. */
export const submit = (path: string, fields: Readonly<Record<string, string>>): HttpRequest => ({
  method: 'POST',
  path,
  headers: { ...browser, 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

/** How many of the messages are dealt with so. Assumptions, high enough that some hundred orders show each. */
const shares = { scanned: 0.03, clicked: 0.08, unsubscribed: 0.02, preferred: 0.004 };

const MINUTE_MS = 60_000;

/**
 * What is done on our pages after a message: programs that follow every link before its reader does, clicks,
 * one-click unsubscribes, a look at the preferences that ends in a change.
 */
export const pageVisits = (message: SentMessage, random: Random): readonly TimedRequest[] => {
  const sentMs = Date.parse(message.at);
  const after = (minutes: number, request: HttpRequest): TimedRequest => ({
    atMs: Math.round(sentMs + minutes * MINUTE_MS),
    request,
  });
  const visits: TimedRequest[] = [];
  if (random() < shares.scanned)
    for (const page of ['unsubscribe', 'preferences', 'survey', 'consent', 'c'] as const) {
      const link = linkTo(message, page);
      if (link !== undefined) visits.push(after(0.2, get(link, { 'user-agent': 'link-scanner' })));
    }
  const click = linkTo(message, message.channel === 'email' ? 'c' : 's');
  if (random() < shares.clicked && click !== undefined)
    visits.push(after(90 * random(), get(click)));
  const unsubscribe = linkTo(message, 'unsubscribe');
  if (random() < shares.unsubscribed && unsubscribe !== undefined)
    visits.push(after(120, submit(unsubscribe, { 'List-Unsubscribe': 'One-Click' })));
  const preferences = linkTo(message, 'preferences');
  if (random() < shares.preferred && preferences !== undefined)
    // A form in which nothing is ticked: everything that can be refused is refused.
    visits.push(after(150, get(preferences)), after(152, submit(preferences, { save: 'yes' })));
  return visits;
};
