/** What goes with a product, with a category, or with whatever a shop sells. */
export type AffinityKind = 'sku' | 'category' | 'best-seller';

/** A product of a list. */
export interface Neighbour {
  readonly sku: string;
  /** How well it goes; above zero, comparable within a shop and a run. */
  readonly score: number;
  /** Orders that have both; in a category's list pairs; among best sellers its orders of the last days. */
  readonly together: number;
  /** Orders that have it. */
  readonly orders: number;
}

/** What goes with one product or category, or the best sellers of a shop; best first. */
export interface AffinityList {
  readonly kind: AffinityKind;
  /** The product or category; empty for best sellers. */
  readonly of: string;
  /** Orders that have it; of best sellers all orders of the shop. */
  readonly orders: number;
  /** What of it is left to the next wider list, 0 to 1: the fewer orders, the more. */
  readonly openShare: number;
  readonly neighbours: readonly Neighbour[];
}

/** A list and whose it is. */
export interface ShopList {
  readonly shop: string;
  readonly list: AffinityList;
}

/** What is known of the products of a basket; of a shop that has learnt nothing all of it is empty. */
export interface BasketAffinity {
  readonly skus: ReadonlyMap<string, AffinityList>;
  readonly categories: ReadonlyMap<string, AffinityList>;
  readonly bestSellers?: AffinityList | undefined;
}

/** Sorts lists by what they are of. */
export const basketAffinity = (lists: readonly AffinityList[]): BasketAffinity => {
  const ofKind = (kind: AffinityKind) =>
    new Map(lists.filter((list) => list.kind === kind).map((list) => [list.of, list] as const));
  return {
    skus: ofKind('sku'),
    categories: ofKind('category'),
    bestSellers: ofKind('best-seller').get(''),
  };
};
