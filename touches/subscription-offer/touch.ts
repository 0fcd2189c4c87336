import type { Touch } from '#core/domain/touches/touch.ts';

/** What was bought again, as a subscription; subjects: line ids. */
export const subscriptionOffer = {
  name: 'subscription-offer',
  purpose: 'marketing',
  channels: ['email'],
  trigger: 'some weeks after the delivery of a product that the customer has bought before',
  audience:
    'buyers of what can be had as a subscription, from the second time on, unless it was a gift',
  tellsOf: 'lines',
  personalised: ['lines', 'name', 'locale'],
  relevance: ['while-kept', 'unless-unhappy', 'unless-ordered-again', 'unless-subscribed'],
  page: 'subscription',
  revenue: 'upsell',
  rating: { potential: 3, effort: 2 },
} as const satisfies Touch;
