import type { Touch } from '#core/domain/touches/touch.ts';

/** Lines that wait for stock; subjects: `<lineId>` or `<lineId>/<promised date of dispatch>`. */
export const backorderNotice = {
  name: 'backorder-notice',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'a line is backordered, or its promised date was moved',
  personalised: ['lines', 'amounts', 'dates', 'name', 'locale', 'gift'],
  relevance: 'while-waiting',
} as const satisfies Touch;
