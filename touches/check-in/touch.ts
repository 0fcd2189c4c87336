import type { Touch } from '#core/domain/touches/touch.ts';

/** Whether it works, and where help is; subjects: line ids. */
export const checkIn = {
  name: 'check-in',
  purpose: 'service',
  channels: ['email'],
  trigger: 'some days of use after a delivery, more for considered products than for complex ones',
  audience: 'buyers of considered and complex products',
  tellsOf: 'lines',
  personalised: ['lines', 'dates', 'name', 'locale', 'guide', 'content'],
  content: ['troubleshooting'],
  relevance: ['while-kept'],
  revenue: 'prepares',
  rating: { potential: 3, effort: 1 },
} as const satisfies Touch;
