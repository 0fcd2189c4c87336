import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const serveInboxContract = {
  name: 'serve-inbox',
  env: z.object({
    CUSTOMERS_TABLE_NAME: z.string().min(1),
    INBOX_TABLE_NAME: z.string().min(1),
    /** `{ key, previousKey? }`, which the shops have too. */
    SHOP_TOKEN_KEYS_SECRET_ARN: z.string().min(1),
  }),
} as const satisfies FunctionContract;

/** What the API hands over of `GET /inbox`. */
export const inboxRequest = z.object({
  headers: z.record(z.string(), z.string().optional()).default({}),
  queryStringParameters: z.record(z.string(), z.string().optional()).default({}),
});

export type InboxRequest = z.output<typeof inboxRequest>;
