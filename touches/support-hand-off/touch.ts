import type { Touch } from '#core/domain/touches/touch.ts';

/** A bad answer was heard, and by whom; subjects: none, or `order`. */
export const supportHandOff = {
  name: 'support-hand-off',
  purpose: 'service',
  channels: ['email'],
  trigger: 'a bad answer to the survey',
  audience: 'everyone who gave a bad answer',
  tellsOf: 'order',
  personalised: ['dates', 'name', 'locale'],
  revenue: 'protects',
  rating: { potential: 3, effort: 3 },
} as const satisfies Touch;
