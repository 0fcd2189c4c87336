import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import { type OfferType, offerTypes } from '#core/domain/offers/offer.ts';
import { SEES_NEXT, takenUpRates } from '../input/confirmation-rates.ts';
import { reactionRates } from '../input/customer-rates.ts';

/** How often what is shown and sent is taken up. Shares from 0 to 1. */
export interface Rates {
  /** In words: whose rates they are. */
  readonly of: string;
  /** Of those who see an offer, by its type: they take it up. */
  readonly offers: Readonly<Partial<Record<OfferType, number>>>;
  /** Of those on the page: they see the first place; of those, the second; and so on. */
  readonly seen: readonly number[];
  /** Of messages, by touch: an order follows. */
  readonly touches: Readonly<Record<string, number>>;
  /** What such an order is worth, minor units by currency. @default the average order of the run */
  readonly orderValue?: Readonly<Record<string, number>> | undefined;
}

/** A file of rates that cannot be used, and what to do about it. */
export class UnusableRates extends Error {
  override readonly name = 'UnusableRates';
}

/** What the customers of the sample shops do, by assumption. */
export const sampleRates: Rates = {
  of: 'of the sample shops’ customers: assumptions, give your own by --rates',
  offers: takenUpRates,
  seen: SEES_NEXT,
  touches: {
    replenishment: reactionRates.reorders,
    'cross-sell': reactionRates['buys-pairing'],
    'win-back': reactionRates['comes-back'],
  },
};

const share = z.number().min(0).max(1);

const fileOfRates = z.strictObject({
  offers: z.partialRecord(z.enum(offerTypes), share).default({}),
  seen: z
    .array(share)
    .min(1)
    .default([...SEES_NEXT]),
  touches: z.record(z.string(), share).default({}),
  orderValue: z.record(z.string(), z.int().nonnegative()).optional(),
});

/**
 * Rates of a YAML or JSON file: `offers` by type, `seen` by place, `touches` by name, `orderValue` in minor units by
 * currency. What it does not name is taken up by nobody.
 *
 * @param knownTouches the touches that it may name
 * @throws {UnusableRates} naming the file and what is wrong in it
 */
export const readRates = async (file: string, knownTouches: readonly string[]): Promise<Rates> => {
  const parsed = fileOfRates.safeParse(await documentOf(file));
  if (!parsed.success)
    throw new UnusableRates(`${file} is not as expected: ${z.prettifyError(parsed.error)}`);
  const unknown = Object.keys(parsed.data.touches).find((name) => !knownTouches.includes(name));
  if (unknown !== undefined)
    throw new UnusableRates(
      `${file}: touches: got "${unknown}", expected some of ${knownTouches.join(', ')}`,
    );
  return { of: `of ${file}`, ...parsed.data };
};

const documentOf = async (file: string): Promise<unknown> => {
  try {
    const document: unknown = parse(await readFile(file, 'utf8'));
    return document;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnusableRates(`${file} cannot be read as YAML or JSON: ${why}`, { cause });
  }
};
