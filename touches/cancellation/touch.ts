import type { Touch } from '#core/domain/touches/touch.ts';

/** What will not come; subjects: `order`, or ids of the cancellations of lines. */
export const cancellation = {
  name: 'cancellation',
  purpose: 'transactional',
  channels: ['email'],
  trigger: 'the order or some of its lines were cancelled',
  personalised: ['lines', 'amounts', 'dates', 'name', 'locale'],
} as const satisfies Touch;
