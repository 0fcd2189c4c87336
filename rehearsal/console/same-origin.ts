import type { IncomingMessage } from 'node:http';

/** Names of this machine alone: a name that somebody else can point here is not one. */
export const isOwnHost = (host: string | undefined): boolean =>
  /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');

/** Places an order when it is looked at. */
const PLACES_ORDER = /^\/demo\/[^/]+\/new$/;

/**
 * Why a request may not change anything, in words: it does not come from a page of this site. Browsers say where each
 * comes from; whoever calls our pages by hand says nothing, as mail programs do that unsubscribe by one click.
 *
 * @param isConsole whether it is for the console, which changes nothing for anybody but its own page
 */
export const originProblem = (
  { method = 'GET', headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  path: string,
  isConsole: boolean,
): string | undefined => {
  const isReading = ['GET', 'HEAD', 'OPTIONS'].includes(method) && !PLACES_ORDER.test(path);
  if (isReading) return undefined;
  return isConsole ? problemOfConsole(headers) : problemOfPage(headers);
};

type Headers = IncomingMessage['headers'];

const problemOfConsole = ({ origin, host }: Headers): string | undefined =>
  origin === `http://${host}`
    ? undefined
    : `got the origin "${origin ?? 'none'}", expected http://${host}: the console is driven from its own page`;

const problemOfPage = ({ origin, host, 'sec-fetch-site': site }: Headers): string | undefined => {
  const own = `http://${host}`;
  const isForeign = site === 'cross-site' || site === 'same-site';
  // A page that tells nobody where it was says "null" for its own forms.
  const isOther = origin !== undefined && origin !== own && origin !== 'null';
  return isForeign || isOther
    ? `got a request of ${origin ?? `a ${site} page`}, expected one of this site: ${own}`
    : undefined;
};
