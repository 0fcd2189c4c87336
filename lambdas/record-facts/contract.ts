import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';
import type { OutgoingEventType } from '#core/contracts/outgoing-events.ts';
import type { PageEvent } from '#core/domain/orders/page-event.ts';

const name = z.string().min(1);

/** Types of ours that the lake has rows of: the rule of the stack lets these through. */
export const recordedTypes = [
  'OrderChanged',
  'LedgerEntryPosted',
  'ExposureRecorded',
  'OfferSettled',
  'CustomersMerged',
  'SupportCaseChanged',
  'TouchDecided',
  'MessageSent',
  'MessageDelivered',
  'MessageBounced',
  'MessageComplained',
  'MessageClicked',
] as const satisfies readonly OutgoingEventType[];

/** What a page tells, whoever sends it. */
export const pageTypes = [
  'SessionOpened',
  'SessionViewed',
  'OfferShown',
  'OfferClicked',
  'OfferAccepted',
  'OfferDismissed',
] as const satisfies readonly PageEvent['type'][];

export const recordFactsContract = {
  name: 'record-facts',
  env: z.object({
    PSEUDONYMS_TABLE_NAME: name,
    ORDER_LINES_STREAM_NAME: name,
    ORDER_EVENTS_STREAM_NAME: name,
    TOUCHES_STREAM_NAME: name,
    MESSAGE_EVENTS_STREAM_NAME: name,
    SESSIONS_STREAM_NAME: name,
    IMPRESSIONS_STREAM_NAME: name,
    LEDGER_ENTRIES_STREAM_NAME: name,
    SERVICE_SIGNALS_STREAM_NAME: name,
    EXPOSURES_STREAM_NAME: name,
    CUSTOMER_LINKS_STREAM_NAME: name,
  }),
} as const satisfies FunctionContract;
