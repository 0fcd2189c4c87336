import type { Deed, TimedRequest } from '../input/timed-event.ts';
import type { HttpRequest } from './http-event.ts';
import type { AskHttp, HttpResponse } from './http-on-the-clock.ts';

/** A request of a customer to the pages, and its answer. */
export interface Visit {
  readonly method: string;
  /** Without the query, which entitles to something. */
  readonly path: string;
  readonly status: number;
  /** Why a function failed. */
  readonly because?: string | undefined;
}

/**
 * Asks as the customer does, and adds the visit to `visits`.
 *
 * @returns what the answer leads the customer to do
 */
export const visited = async (
  ask: AskHttp,
  { request, follows }: TimedRequest,
  visits: Visit[],
): Promise<readonly Deed[]> => {
  const answer = await ask(request);
  visits.push(visitOf(request, answer));
  return follows?.(answer) ?? [];
};

const visitOf = (
  { method, path }: HttpRequest,
  { status, because }: Pick<HttpResponse, 'status' | 'because'>,
): Visit => ({ method, path: withoutToken(path), status, because });

const withoutToken = (path: string): string =>
  path.replace(/\?.*$/, '').replace(/^(\/s)\/.*$/, '$1');
