import type { Touch } from '#core/domain/touches/touch.ts';

/** Lines that wait for stock; subjects: `<lineId>` or `<lineId>/<promised date of dispatch>`. */
export const backorderNotice = {
  name: 'backorder-notice',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'a line is backordered, or its promised date was moved',
  audience: 'buyers of lines that wait for stock',
  tellsOf: 'milestones',
  personalised: ['lines', 'amounts', 'dates', 'name', 'locale', 'gift'],
  relevance: ['while-waiting'],
  revenue: 'protects',
  rating: { potential: 3, effort: 2 },
} as const satisfies Touch;
