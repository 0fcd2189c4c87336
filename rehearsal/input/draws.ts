/** A source of draws in [0, 1), such as `seededRandom` makes. */
export type Random = () => number;

export const between = (random: Random, low: number, high: number): number =>
  low + random() * (high - low);

/** A whole number from `low` to `high`, both included. */
export const wholeBetween = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

/** @throws {RangeError} when there is nothing to pick from */
export const pick = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('pick: the list is empty.');
  return item;
};

/** One item, each as likely as its weight says. */
export const pickWeighted = <Item>(
  random: Random,
  items: readonly (readonly [Item, number])[],
): Item => {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random() * total;
  const found = items.find(([, weight]) => (left -= weight) < 0) ?? items.at(-1);
  if (found === undefined) throw new RangeError('pickWeighted: the list is empty.');
  return found[0];
};

/** A copy in an order that every permutation is equally likely to be. */
export const shuffled = <Item>(random: Random, items: readonly Item[]): readonly Item[] =>
  items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);

/** A log-normal draw: half of them are below `median`, and two thirds within a factor of `e^spread` of it. */
export const logNormal = (random: Random, { median, spread }: Spread): number => {
  // Box and Muller; 1 − u keeps the logarithm's argument above 0.
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(spread * normal);
};

export interface Spread {
  readonly median: number;
  readonly spread: number;
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
