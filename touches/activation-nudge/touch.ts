import type { Touch } from '#core/domain/touches/touch.ts';

/** The first step with what was not started yet; subjects: line ids. */
export const activationNudge = {
  name: 'activation-nudge',
  purpose: 'service',
  channels: ['push', 'email', 'inbox'],
  trigger: 'no first use was reported in 48 hours',
  audience: 'buyers of products that report their use',
  tellsOf: 'lines',
  personalised: ['lines', 'dates', 'access', 'name', 'locale', 'guide', 'gift'],
  relevance: ['while-kept', 'unless-activated'],
  revenue: 'prepares',
  rating: { potential: 3, effort: 2 },
} as const satisfies Touch;
