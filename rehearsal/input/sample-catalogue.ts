import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { type TimedEvent, told } from './timed-event.ts';

const product = incomingEvents.CatalogItemUpdated.shape.item.extend({
  shop: z.string(),
  price: incomingEvents.CatalogItemUpdated.shape.item.shape.price.unwrap(),
});

const read = (): readonly z.output<typeof product>[] =>
  readFileSync(new URL('../../samples/catalogue.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => product.parse(JSON.parse(line)));

/** What the two sample shops sell; every product has a price. */
export const sampleCatalogue = read();

export type PricedProduct = (typeof sampleCatalogue)[number];

/** @throws {Error} when no sample shop sells it */
export const productOf = (sku: string): PricedProduct => {
  const found = sampleCatalogue.find((each) => each.sku === sku);
  if (found === undefined) throw new Error(`samples/catalogue.jsonl has no product ${sku}.`);
  return found;
};

/** The catalogue as the shops tell it, one product a second. */
export const catalogueEvents = (startMs: number): readonly TimedEvent[] =>
  sampleCatalogue.map(({ shop, ...item }, at) =>
    told(
      'CatalogItemUpdated',
      { shop, eventId: `catalogue/${item.sku}/1`, occurredAtMs: startMs + at * 1000 },
      { item },
    ),
  );
