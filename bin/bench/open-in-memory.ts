import config from '#config';
import { joseOrderTokens } from '#core/adapters/jose-order-tokens.ts';
import { joseSessionTokens } from '#core/adapters/jose-session-tokens.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import type { LinkKeySet } from '#core/adapters/link-keys.ts';
import { parseEvent } from '#core/contracts/parse-event.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Offer } from '#core/domain/offers/offer.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import { openSession } from '#lambdas/open-session/open-session.ts';
import type { OpenSessionDeps } from '#lambdas/open-session/open-session-deps.ts';
import { benchShop } from '#rehearsal/bench/decision/bench-shop.ts';
import { quantilesOf, type Quantiles } from '#rehearsal/bench/decision/quantiles.ts';
import { tokensFor } from '#rehearsal/bench/decision/tokens.ts';

const WARM_UP = 1000;
const MEASURED = 3000;

const MASTER = new TextEncoder().encode('a key of the bench, of 32 bytes or more');

/**
 * Opens confirmation pages in this process, with everything that is stored in memory: from the request's text to the
 * answer's, tokens included, without the store's share.
 *
 * @returns milliseconds
 */
export const openInMemory = async (offers: number): Promise<Quantiles> => {
  const nowMs = Date.UTC(2026, 10, 1);
  const open = openSession(depsOf(offers, nowMs));
  const keys = (shop: string) => shopKey(MASTER, shop);
  const times: number[] = [];
  for (const [at, orderToken] of (await tokensFor(WARM_UP + MEASURED, { nowMs, keys })).entries()) {
    const body = JSON.stringify({ orderToken });
    const startMs = performance.now();
    const answer = await open({ ...request, body });
    JSON.stringify(answer.body);
    if (answer.status !== 201) throw new Error(`got ${answer.status}, expected 201`);
    if (at >= WARM_UP) times.push(performance.now() - startMs);
  }
  return quantilesOf(times);
};

const request = {
  method: 'POST',
  path: '/sessions',
  query: new URLSearchParams(),
  headers: { 'content-type': 'text/plain' },
  isBase64: false,
  address: '',
};

const depsOf = (count: number, nowMs: number): OpenSessionDeps => {
  const { offers, items } = shopOf(count, nowMs);
  const sessions = new Map<string, Session>();
  const linkKeys: LinkKeySet = [{ kid: '1', key: MASTER }];
  return {
    shops: config.shops,
    experiments: config.experiments,
    sessions: {
      find: async (id) => sessions.get(id),
      write: async (session) => {
        sessions.set(session.sessionId, session);
        return true;
      },
    },
    offers: { of: async () => offers },
    counts: {
      of: async () => new Map(),
      spentOf: async () => new Map(),
      priorsOf: async () => undefined,
    },
    histories: { of: async () => [] },
    catalogue: { find: async (_, skus) => skus.flatMap((sku) => items.get(sku) ?? []) },
    customers: { read: async () => undefined },
    purchases: { of: async () => [] },
    affinity: {
      of: async () => ({ skus: new Map(), categories: new Map(), bestSellers: undefined }),
    },
    orderTokens: joseOrderTokens(async () => [MASTER]),
    sessionTokens: joseSessionTokens({ all: async () => linkKeys, renewed: async () => linkKeys }),
    told: { tell: async () => undefined },
    publisher: { publish: async () => undefined },
    digest: sha256Digest,
    now: () => new Date(nowMs),
  };
};

/** As they are taken in. */
const shopOf = (count: number, atMs: number) => {
  const offers: Offer[] = [];
  const items = new Map<string, CatalogItem>();
  for (const { source, detailType, detail } of benchShop(count, atMs)) {
    const text = JSON.stringify({ source, 'detail-type': detailType, detail });
    const parsed = parseEvent(text, Object.keys(config.shops));
    if (!parsed.ok) throw new Error(parsed.problem);
    const { event } = parsed;
    if (event.type === 'OfferUpdated') offers.push(event.offer);
    if (event.type === 'CatalogItemUpdated') items.set(event.item.sku, event.item);
  }
  return { offers, items };
};
