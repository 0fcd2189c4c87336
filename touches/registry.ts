import type { Touch } from '#core/domain/touches/touch.ts';
import { activationNudge } from './activation-nudge/touch.ts';
import { backorderNotice } from './backorder-notice/touch.ts';
import { cancellation } from './cancellation/touch.ts';
import { careGuide } from './care-guide/touch.ts';
import { checkIn } from './check-in/touch.ts';
import { consentConfirmation } from './consent-confirmation/touch.ts';
import { crossSell } from './cross-sell/touch.ts';
import { delayNotice } from './delay-notice/touch.ts';
import { deliveryNotice } from './delivery-notice/touch.ts';
import { digitalAccess } from './digital-access/touch.ts';
import { dispatchNotice } from './dispatch-notice/touch.ts';
import { failedDelivery } from './failed-delivery/touch.ts';
import { loyaltyInvitation } from './loyalty-invitation/touch.ts';
import { orderConfirmation } from './order-confirmation/touch.ts';
import { outForDelivery } from './out-for-delivery/touch.ts';
import { packagingInsert } from './packaging-insert/touch.ts';
import { referral } from './referral/touch.ts';
import { refund } from './refund/touch.ts';
import { replenishment } from './replenishment/touch.ts';
import { reviewRequest } from './review-request/touch.ts';
import { satisfactionSurvey } from './satisfaction-survey/touch.ts';
import { subscriptionOffer } from './subscription-offer/touch.ts';
import { supportHandOff } from './support-hand-off/touch.ts';
import { upgradeNudge } from './upgrade-nudge/touch.ts';
import { verification } from './verification/touch.ts';
import { warrantyRegistration } from './warranty-registration/touch.ts';
import { winBack } from './win-back/touch.ts';

/** Every touch there is, by name. A folder under `touches/` that is not listed here is never sent. */
export const touches = {
  'order-confirmation': orderConfirmation,
  verification,
  'backorder-notice': backorderNotice,
  'dispatch-notice': dispatchNotice,
  'delay-notice': delayNotice,
  'out-for-delivery': outForDelivery,
  'delivery-notice': deliveryNotice,
  'failed-delivery': failedDelivery,
  cancellation,
  refund,
  'digital-access': digitalAccess,
  'care-guide': careGuide,
  'check-in': checkIn,
  'activation-nudge': activationNudge,
  'upgrade-nudge': upgradeNudge,
  'satisfaction-survey': satisfactionSurvey,
  'support-hand-off': supportHandOff,
  'review-request': reviewRequest,
  referral,
  'loyalty-invitation': loyaltyInvitation,
  'cross-sell': crossSell,
  replenishment,
  'subscription-offer': subscriptionOffer,
  'warranty-registration': warrantyRegistration,
  'win-back': winBack,
  'packaging-insert': packagingInsert,
  'consent-confirmation': consentConfirmation,
} as const satisfies Readonly<Record<string, Touch>>;

export type TouchName = keyof typeof touches;
