import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const servePagesContract = {
  name: 'serve-pages',
  env: z.object({
    ORDERS_TABLE_NAME: z.string().min(1),
    CUSTOMERS_TABLE_NAME: z.string().min(1),
    TOUCHES_TABLE_NAME: z.string().min(1),
    LINKS_TABLE_NAME: z.string().min(1),
    ATTRIBUTIONS_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    LINK_KEYS_SECRET_ARN: z.string().min(1),
  }),
} as const satisfies FunctionContract;

/** What of an event of an HTTP API (payload format 2.0) the pages look at. */
export const httpEvent = z.object({
  rawPath: z.string(),
  rawQueryString: z.string().default(''),
  /** Names in lower case. */
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});

export type HttpEvent = z.output<typeof httpEvent>;
