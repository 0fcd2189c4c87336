import type { Touch } from '#core/domain/touches/touch.ts';

/** How to use and care for what arrived; subjects: line ids. */
export const careGuide = {
  name: 'care-guide',
  purpose: 'service',
  channels: ['email'],
  trigger: 'the time for care after a delivery has come',
  audience: 'everyone who got something, unless it was a simple thing bought before',
  tellsOf: 'lines',
  personalised: ['lines', 'dates', 'name', 'locale', 'guide', 'content'],
  content: ['usage-guide', 'care'],
  relevance: ['while-kept'],
  revenue: 'prepares',
  rating: { potential: 2, effort: 3 },
} as const satisfies Touch;
