import type { HttpRequest } from './http-event.ts';
import type { HttpResponse } from './http-on-the-clock.ts';

/** A request of a customer to the pages, and its answer. */
export interface Visit {
  readonly method: string;
  /** Without the query, which entitles to something. */
  readonly path: string;
  readonly status: number;
  /** Why a function failed. */
  readonly because?: string | undefined;
}

export const visitOf = (
  { method, path }: HttpRequest,
  { status, because }: Pick<HttpResponse, 'status' | 'because'>,
): Visit => ({ method, path: withoutToken(path), status, because });

const withoutToken = (path: string): string =>
  path.replace(/\?.*$/, '').replace(/^(\/s)\/.*$/, '$1');
