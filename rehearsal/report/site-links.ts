import PostalMime from 'postal-mime';
import type { SentMail } from '../services/mail.ts';

/** Messages that are looked through, and links that are shown, at most. */
const MESSAGES = 100;
const LINKS = 6;

/**
 * Paths of links in the last messages that lead to the API, one of each first segment.
 *
 * @param hosts names that the API goes by
 */
export const linksOf = async (
  outbox: readonly SentMail[],
  hosts: readonly string[],
): Promise<readonly string[]> => {
  const byKind = new Map<string, string>();
  for (const { raw } of outbox.slice(-MESSAGES).toReversed()) {
    const { html = '', text = '', headers } = await PostalMime.parse(raw);
    const all = [html, text, ...headers.map(({ value }) => value)].join('\n');
    for (const [link] of all.matchAll(/https:\/\/[^\s"'<>]+/g)) {
      const path = pathIn(link.replaceAll('&amp;', '&'), hosts);
      if (path === undefined) continue;
      const [, kind = ''] = path.split(/[/?]/);
      if (!byKind.has(kind)) byKind.set(kind, path);
    }
    if (byKind.size >= LINKS) break;
  }
  return [...byKind.values()].slice(0, LINKS);
};

const pathIn = (link: string, hosts: readonly string[]): string | undefined => {
  const url = URL.parse(link);
  return url !== null && hosts.includes(url.hostname) ? `${url.pathname}${url.search}` : undefined;
};
