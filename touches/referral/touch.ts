import type { Touch } from '#core/domain/touches/touch.ts';

/** The shop’s page for telling a friend, which alone says what there is for it; subjects: none, or `order`. */
export const referral = {
  name: 'referral',
  purpose: 'marketing',
  channels: ['email'],
  trigger: 'a good answer to the survey, and then some days',
  audience: 'everyone who gave a good answer, unless it was a gift or a risky order',
  tellsOf: 'order',
  personalised: ['lines', 'name', 'locale'],
  relevance: ['while-kept', 'unless-unhappy'],
  page: 'referral',
  revenue: 'advocacy',
  rating: { potential: 2, effort: 2 },
} as const satisfies Touch;
