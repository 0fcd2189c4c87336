import type { Touch } from '#core/domain/touches/touch.ts';

/** One link a line to review it, for criticism as much as for praise; subjects: line ids. */
export const reviewRequest = {
  name: 'review-request',
  purpose: 'marketing',
  channels: ['email'],
  trigger: 'a good answer to the survey, or none in time',
  audience: 'everyone who gave a good answer or none and sends nothing back, unless it was a gift',
  tellsOf: 'lines',
  personalised: ['lines', 'name', 'locale', 'gift'],
  relevance: ['while-kept', 'unless-returning', 'unless-unhappy', 'unless-reviewed'],
  page: 'review',
  revenue: 'advocacy',
  rating: { potential: 3, effort: 1 },
} as const satisfies Touch;
