import * as z from 'zod';

/** What every function that works off a channel's queue needs. */
export const deliveryEnv = {
  ORDERS_TABLE_NAME: z.string().min(1),
  CUSTOMERS_TABLE_NAME: z.string().min(1),
  PURCHASES_TABLE_NAME: z.string().min(1),
  CATALOGUE_TABLE_NAME: z.string().min(1),
  TOUCHES_TABLE_NAME: z.string().min(1),
  SUPPRESSIONS_TABLE_NAME: z.string().min(1),
  CONTACTS_TABLE_NAME: z.string().min(1),
  EVENT_BUS_NAME: z.string().min(1),
  /** Its own queue: a message that fails is put back for a while. */
  QUEUE_URL: z.url(),
} as const;

export type DeliveryEnv = z.output<z.ZodObject<typeof deliveryEnv>>;

/** What one that calls a provider needs: a share of the rate that the account has there. */
export const pacedEnv = { SENDS_PER_SECOND: z.coerce.number().positive() } as const;

/** What one that writes a short message needs: it has short links. */
export const shortLinksEnv = {
  LINKS_TABLE_NAME: z.string().min(1),
  LINK_KEYS_SECRET_ARN: z.string().min(1),
} as const;
