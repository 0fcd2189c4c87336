import type { Touch } from '#core/domain/touches/touch.ts';

/** One question, answered by one tap; subjects: none, or `order`. */
export const satisfactionSurvey = {
  name: 'satisfaction-survey',
  purpose: 'service',
  channels: ['email'],
  trigger: 'some days of use after the last delivery',
  audience: 'everyone who got something and kept it',
  tellsOf: 'order',
  personalised: ['lines', 'dates', 'answers', 'name', 'locale'],
  relevance: ['while-kept', 'unless-answered'],
  revenue: 'prepares',
  rating: { potential: 3, effort: 1 },
} as const satisfies Touch;
