import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { PlacedOrder } from './order-life.ts';
import { productOf } from './sample-catalogue.ts';

const common = { shop: z.string().min(1), offerId: z.string().min(1) };

const offer = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.enum(['upsell', 'cross-sell']),
    sku: z
      .string()
      .refine(
        (sku) => productOf(sku).price.amountMinor > 0,
        'expected a product that costs something',
      ),
  }),
  z.strictObject({ ...common, type: z.enum(['loyalty', 'referral']) }),
  z.strictObject({
    ...common,
    type: z.literal('partner'),
    partner: z.string().min(1),
    /** What the partner pays the shop for a customer. */
    commission: z.strictObject({ amountMinor: z.int().positive(), currency: z.string().length(3) }),
  }),
]);

export type SampleOffer = z.output<typeof offer>;

const read = (): readonly SampleOffer[] =>
  readFileSync(new URL('../../samples/offers.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => offer.parse(JSON.parse(line)));

/** What the confirmation pages of the two sample shops may show. */
export const sampleOffers = read();

/** What may be shown to whoever placed the order: nothing they just bought, no membership to a guest. */
export const offersFor = ({ shop, lines, contact }: PlacedOrder): readonly SampleOffer[] =>
  sampleOffers.filter((each) => {
    if (each.shop !== shop) return false;
    if ('sku' in each) return !lines.some(({ sku }) => sku === each.sku);
    return each.type !== 'loyalty' || contact.customerId !== undefined;
  });
