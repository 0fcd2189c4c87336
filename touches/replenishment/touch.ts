import type { Touch } from '#core/domain/touches/touch.ts';

/** What may be running low; subjects: line ids. */
export const replenishment = {
  name: 'replenishment',
  purpose: 'marketing',
  channels: ['email', 'push', 'inbox'],
  trigger: 'shortly before a supply runs out, at the pace at which the customer uses it up',
  audience: 'buyers of what is used up, unless it was a gift or comes by subscription',
  tellsOf: 'lines',
  personalised: ['lines', 'name', 'locale', 'gift'],
  relevance: ['while-kept', 'unless-unhappy', 'unless-bought-again', 'unless-subscribed'],
  revenue: 'repeat',
  rating: { potential: 3, effort: 2 },
} as const satisfies Touch;
