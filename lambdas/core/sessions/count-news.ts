import type { News } from '../domain/sessions/news.ts';
import type { Session } from '../domain/sessions/session.ts';
import type { OfferCounts } from '../ports/offer-counts.ts';
import type { OfferHistories } from '../ports/offer-histories.ts';
import { countsOf, seenOf, spendingsOf } from './news-to-events.ts';

export interface CountNewsDeps {
  readonly counts: Pick<OfferCounts, 'add' | 'spend'>;
  readonly histories: Pick<OfferHistories, 'add'>;
}

/** A success that a partner's budget did not bear any more: it happened, and is not paid. */
export interface Unpaid {
  readonly offerId: string;
  readonly amountMinor: number;
}

/**
 * Counts news where pages learn from: rates, budgets and the customer's history. Called once the session is stored,
 * with what was news in that write alone, so that nothing is counted twice; what is lost when it breaks off is a
 * showing among thousands.
 *
 * @returns successes beyond their budgets
 */
export const countNews = async (
  { counts, histories }: CountNewsDeps,
  session: Session,
  news: readonly News[],
): Promise<readonly Unpaid[]> => {
  const { shop, customerId } = session;
  const added = countsOf(session, news);
  const seen = seenOf(news);
  const [unpaid] = await Promise.all([
    spend({ counts }, shop, news),
    added.length === 0 ? undefined : counts.add(added),
    customerId === undefined || seen.length === 0
      ? undefined
      : histories.add(shop, customerId, seen),
  ]);
  return unpaid;
};

const spend = async (
  { counts }: Pick<CountNewsDeps, 'counts'>,
  shop: string,
  news: readonly News[],
): Promise<readonly Unpaid[]> => {
  const unpaid: Unpaid[] = [];
  for (const { offerId, amountMinor, budgetMinor } of spendingsOf(news)) {
    const isPaid = await counts.spend({ shop, offerId }, amountMinor, budgetMinor);
    if (!isPaid) unpaid.push({ offerId, amountMinor });
  }
  return unpaid;
};
