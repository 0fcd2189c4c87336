import {
  type Interacted,
  type Interaction,
  interacted,
} from '#core/domain/sessions/apply-interaction.ts';
import type { News } from '#core/domain/sessions/news.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import { countNews } from '#core/sessions/count-news.ts';
import { type AcceptTo, toldNews } from '#core/sessions/news-to-events.ts';
import type { RecordInteractionDeps } from './record-interaction-deps.ts';

type Refused = Exclude<Interacted, { kind: 'interacted' }>;

export type Applied =
  | (Extract<Interacted, { kind: 'interacted' }> & { readonly acceptTo: AcceptTo })
  | Refused
  | { readonly kind: 'no-session' };

/** The schedule calls a little after the time is over, as its seconds are whole. */
const GRACE_MS = 2_000;

/**
 * Has the time of an accepted offer watched and keeps what a customer did, then does what follows: counters grow, the
 * bus hears. Said again, it is told again, as the first time may have been cut off; it is not counted again.
 *
 * @throws when a table, Scheduler or the bus cannot be reached
 */
export const applyInteractions = async (
  deps: RecordInteractionDeps,
  sessionId: string,
  interactions: readonly Interaction[],
): Promise<Applied> => {
  const applied = await retryOnConflict(() => store(deps, sessionId, interactions));
  if (applied.kind !== 'interacted') return applied;

  const { session, news, again } = applied;
  for (const { offerId, amountMinor } of await countNews(deps, session, news))
    deps.report(
      `a partner's budget did not bear a success of offer ${offerId}`,
      new Error(`${amountMinor} minor units are more than is left of it`),
    );
  await deps.told.tell(toldNews(session, [...news, ...again], applied.acceptTo));
  const accepts = news.filter(({ kind }) => kind === 'accepted').length;
  if (accepts > 0) deps.countAccepts(accepts);
  return applied;
};

/** One read and, where something is news, one conditional write; `undefined` asks for another try. */
const store = async (
  deps: RecordInteractionDeps,
  sessionId: string,
  interactions: readonly Interaction[],
): Promise<Applied | undefined> => {
  const { sessions, shops, now } = deps;
  const session = await sessions.find(sessionId);
  const shop = new Map(Object.entries(shops)).get(session?.shop ?? '');
  if (session === undefined || shop === undefined) return { kind: 'no-session' };
  const { confirmWithinMinutes, acceptTo } = shop.confirmation;
  const result = interacted(session, interactions, {
    now: now().toISOString(),
    confirmWithinMinutes,
  });
  if (result.kind !== 'interacted') return result;
  await watchAccepts(deps, session, [...result.news, ...result.again]);
  const isStored = result.news.length === 0 || (await sessions.write(result.session));
  return isStored ? { ...result, acceptTo } : undefined;
};

/**
 * Before it is kept, and before the order system is asked: nobody is left waiting for an answer that does not come. A
 * schedule whose acceptance was not kept finds nothing to end.
 */
const watchAccepts = async (
  { schedule }: RecordInteractionDeps,
  { sessionId }: Session,
  news: readonly News[],
): Promise<void> => {
  for (const each of news) {
    if (each.kind !== 'accepted') continue;
    const { impressionId } = each.offer;
    const endsMs = Date.parse(each.validUntil);
    await schedule(
      // 64 characters at most: of the offer's showing, and of this try.
      `expire-${impressionId}-${endsMs.toString(36)}`,
      new Date(endsMs + GRACE_MS).toISOString(),
      { sessionId, impressionId },
    );
  }
};
