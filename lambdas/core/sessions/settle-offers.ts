import type { OutgoingEvent } from '../contracts/outgoing-events.ts';
import type { OrderEvent, PlacedLine } from '../domain/orders/order-event.ts';
import type { OfferRefused } from '../domain/orders/page-event.ts';
import { retryOnConflict } from '../domain/retry-on-conflict.ts';
import type { News } from '../domain/sessions/news.ts';
import type { Session } from '../domain/sessions/session.ts';
import { settled, type Settlement } from '../domain/sessions/settle.ts';
import type { Sessions } from '../ports/sessions.ts';
import { countNews, type CountNewsDeps, type Unpaid } from './count-news.ts';
import { publishedNews } from './news-to-events.ts';

export interface SettleOffersDeps extends CountNewsDeps {
  readonly sessions: Sessions;
  /** Is told of a success that a partner's budget did not bear any more. */
  readonly reportUnpaid: (unpaid: Unpaid) => void;
}

/** What may settle an offer: a line that says where it was taken up, a commission, a refusal. */
export type SettlingEvent = OrderEvent | OfferRefused;

/**
 * Settles the offers that an event names, in whatever sessions: the customer's page says so, counters learn of it, a
 * partner's budget pays. Nothing for a session that is not ours: a shop may have a page of its own.
 *
 * Idempotent: an event that comes again changes and counts nothing, and gives the same facts.
 *
 * @returns facts to be published
 * @throws when a table cannot be reached
 */
export const settleOffers =
  (deps: SettleOffersDeps) =>
  async (event: SettlingEvent): Promise<readonly OutgoingEvent[]> => {
    const facts: OutgoingEvent[] = [];
    for (const [sessionId, settlements] of bySession(event)) {
      const change = await retryOnConflict(() => store(deps, event.shop, sessionId, settlements));
      if (change === 'not-ours') continue;
      const { session, news, again } = change;
      for (const unpaid of await countNews(deps, session, news)) deps.reportUnpaid(unpaid);
      facts.push(...publishedNews(session, [...news, ...again]));
    }
    return facts;
  };

interface Settled {
  readonly session: Session;
  readonly news: readonly News[];
  readonly again: readonly News[];
}

/** One read and, where something is news, one conditional write; `undefined` asks for another try. */
const store = async (
  { sessions }: SettleOffersDeps,
  shop: string,
  sessionId: string,
  settlements: readonly Settlement[],
): Promise<Settled | 'not-ours' | undefined> => {
  const before = await sessions.find(sessionId);
  if (before === undefined || before.shop !== shop) return 'not-ours';
  let session = before;
  const news: News[] = [];
  const again: News[] = [];
  for (const settlement of settlements) {
    const change = settled(session, settlement);
    session = change.session;
    news.push(...change.news);
    again.push(...change.again);
  }
  const isStored = news.length === 0 || (await sessions.write(session));
  return isStored ? { session, news, again } : undefined;
};

const bySession = (event: SettlingEvent): ReadonlyMap<string, readonly Settlement[]> =>
  new Map(
    [...Map.groupBy(settlementsIn(event), ({ sessionId }) => sessionId)].map(([sessionId, all]) => [
      sessionId,
      all.map(({ settlement }) => settlement),
    ]),
  );

interface Named {
  readonly sessionId: string;
  readonly settlement: Settlement;
}

const settlementsIn = (event: SettlingEvent): readonly Named[] => {
  const { occurredAt: at } = event;
  if (event.type === 'OrderPlaced') return ofLines(event.lines, at);
  if (event.type === 'OrderAmended') return ofLines(event.addedLines ?? [], at);
  if (event.type === 'OfferRefused') {
    const { sessionId, offerId, reason } = event;
    return [{ sessionId, settlement: { offerId, outcome: 'refused', at, reason } }];
  }
  if (event.type !== 'CommissionConfirmed') return [];
  const { sessionId, offerId } = event;
  if (sessionId === undefined || offerId === undefined) return [];
  return [{ sessionId, settlement: { offerId, outcome: 'confirmed', at } }];
};

const ofLines = (lines: readonly PlacedLine[], at: string): readonly Named[] =>
  lines.flatMap(({ origin }) =>
    origin?.offerId === undefined
      ? []
      : [
          {
            sessionId: origin.sessionId,
            settlement: { offerId: origin.offerId, outcome: 'confirmed', at },
          },
        ],
  );
