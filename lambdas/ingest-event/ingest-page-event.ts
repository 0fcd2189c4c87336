import type { LedgerRules } from '#core/domain/ledger/ledger-rules.ts';
import type { PageEvent } from '#core/domain/orders/page-event.ts';
import type { Attributions } from '#core/ports/attributions.ts';

export interface IngestPageEventDeps {
  readonly attributions: Pick<Attributions, 'keep'>;
  readonly ledgerRules: Pick<LedgerRules, 'attribution'>;
}

const HOUR_MS = 3_600_000;

/** What the order may credit: a session from its first view. The lake takes the rest from the bus itself. */
export const ingestPageEvent = async (
  { attributions, ledgerRules }: IngestPageEventDeps,
  event: PageEvent,
): Promise<void> => {
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
