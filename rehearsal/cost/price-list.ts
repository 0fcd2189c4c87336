import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const amounts = z.record(z.string(), z.number().nonnegative());

const schema = z.object({
  asOf: z.string(),
  region: z.string(),
  currency: z.string(),
  /** Of a million units. */
  perMillion: amounts,
  /** Of one unit, where a million would be no natural number of it. */
  perUnit: amounts,
  /** Units that AWS does not charge for in a month, for as long as it has an account. */
  freeAMonth: amounts,
  /** The service that charges for a unit. */
  services: z.record(z.string(), z.string()),
  /** Of a resource, whatever it is used for, by its type. */
  perMonth: amounts,
  perMonthNotes: z.record(z.string(), z.string()).default({}),
  /** Types of resources that cost nothing by being there; `*` for all of a service. */
  freeToKeep: z.array(z.string()),
});

export type PriceList = z.output<typeof schema>;

/** A file of prices or counts that cannot be used, and what to do about it. */
export class UnusableCosts extends Error {
  override readonly name = 'UnusableCosts';
}

/** @throws {UnusableCosts} naming the file and what is wrong in it */
export const readPrices = (file: string): Promise<PriceList> => readJsonAs(file, schema);

/**
 * A JSON file of a given shape.
 *
 * @throws {UnusableCosts} when there is none, or when it is of another shape
 */
export const readJsonAs = async <Schema extends z.ZodType>(
  file: string,
  shape: Schema,
): Promise<z.output<Schema>> => {
  const parsed = shape.safeParse(await readJson(file));
  if (parsed.success) return parsed.data;
  throw new UnusableCosts(`${file} is not as expected: ${z.prettifyError(parsed.error)}`);
};

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnusableCosts(`${file} cannot be read as JSON: ${why}`, { cause });
  }
};

/** `smsParts DE` is a unit of the kind `smsParts`. */
const kindOf = (unit: string): string => unit.split(' ')[0] ?? unit;

/**
 * What one unit costs. A unit with a subject (`smsParts NO`) has the price of its kind's `other` where it has none of
 * its own.
 *
 * @throws {UnusableCosts} when there is no price: what is counted is never free by being forgotten
 */
export const priceOf = (prices: PriceList, unit: string): number => {
  const names = [unit, `${kindOf(unit)} other`];
  for (const name of names) {
    const perMillion = prices.perMillion[name];
    const price = perMillion === undefined ? prices.perUnit[name] : perMillion / 1e6;
    if (price !== undefined) return price;
  }
  throw new UnusableCosts(
    `got ${unit} in the counts, and prices.json has no price for it: add it to perMillion or perUnit, and its service to services`,
  );
};

/** @throws {UnusableCosts} when nobody charges for it */
export const serviceOf = (prices: PriceList, unit: string): string => {
  const service = prices.services[kindOf(unit)];
  if (service === undefined)
    throw new UnusableCosts(
      `prices.json has a price for ${unit} and no service that charges it: add ${kindOf(unit)} to services`,
    );
  return service;
};

/**
 * What a resource of this type costs a month, whether or not it is used.
 *
 * @throws {UnusableCosts} for a type that is neither priced nor said to be free
 */
export const monthlyPriceOf = (prices: PriceList, type: string): number => {
  const price = prices.perMonth[type];
  if (price !== undefined) return price;
  if (prices.freeToKeep.some((pattern) => matches(pattern, type))) return 0;
  throw new UnusableCosts(
    `the stacks have ${type}, of which prices.json does not say what it costs a month: add it to perMonth, or to freeToKeep`,
  );
};

const matches = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
