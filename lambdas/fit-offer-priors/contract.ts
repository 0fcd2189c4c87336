import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

/** Called by a schedule, again and again, with nothing. */
export const fitOfferPriorsContract = {
  name: 'fit-offer-priors',
  env: z.object({
    OFFERS_TABLE_NAME: z.string().min(1),
    OFFER_COUNTS_TABLE_NAME: z.string().min(1),
  }),
} as const satisfies FunctionContract;
