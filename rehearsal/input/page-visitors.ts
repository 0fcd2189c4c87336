import type * as z from 'zod';
import {
  type InteractionKind,
  type interactionsBody,
  type OfferView,
  type SessionAnswer,
  sessionAnswer,
} from '#core/contracts/session-api.ts';
import { type OfferType, productTypes } from '#core/domain/offers/offer.ts';
import { seededRandom } from '#rehearsal/random.ts';
import type { HttpAnswer } from '../services/http-answer.ts';
import type { HttpRequest } from '../services/http-event.ts';
import {
  againHours,
  appeal,
  DISMISSES,
  fits,
  LOOKS,
  LOOKS_AGAIN,
  MOST_TAKEN_UP,
  pageSeconds,
  SEES_NEXT,
  takenUpRates,
} from './confirmation-rates.ts';
import { factsOf } from './customer-model.ts';
import { between, logNormal, type Random } from './draws.ts';
import { HOUR_MS, SECOND_MS } from './duration.ts';
import type { PlacedOrder } from './order-life.ts';
import { orderToken, type ShopKeys } from './order-tokens.ts';
import type { TimedRequest } from './timed-event.ts';

export interface VisitorsOptions {
  readonly seed: string;
  readonly keys: ShopKeys;
}

/**
 * What a customer does on the confirmation page of their order: they open it seconds after the order, see the first
 * offers, take one up or send it away, and some open the page once more within its 24 hours. Depends on the seed, the
 * order and what the page shows; an answer that is no session leads to nothing.
 *
 * @returns nothing for those who never look
 */
export const visitsToPage = async (
  order: PlacedOrder,
  { seed, keys }: VisitorsOptions,
): Promise<readonly TimedRequest[]> => {
  const drawing = (what: string): Random =>
    seededRandom(JSON.stringify([seed, order.shop, order.orderId, 'page', what]));
  const random = drawing('looks');
  if (random() >= LOOKS) return [];
  const openedMs = secondsAfter(Date.parse(order.occurredAt), pageSeconds.opened, random);
  const againMs = openedMs + between(random, againHours.least, againHours.most) * HOUR_MS;
  const customer = { order, seed, sourceIp: addressOf(order), random: drawing('acts') };
  const first = {
    ...(await lookAt(order, openedMs, keys)),
    follows: (answer: HttpAnswer) => actsOn(answer, openedMs, customer),
  };
  return random() < LOOKS_AGAIN ? [first, await lookAt(order, againMs, keys)] : [first];
};

/** The page of an order is opened, and that is all. */
export const lookAt = async (
  order: PlacedOrder,
  atMs: number,
  keys: ShopKeys,
): Promise<TimedRequest> => {
  const body = { orderToken: await orderToken(order, atMs, keys) };
  return { atMs: Math.round(atMs), request: post('/sessions', body, addressOf(order)) };
};

/** From a network of its own: the API asks every address to be patient. */
const addressOf = ({ shop, orderId }: PlacedOrder): string => {
  const random = seededRandom(JSON.stringify([shop, orderId, 'address']));
  return ['10', ...[1, 2, 3].map(() => String(Math.floor(random() * 256)))].join('.');
};

/** As the component sends it: as text, so that a browser asks no leave first. */
const post = (path: string, body: object, sourceIp: string): HttpRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'text/plain;charset=UTF-8', 'user-agent': BROWSER },
  body: JSON.stringify(body),
  sourceIp,
});

const BROWSER = 'Mozilla/5.0 (rehearsal)';

interface Customer {
  readonly order: PlacedOrder;
  readonly seed: string;
  readonly sourceIp: string;
  readonly random: Random;
}

const actsOn = (
  answer: HttpAnswer,
  openedMs: number,
  customer: Customer,
): readonly TimedRequest[] => {
  const session = sessionIn(answer);
  if (session === undefined) return [];
  const seen = seenOf(session.offers, customer.random);
  if (seen.length === 0) return [];
  const seenMs = secondsAfter(openedMs, pageSeconds.seen, customer.random);
  const page = { session, customer };
  return [
    interact(page, seenMs, ...seen.map((offer) => ({ offer, kind: 'viewed' as const }))),
    ...readOneByOne(page, seen, seenMs),
  ];
};

