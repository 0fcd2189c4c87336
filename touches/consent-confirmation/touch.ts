import type { Touch } from '#core/domain/touches/touch.ts';

/** Asks the owner of an address whether news may go there (double opt-in); subjects: the channels. */
export const consentConfirmation = {
  name: 'consent-confirmation',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'news was agreed to with an order, where the agreement has to be confirmed',
  audience: 'customers whose agreement does not count before it is confirmed',
  tellsOf: 'milestones',
  personalised: ['dates', 'name', 'locale'],
  revenue: 'prepares',
  rating: { potential: 2, effort: 1 },
} as const satisfies Touch;
