import type { OfferState } from '#core/contracts/session-api.ts';

/** What is shown of an offer: what the API knows of it, and what only this page knows. */
export type OfferPhase =
  | OfferState
  /** the customer said yes, and the API has not answered */
  | 'asking'
  /** the yes did not come through: it may be said again */
  | 'failed';

/** What happens to an offer. */
export type OfferEvent =
  | { readonly kind: 'accept' | 'dismiss' | 'lost' }
  | { readonly kind: 'told'; readonly state: OfferState };

/** Offers that wait for an answer of the customer. */
export const isOpen = (phase: OfferPhase): boolean => phase === 'open' || phase === 'failed';

/** Nothing more comes of these. */
export const isSettled = (phase: OfferPhase): boolean =>
  phase === 'confirmed' || phase === 'refused' || phase === 'expired' || phase === 'dismissed';

/**
 * The phase after something happened; the same one when it changes nothing: a second click, an answer that comes
 * late. Asking and pending end by an answer alone: an offer that was accepted can no longer be dismissed.
 */
export const nextPhase = (phase: OfferPhase, event: OfferEvent): OfferPhase => {
  switch (event.kind) {
    case 'accept':
      return isOpen(phase) ? 'asking' : phase;
    case 'dismiss':
      return isOpen(phase) ? 'dismissed' : phase;
    case 'lost':
      return phase === 'asking' ? 'failed' : phase;
    case 'told':
      return afterAnswer(phase, event.state);
  }
};

const afterAnswer = (phase: OfferPhase, state: OfferState): OfferPhase => {
  if (isSettled(phase)) return phase;
  if (state === 'open') return phase === 'asking' ? 'failed' : phase;
  return state;
};
