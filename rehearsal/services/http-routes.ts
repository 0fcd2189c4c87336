/** A route of an HTTP API: `GET /orders/{id}`, `ANY /{proxy+}` or `$default`. */
export interface HttpRoute {
  readonly key: string;
  /** `ANY` for every method. */
  readonly method: string;
  /** None for `$default`. */
  readonly segments: readonly Segment[] | undefined;
  /** As the route key says it; empty for `$default`. */
  readonly path: string;
}

type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable' | 'rest'; readonly name: string };

export interface RouteMatch<T extends HttpRoute> {
  readonly route: T;
  readonly parameters: Readonly<Record<string, string>>;
}

/** @throws for a key that is no HTTP API's, naming it */
export const readRouteKey = (key: string): HttpRoute => {
  if (key === '$default') return { key, method: 'ANY', segments: undefined, path: '' };
  const [, method, path] = /^([A-Z]+) (\/\S*)$/.exec(key) ?? [];
  if (method === undefined || path === undefined)
    throw new Error(`got the route key "${key}", expected "<METHOD> /<path>" or "$default"`);
  return { key, method, path, segments: segmentsOf(path).map(readSegment) };
};

const segmentsOf = (path: string): readonly string[] => path.split('/').slice(1);

const readSegment = (text: string): Segment => {
  const [, name, greedy] = /^\{([^{}+]+)(\+?)\}$/.exec(text) ?? [];
  if (name === undefined) return { kind: 'text', text };
  return { kind: greedy === '+' ? 'rest' : 'variable', name };
};

/**
 * The most specific of the routes that fit: text before a variable before a greedy one, segment by
 * segment, then the method before ANY; `$default` is last (API Gateway developer guide, "Create
 * routes for HTTP APIs").
 *
 * @param path decoded, without its query
 */
export const matchRoute = <T extends HttpRoute>(
  routes: readonly T[],
  method: string,
  path: string,
): RouteMatch<T> | undefined => {
  const matches = routes.flatMap((route) => {
    const parameters = parametersOf(route, method, path);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  return matches.toSorted((a, b) => compare(rankOf(a.route), rankOf(b.route)))[0];
};

const parametersOf = (
  { method: routeMethod, segments }: HttpRoute,
  method: string,
  path: string,
): Readonly<Record<string, string>> | undefined => {
  if (segments === undefined) return {};
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const parts = segmentsOf(path);
  const isGreedy = segments.at(-1)?.kind === 'rest';
  if (isGreedy ? parts.length < segments.length : parts.length !== segments.length)
    return undefined;
  const found = segments.map((segment, at) => ({
    segment,
    text: segment.kind === 'rest' ? parts.slice(at).join('/') : (parts[at] ?? ''),
  }));
  const fits = found.every(({ segment, text }) =>
    segment.kind === 'text' ? segment.text === text : text !== '',
  );
  if (!fits) return undefined;
  return Object.fromEntries(
    found.flatMap(({ segment, text }) => (segment.kind === 'text' ? [] : [[segment.name, text]])),
  );
};

const RANKS = { text: '0', variable: '1', rest: '2' } as const;

const rankOf = ({ segments, method }: HttpRoute): string =>
  segments === undefined
    ? '9'
    : segments.map(({ kind }) => RANKS[kind]).join('') + (method === 'ANY' ? '1' : '0');

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
