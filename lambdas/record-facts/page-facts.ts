import type { PageEvent } from '#core/domain/orders/page-event.ts';
import type { FactDraft } from './fact-draft.ts';

/** What happened on a confirmation page, as the lake has it. */
export const pageFacts = (event: PageEvent): readonly FactDraft[] => {
  const { shop, orderId, eventId, occurredAt, sessionId } = event;
  const common = {
    fact_id: `${shop}/${eventId}`,
    shop,
    occurred_at: occurredAt,
    order_id: orderId,
    session_id: sessionId,
  };
  switch (event.type) {
    case 'SessionOpened':
      return [{ fact: 'sessions', row: { ...common, kind: 'opened' } }];
    case 'SessionViewed':
      return [{ fact: 'sessions', row: { ...common, kind: 'viewed' } }];
    case 'OfferShown': {
      const { impressionId, offerId, offerType, sku, partner, slot, propensity, policy } = event;
      const { context, candidates, candidateSet, snapshot, valueMinor, isExploration } = event;
      const row = {
        ...common,
        impression_id: impressionId,
        offer_id: offerId,
        offer_type: offerType,
        sku,
        partner,
        kind: 'shown',
        slot,
        propensity,
        policy,
        context,
        candidates,
        candidate_set: candidateSet,
        snapshot,
        value_minor: valueMinor,
        is_exploration: isExploration,
      };
      return [{ fact: 'impressions', row }];
    }
    case 'OfferClicked':
    case 'OfferAccepted':
    case 'OfferDismissed': {
      const { impressionId, offerId } = event;
      const row = {
        ...common,
        impression_id: impressionId,
        offer_id: offerId,
        kind: done[event.type],
      };
      return [{ fact: 'impressions', row }];
    }
    // It names no showing: what was settled is told by OfferSettled.
    case 'OfferRefused':
      return [];
  }
};

const done = {
  OfferClicked: 'clicked',
  OfferAccepted: 'accepted',
  OfferDismissed: 'dismissed',
} as const;