const sessionIn = ({ status, bytes }: HttpAnswer): SessionAnswer | undefined =>
  status === 200 || status === 201
    ? sessionAnswer.parse(JSON.parse(bytes.toString('utf8')))
    : undefined;

/** From the top down, until the customer does not scroll on. */
const seenOf = (offers: readonly OfferView[], random: Random): readonly OfferView[] => {
  const stopsAt = offers.findIndex((_, at) => random() >= (SEES_NEXT[at] ?? 0));
  return stopsAt === -1 ? offers : offers.slice(0, stopsAt);
};

interface Page {
  readonly session: SessionAnswer;
  readonly customer: Customer;
}

/** Who has taken a product leaves the page. */
const readOneByOne = (
  page: Page,
  seen: readonly OfferView[],
  fromMs: number,
): readonly TimedRequest[] => {
  const { random } = page.customer;
  const done: TimedRequest[] = [];
  let atMs = fromMs;
  for (const offer of seen) {
    atMs = secondsAfter(atMs, pageSeconds.read, random);
    const takes = random() < shareTakenUp(offer, page.customer);
    if (takes && isProduct(offer)) return [...done, ...accepting(page, offer, atMs)];
    if (takes && offer.href !== undefined) done.push(following(page, offer.href, atMs));
    else if (random() < DISMISSES) done.push(interact(page, atMs, { offer, kind: 'dismissed' }));
  }
  return done;
};

/** The yes, and a look some minutes later at whether it was added. */
const accepting = (page: Page, offer: OfferView, atMs: number): readonly TimedRequest[] => {
  const { session, customer } = page;
  const acceptedMs = secondsAfter(atMs, pageSeconds.decided, customer.random);
  const { sessionId, sessionToken } = session;
  return [
    interact(page, acceptedMs, { offer, kind: 'accepted' }),
    {
      atMs: secondsAfter(acceptedMs, pageSeconds.lookedAfter, customer.random),
      request: {
        method: 'GET',
        path: `/sessions/${sessionId}`,
        headers: { authorization: `Bearer ${sessionToken}`, 'user-agent': BROWSER },
        sourceIp: customer.sourceIp,
      },
    },
  ];
};

const following = ({ customer }: Page, href: string, atMs: number): TimedRequest => ({
  atMs,
  request: {
    method: 'GET',
    path: `/${href}`,
    headers: { accept: 'text/html', 'user-agent': BROWSER },
    sourceIp: customer.sourceIp,
  },
});

const interact = (
  { session, customer }: Page,
  atMs: number,
  ...did: readonly { readonly offer: OfferView; readonly kind: InteractionKind }[]
): TimedRequest => {
  const { sessionId, sessionToken } = session;
  const body: z.input<typeof interactionsBody> = {
    sessionToken,
    interactions: did.map(({ offer: { impressionId }, kind }) => ({ impressionId, kind })),
  };
  return { atMs, request: post(`/sessions/${sessionId}/interactions`, body, customer.sourceIp) };
};

const products: ReadonlySet<OfferType> = new Set(productTypes);

const isProduct = ({ type }: OfferView): boolean => products.has(type);

const shareTakenUp = (offer: OfferView, { order, seed }: Customer): number =>
  Math.min(
    MOST_TAKEN_UP,
    takenUpRates[offer.type] * appealOf(offer, order.shop, seed) * fitOf(offer, order),
  );

/** Known again by what it is of, as what it says differs by language. */
const appealOf = ({ type, product, partner }: OfferView, shop: string, seed: string): number => {
  const subject = product?.sku ?? partner ?? type;
  return logNormal(seededRandom(JSON.stringify([seed, shop, 'appeal', subject])), appeal);
};

const fitOf = ({ product }: OfferView, { shop, lines }: PlacedOrder): number => {
  if (product === undefined) return 1;
  const goesWith = lines.some(
    ({ sku }) => pairsWith(shop, sku, product.sku) || pairsWith(shop, product.sku, sku),
  );
  return goesWith ? fits.goesWith : fits.doesNot;
};

const pairsWith = (shop: string, sku: string, other: string): boolean =>
  factsOf(shop, sku)?.pairsWith?.includes(other) === true;

const secondsAfter = (
  ms: number,
  { least, most }: { readonly least: number; readonly most: number },
  random: Random,
): number => Math.round(ms + between(random, least, most) * SECOND_MS);
