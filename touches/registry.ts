import type { Touch } from '#core/domain/touches/touch.ts';
import { backorderNotice } from './backorder-notice/touch.ts';
import { cancellation } from './cancellation/touch.ts';
import { delayNotice } from './delay-notice/touch.ts';
import { deliveryNotice } from './delivery-notice/touch.ts';
import { digitalAccess } from './digital-access/touch.ts';
import { dispatchNotice } from './dispatch-notice/touch.ts';
import { failedDelivery } from './failed-delivery/touch.ts';
import { orderConfirmation } from './order-confirmation/touch.ts';
import { verification } from './verification/touch.ts';

/** Every touch there is, by name. A folder under `touches/` that is not listed here is never sent. */
export const touches = {
  'order-confirmation': orderConfirmation,
  verification,
  'backorder-notice': backorderNotice,
  'delay-notice': delayNotice,
  'dispatch-notice': dispatchNotice,
  'delivery-notice': deliveryNotice,
  'failed-delivery': failedDelivery,
  cancellation,
  'digital-access': digitalAccess,
} as const satisfies Readonly<Record<string, Touch>>;

export type TouchName = keyof typeof touches;
