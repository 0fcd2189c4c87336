import type { Touch } from '#core/domain/touches/touch.ts';

/** Until when the warranty lasts, and where to register it; subjects: line ids. */
export const warrantyRegistration = {
  name: 'warranty-registration',
  purpose: 'service',
  channels: ['email'],
  trigger: 'some weeks after a delivery',
  audience: 'owners of products whose warranty has to be registered',
  tellsOf: 'lines',
  personalised: ['lines', 'dates', 'name', 'locale'],
  relevance: ['while-kept'],
  page: 'warranty',
  revenue: 'protects',
  rating: { potential: 1, effort: 2 },
} as const satisfies Touch;
