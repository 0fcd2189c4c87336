import type { LedgerRules } from '#core/domain/ledger/ledger-rules.ts';
import type { PageEvent } from '#core/domain/orders/page-event.ts';
import type { SettlingEvent } from '#core/sessions/settle-offers.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { Attributions } from '#core/ports/attributions.ts';

/** Tells the pages of what an event settles. @returns what is to be told of it */
export type SettleOffers = (event: SettlingEvent) => Promise<readonly OutgoingEvent[]>;

export interface IngestPageEventDeps {
  readonly attributions: Pick<Attributions, 'keep'>;
  readonly ledgerRules: Pick<LedgerRules, 'attribution'>;
  readonly publisher: EventPublisher;
  readonly settle: SettleOffers;
}

const HOUR_MS = 3_600_000;

/**
 * What the order may credit: a session from its first view; and that an order system refused what was accepted. The
 * lake takes the rest from the bus itself.
 */
export const ingestPageEvent = async (
  { attributions, ledgerRules, publisher, settle }: IngestPageEventDeps,
  event: PageEvent,
): Promise<void> => {
  if (event.type === 'OfferRefused') {
    const facts = await settle(event);
    if (facts.length > 0) await publisher.publish(facts);
    return;
  }
  if (event.type !== 'SessionOpened' && event.type !== 'SessionViewed') return;
  const { shop, orderId, sessionId, occurredAt: at } = event;
  await attributions.keep({
    kind: 'session',
    id: sessionId,
    shop,
    orderId,
    at,
    expiresAt: new Date(
      Date.parse(at) + ledgerRules.attribution.sessionHours * HOUR_MS,
    ).toISOString(),
  });
};
