import type { AffinityConfig } from '#core/contracts/affinity-config.ts';
import type { AffinityKind, AffinityList } from '#core/domain/affinity/affinity-list.ts';

/** An order of a shop as the model counts it: each product once, by its lines. */
export interface PlainOrder {
  readonly shop: string;
  readonly day: string;
  readonly skus: readonly string[];
}

const ageIn = (asOf: string, day: string): number =>
  (Date.parse(asOf) - Date.parse(day)) / 86_400_000;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** The lists without SQL, by the words of the model's definition; a product's category is its first letter's. */
export const plainLists = (
  orders: readonly PlainOrder[],
  asOf: string,
  config: AffinityConfig,
): readonly { readonly shop: string; readonly list: AffinityList }[] =>
  [...Map.groupBy(orders, ({ shop }) => shop)].flatMap(([shop, own]) =>
    listsOf(own, asOf, config).map((list) => ({ shop, list })),
  );

const categoryOf = (sku: string): string => `of ${sku.slice(0, 1)}`;

const listsOf = (
  orders: readonly PlainOrder[],
  asOf: string,
  config: AffinityConfig,
): readonly AffinityList[] => {
  const weightOf = ({ day }: PlainOrder) => 2 ** (-ageIn(asOf, day) / config.halfLifeDays);
  const skus = [...new Set(orders.flatMap((order) => order.skus))];
  const having = (...wanted: readonly string[]) =>
    orders.filter((order) => wanted.every((sku) => order.skus.includes(sku)));
  const counted = ({ skus: all }: PlainOrder) => all.slice(0, config.basketCap);
  const pairOrders = (a: string, b: string) =>
    orders.filter((order) => [a, b].every((sku) => counted(order).includes(sku)));
  const n = (sku: string) => sum(having(sku).map(weightOf));
  const pairWeight = (a: string, b: string) =>
    sum(pairOrders(a, b).map((order) => weightOf(order) / (counted(order).length - 1)));
  const ranked = (
    kind: AffinityKind,
    of: string,
    members: readonly string[],
    all: readonly string[],
  ): readonly AffinityList[] => {
    const total = sum(members.map(n));
    const neighbours = all
      .map((sku) => {
        const others = members.filter((member) => member !== sku);
        const together = sum(others.map((member) => pairOrders(member, sku).length));
        const weight = sum(others.map((member) => pairWeight(member, sku)));
        const score =
          ((weight / (total + 2)) * together) /
          (together + 8) /
          n(sku) ** config.popularityExponent;
        return { sku, score, together, orders: having(sku).length };
      })
      .filter(({ together }) => together >= config.leastOrders);
    const counts = sum(members.map((member) => having(member).length));
    const list = { kind, of, orders: counts, openShare: 2 / (total + 2), neighbours };
    return neighbours.length === 0 ? [] : [list];
  };
  const categories = Map.groupBy(skus, categoryOf);
  const late = (sku: string) =>
    having(sku).filter(({ day }) => ageIn(asOf, day) < config.bestSellerDays).length;
  const mass = Math.max(
    1e-6,
    sum(skus.flatMap((a) => skus.map((b) => (a === b ? 0 : pairWeight(a, b))))) / sum(skus.map(n)),
  );
  const best = skus
    .filter((sku) => late(sku) > 0)
    .map((sku) => ({
      sku,
      score: (mass * late(sku)) / sum(skus.map(late)) / n(sku) ** config.popularityExponent,
      together: late(sku),
      orders: having(sku).length,
    }));
  return [
    ...skus.flatMap((sku) =>
      ranked(
        'sku',
        sku,
        [sku],
        skus.filter((other) => other !== sku),
      ),
    ),
    ...[...categories].flatMap(([of, members]) => ranked('category', of, members, skus)),
    ...(best.length === 0
      ? []
      : [
          {
            kind: 'best-seller' as const,
            of: '',
            orders: orders.length,
            openShare: 0,
            neighbours: best,
          },
        ]),
  ];
};
