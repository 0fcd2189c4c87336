import { expired } from '#core/domain/sessions/settle.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { Sessions } from '#core/ports/sessions.ts';
import { publishedNews } from '#core/sessions/news-to-events.ts';
import type { AcceptanceDue } from './contract.ts';

export interface ExpireAcceptanceDeps {
  readonly sessions: Sessions;
  readonly publisher: EventPublisher;
  readonly now: () => Date;
}

/**
 * Settles an accepted offer that the order system said nothing of in time: the customer is told so. One that was
 * answered, or accepted anew since, stays as it is. Called again, it tells again.
 *
 * @throws when table or bus cannot be reached
 */
export const expireAcceptance =
  ({ sessions, publisher, now }: ExpireAcceptanceDeps) =>
  async ({ sessionId, impressionId }: AcceptanceDue): Promise<'expired' | 'settled'> => {
    const change = await retryOnConflict(async () => {
      const session = await sessions.find(sessionId);
      if (session === undefined) return 'gone';
      const result = expired(session, impressionId, now().toISOString());
      const isStored = result.news.length === 0 || (await sessions.write(result.session));
      return isStored ? result : undefined;
    });
    // Deleted with its customer.
    if (change === 'gone') return 'settled';
    const { session, news, again } = change;
    const events = publishedNews(session, [...news, ...again]);
    if (events.length > 0) await publisher.publish(events);
    return news.length > 0 ? 'expired' : 'settled';
  };
