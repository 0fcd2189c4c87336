import {
  type AffinityKind,
  type AffinityList,
  basketAffinity,
  type Neighbour,
} from '#core/domain/affinity/affinity-list.ts';

export const neighbour = (
  sku: string,
  score: number,
  rest: Partial<Neighbour> = {},
): Neighbour => ({ sku, score, together: 30, orders: 60, ...rest });

export const list = (
  kind: AffinityKind,
  of: string,
  neighbours: readonly Neighbour[],
  rest: Partial<AffinityList> = {},
): AffinityList => ({ kind, of, orders: 100, openShare: 0, neighbours, ...rest });

/** The shop's best sellers are known, and that it has a thousand orders. */
export const shopOf = (
  lists: readonly AffinityList[],
  best: readonly Neighbour[] = [neighbour('BEST', 0.001)],
) => basketAffinity([...lists, list('best-seller', '', best, { orders: 1_000 })]);
