import type { Touch } from '#core/domain/touches/touch.ts';

/** The shop’s loyalty programme, whose page alone says what it offers; subjects: none, or `order`. */
export const loyaltyInvitation = {
  name: 'loyalty-invitation',
  purpose: 'marketing',
  channels: ['email'],
  trigger: 'some days after the delivery of a second or later order',
  audience:
    'customers with a second order, or a third and a score of the best, who are not in the programme, unless the order was risky or they are at risk',
  tellsOf: 'order',
  personalised: ['name', 'locale'],
  relevance: ['unless-unhappy', 'unless-enrolled'],
  page: 'loyalty',
  revenue: 'repeat',
  rating: { potential: 2, effort: 2 },
} as const satisfies Touch;
