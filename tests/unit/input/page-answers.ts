import {
  interactionsBody,
  openSessionBody,
  type OfferView,
  sessionAnswer,
} from '#core/contracts/session-api.ts';
import type { HttpAnswer } from '#rehearsal/services/http-answer.ts';
import type { HttpRequest } from '#rehearsal/services/http-event.ts';
import { isRequest, type Deed, type TimedRequest } from '#rehearsal/input/timed-event.ts';

export const SESSION_ID = 'c0ffee';

export const answerOf = (status: number, body: unknown): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  bytes: Buffer.from(JSON.stringify(body)),
});

/** What of an offer a test is about. */
export type Shown = Pick<OfferView, 'type'> & Partial<OfferView>;

const viewOf = (offer: Shown, at: number): OfferView => ({
  impressionId: `${SESSION_ID}-${at + 1}`,
  slot: at + 1,
  headline: 'An offer',
  action: 'Have it',
  state: 'open',
  ...offer,
});

/** A session as the API opens it, with these offers from above. */
export const opened = (...offers: readonly Shown[]): HttpAnswer =>
  answerOf(
    201,
    sessionAnswer.parse({
      sessionId: SESSION_ID,
      sessionToken: 'session-token',
      expiresAt: '2026-03-03T10:00:00.000Z',
      locale: 'en-GB',
      offers: offers.map(viewOf),
      prompts: {},
      guides: [],
      words: Object.fromEntries(
        Object.keys(sessionAnswer.shape.words.shape).map((word) => [word, 'words']),
      ),
    }),
  );

export const productOffer = (
  sku: string,
  type: 'upsell' | 'cross-sell' | 'subscription' = 'cross-sell',
): Shown => ({ type, product: { sku, name: sku, price: '€1.00' } });

export const linkOffer = (type: 'loyalty' | 'referral' | 'partner', more: object = {}): Shown => ({
  type,
  href: `sessions/${SESSION_ID}/visits/${type}?t=visit-token`,
  ...more,
});

/** The deeds of those who get this answer, as the API reads them. */
export const actsAfter = (
  visits: readonly TimedRequest[],
  answer: HttpAnswer,
): readonly TimedRequest[] =>
  visits.flatMap(({ follows }): readonly Deed[] => follows?.(answer) ?? []).filter(isRequest);

const bodyOf = ({ body }: HttpRequest): unknown => JSON.parse(String(body));

export const tokenIn = ({ request }: TimedRequest): string =>
  openSessionBody.parse(bodyOf(request)).orderToken;

export const isInteraction = ({ request: { path } }: TimedRequest): boolean =>
  path === `/sessions/${SESSION_ID}/interactions`;

/** `viewed c0ffee-1` */
export const interactionsIn = (visits: readonly TimedRequest[]): readonly string[] =>
  visits.filter(isInteraction).flatMap(({ request }) => {
    const { sessionToken, interactions } = interactionsBody.parse(bodyOf(request));
    if (sessionToken !== 'session-token') throw new Error(`another token: ${sessionToken}`);
    return interactions.map(({ kind, impressionId }) => `${kind} ${impressionId}`);
  });
