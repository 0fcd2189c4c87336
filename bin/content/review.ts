import type { ContentReviewed } from '#core/contracts/parse-event.ts';

/** What a person says of one text or proposed fact. */
export type Review = Pick<
  ContentReviewed,
  'shop' | 'sku' | 'subject' | 'verdict' | 'reviewer' | 'reason'
>;
