import prices from '../../prices.json' with { type: 'json' };

type Priced = keyof typeof prices.perMillion;

/** What one order used, in the units that AWS charges for. */
export type Usage = Readonly<Partial<Record<Priced, number>>>;

const names = Object.keys(prices.perMillion).filter((name): name is Priced =>
  Object.hasOwn(prices.perMillion, name),
);

/** List price of one order's requests; Lambda's run time, storage and logs are not in it. */
export const listPrice = (usage: Usage): number =>
  names.reduce((total, name) => total + ((usage[name] ?? 0) * prices.perMillion[name]) / 1e6, 0);

/** Where and when the prices held. */
export const priceBasis = `${prices.currency}, ${prices.region}, ${prices.asOf}`;
