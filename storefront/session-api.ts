import type { InteractionKind } from '#core/contracts/session-api.ts';

export interface Interaction {
  readonly impressionId: string;
  readonly kind: InteractionKind;
}

/** How the API is asked about one session. */
export interface SessionKey {
  readonly sessionId: string;
  readonly sessionToken: string;
}

/** What came of a request; nothing is thrown. */
export type Reply =
  | { readonly kind: 'answered'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unreachable'; readonly because: 'timeout' | 'network' | 'bad-answer' };

export interface SessionApi {
  open(orderToken: string, timeoutMs: number, signal: AbortSignal): Promise<Reply>;
  read(key: SessionKey, signal: AbortSignal): Promise<Reply>;
  /** It outlives the page: what was told on leaving it arrives. */
  tell(key: SessionKey, interactions: readonly Interaction[]): Promise<Reply>;
}

/** An accept is worth waiting for: the button says that it is on its way. */
const TELL_TIMEOUT_MS = 10_000;

/**
 * The API of the confirmation page, https://fetch.spec.whatwg.org. Bodies go as `text/plain`, the type of a plain
 * string, so that the browser asks no leave before them (CORS); cookies never go.
 */
export const sessionApi = (api: URL): SessionApi => {
  const session = ({ sessionId }: SessionKey) =>
    new URL(`sessions/${encodeURIComponent(sessionId)}`, api);
  return {
    open: (orderToken, timeoutMs, signal) =>
      ask(new URL('sessions', api), post({ orderToken }), timeoutMs, signal),
    read: (key, signal) =>
      ask(
        session(key),
        { headers: { authorization: `Bearer ${key.sessionToken}` } },
        TELL_TIMEOUT_MS,
        signal,
      ),
    tell: (key, interactions) =>
      ask(
        new URL(`${session(key).href}/interactions`),
        { ...post({ sessionToken: key.sessionToken, interactions }), keepalive: true },
        TELL_TIMEOUT_MS,
      ),
  };
};

const post = (body: object): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

const ask = async (
  url: URL,
  init: RequestInit,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Reply> => {
  const ended = new AbortController();
  const end = () => ended.abort();
  const timer = setTimeout(end, timeoutMs);
  signal?.addEventListener('abort', end);
  try {
    const answer = await fetch(url, {
      ...init,
      credentials: 'omit',
      cache: 'no-store',
      signal: ended.signal,
    });
    if (!answer.ok) return { kind: 'refused', status: answer.status };
    return bodyOf(await answer.text());
  } catch {
    // fetch gives no reason that a page could act on.
    return { kind: 'unreachable', because: ended.signal.aborted ? 'timeout' : 'network' };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
};

const bodyOf = (text: string): Reply => {
  try {
    return { kind: 'answered', body: JSON.parse(text) };
  } catch {
    return { kind: 'unreachable', because: 'bad-answer' };
  }
};

/** Whether the same request may fare better: the network failed, or the API did. */
export const isPassing = (reply: Reply): boolean =>
  reply.kind === 'unreachable' || (reply.kind === 'refused' && reply.status >= 500);
