import type { ShopConfig } from '#core/contracts/config.ts';
import type { InteractionKind } from '#core/contracts/session-api.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import { recordInteraction } from '#lambdas/record-interaction/record-interaction.ts';
import type { RecordInteractionDeps } from '#lambdas/record-interaction/record-interaction-deps.ts';
import { inMemoryOfferCounts } from '#tests/fakes/in-memory-offer-counts.ts';
import { inMemoryOfferHistories } from '#tests/fakes/in-memory-offer-histories.ts';
import { inMemoryScheduler } from '#tests/fakes/in-memory-scheduler.ts';
import { inMemorySessions } from '#tests/fakes/in-memory-sessions.ts';
import { inMemoryToldEvents } from '#tests/fakes/in-memory-told-events.ts';
import { type Asked, type Heard, served } from '#tests/unit/sessions/http.ts';
import {
  byTheClick,
  byThePurchase,
  hearth,
  minute,
  sessionOf,
  SESSION_ID,
  shown,
} from '#tests/unit/sessions/sessions.ts';
import { sessionTokens } from '#tests/unit/sessions/tokens.ts';

export const JOIN_URL = 'https://www.hearth.example/circle';

/** A product, a partner by the click, one by the purchase, and the shop's own loyalty page. */
export const page = sessionOf([
  shown(1),
  byTheClick(2),
  byThePurchase(3),
  shown(4, { type: 'loyalty', product: undefined, success: 'click', url: JOIN_URL }),
]);

export interface Setting {
  readonly session?: Session;
  readonly shop?: Partial<ShopConfig>;
  readonly deps?: Partial<RecordInteractionDeps>;
}

/** The function with everything around it in memory; its clock goes by minutes. */
export const setUp = ({ session = page, shop = {}, deps = {} }: Setting = {}) => {
  const clock = { minute: 1 };
  const sessions = inMemorySessions([session]);
  const counts = inMemoryOfferCounts();
  const histories = inMemoryOfferHistories();
  const scheduler = inMemoryScheduler();
  const told = inMemoryToldEvents();
  const reports: string[] = [];
  const accepts: number[] = [];
  const all: RecordInteractionDeps = {
    shops: { hearth: hearth(shop) },
    sessions,
    counts,
    histories,
    sessionTokens,
    links: { sign: async (claims) => JSON.stringify(claims) },
    schedule: scheduler.schedule,
    told,
    now: () => new Date(minute(clock.minute)),
    report: (what) => reports.push(what),
    countAccepts: (number) => accepts.push(number),
    ...deps,
  };
  const { ask, reported } = served(recordInteraction(all));
  const { sessionId, endsAt: expiresAt } = session;

  /** Says what was done with the offers in these places. */
  const say = async (
    ...said: readonly (readonly [slot: number, kind: InteractionKind])[]
  ): Promise<Heard> =>
    ask('POST', `/sessions/${sessionId}/interactions`, {
      body: {
        sessionToken: await sessionTokens.sign({ use: 'session', sessionId, expiresAt }),
        interactions: said.map(([slot, kind]) => ({ impressionId: `${sessionId}-${slot}`, kind })),
      },
    });

  /** Follows the link of the offer in this place. */
  const follow = async (slot: number, asked: Asked = {}, method = 'GET'): Promise<Heard> => {
    const impressionId = `${sessionId}-${slot}`;
    const token = await sessionTokens.sign({ use: 'visit', sessionId, impressionId, expiresAt });
    return ask(method, `/sessions/${sessionId}/visits/${impressionId}?t=${token}`, asked);
  };

  const stored = async (slot: number) =>
    (await sessions.find(SESSION_ID))?.offers.find((offer) => offer.slot === slot);
  const countOf = async (offerId: string) =>
    (await counts.of('hearth', 'returning')).get(`${offerId}#returning/strong`);
  return {
    clock,
    sessions,
    counts,
    histories,
    scheduler,
    told,
    reports,
    accepts,
    reported,
    ask,
    say,
    follow,
    stored,
    countOf,
  };
};

export const typesOf = (events: readonly { readonly type: string }[]) =>
  events.map(({ type }) => type);
