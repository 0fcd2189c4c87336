import type { DraftOutcome } from '#core/content/draft-outcome.ts';
import type { ProductDraftRequest } from '#core/content/draft-product.ts';
import type { BoughtEvent } from './contract.ts';

export interface DraftContentDeps {
  readonly draft: (request: ProductDraftRequest) => Promise<DraftOutcome>;
  /** Those of which there is anything to do; all of one shop. */
  readonly toDraft: (
    shop: string,
    requests: readonly ProductDraftRequest[],
  ) => Promise<readonly ProductDraftRequest[]>;
  /** What drafts of what was bought may take in a calendar month of UTC. */
  readonly monthlyBudgetUsd: number;
}

/**
 * Drafts each product of an order once, paid from the budget of the order's month.
 *
 * @throws when one could not be drafted: the order comes again, and what is drafted by then is not drafted twice
 */
export const draftContent =
  ({ draft, toDraft, monthlyBudgetUsd }: DraftContentDeps) =>
  async ({ detail: { eventId, occurredAt, shop, placed } }: BoughtEvent): Promise<void> => {
    const budget = {
      name: `bought/${occurredAt.slice(0, 7)}`,
      limit: { usd: monthlyBudgetUsd, tokens: Number.MAX_SAFE_INTEGER },
    };
    const requests = [...new Set(placed.map((line) => line.sku))].map((sku) => ({
      requestId: `${eventId}/${sku}`,
      shop,
      sku,
      budget,
    }));
    if (requests.length === 0) return;
    const failures: unknown[] = [];
    for (const request of await toDraft(shop, requests))
      await draft(request).catch((error: unknown) => failures.push(error));
    // One that cannot be drafted keeps none of the others back.
    if (failures.length > 0)
      throw new AggregateError(failures, `not drafted: ${failures.map(String).join('; ')}`);
  };
