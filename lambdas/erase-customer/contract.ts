import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

const name = z.string().min(1);

export const eraseCustomerContract = {
  name: 'erase-customer',
  env: z.object({
    ORDERS_TABLE_NAME: name,
    CUSTOMERS_TABLE_NAME: name,
    PURCHASES_TABLE_NAME: name,
    TOUCHES_TABLE_NAME: name,
    IDENTITIES_TABLE_NAME: name,
    CONTACTS_TABLE_NAME: name,
    INBOX_TABLE_NAME: name,
    LINKS_TABLE_NAME: name,
    ATTRIBUTIONS_TABLE_NAME: name,
    PSEUDONYMS_TABLE_NAME: name,
    SCORES_TABLE_NAME: name,
    SESSIONS_TABLE_NAME: name,
    OFFER_HISTORIES_TABLE_NAME: name,
    EVENT_BUS_NAME: name,
    SCHEDULE_GROUP_NAME: name,
    SCHEDULER_ROLE_ARN: name,
    NOT_ERASED_QUEUE_ARN: name,
  }),
} as const satisfies FunctionContract;

/** What the schedule sends a day later: by then nothing tells any more under which ids they were known. */
export const erasureAgain = z.object({
  shop: name,
  requestId: name,
  requestedAt: z.iso.datetime(),
  customerIds: z.array(name).min(1),
});

export type ErasureAgain = z.output<typeof erasureAgain>;
