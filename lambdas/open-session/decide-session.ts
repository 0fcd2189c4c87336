import type { TokenOrder } from '#core/contracts/order-token.ts';
import { isInHoldout, offerArms } from '#core/domain/experiments/arms.ts';
import type { Product } from '#core/domain/catalogue/product.ts';
import { localeFor } from '#core/domain/messages/locales.ts';
import type { Posterior } from '#core/domain/offers/decision.ts';
import { decideOffers } from '#core/domain/offers/rank-offers.ts';
import type { SessionFacts } from '#core/domain/offers/session-facts.ts';
import { heldOutSession, newSession } from '#core/domain/sessions/new-session.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import { sessionIdOf } from '#core/domain/sessions/session-id.ts';
import { pagesOf } from '#core/domain/touches/touch.ts';
import {
  type Basket,
  basketOf,
  type Opened,
  type Person,
  personOf,
  type Supply,
  supplyOf,
} from './gather.ts';
import { type Known, productsOnOffer } from './known.ts';
import type { OpenSessionDeps } from './open-session-deps.ts';

/**
 * The session of an order whose page is opened for the first time, not yet stored.
 *
 * Who is in the holdout is shown nothing; a guest, whom nobody would know again, takes no part in it.
 *
 * @throws when a table cannot be read
 */
export const decideSession = async (
  deps: OpenSessionDeps,
  known: Known,
  opened: Opened,
  now: string,
): Promise<Session> => {
  const { shopId, shop, orderId, order } = opened;
  const [person, supply, basket] = await Promise.all([
    personOf(deps, opened),
    supplyOf(known, opened),
    basketOf(deps, known, opened),
  ]);
  const session = {
    shop: shopId,
    orderId,
    sessionId: sessionIdOf(shopId, orderId, deps.digest),
    customerId: person.customerId,
    locale: localeFor(order.locale, shop.locales),
    currency: shop.currency,
    openedAt: now,
  };
  if (isHeldOut(deps, person)) return heldOutSession(session);

  const tenure = isReturning(order, person) ? 'returning' : 'new';
  const posterior = await posteriorOf(known, shopId, tenure);
  const facts = factsOf({ opened, person, supply, basket, posterior, session });
  return newSession({
    ...session,
    decision: decideOffers(facts, shop.confirmation),
    armsOf: (offerId) =>
      offerArms(deps.experiments, {
        shop: shopId,
        offerId,
        assignmentId: assignmentIdOf(person),
        at: now,
      }),
    offers: supply.offers,
    products: facts.products,
    locales: facts.locales,
    pages: shop.pages,
    guides: guidesOf(basket.products),
  });
};

const isHeldOut = ({ experiments }: OpenSessionDeps, person: Person): boolean => {
  const assignmentId = assignmentIdOf(person);
  return assignmentId !== undefined && isInHoldout(experiments, assignmentId);
};

const assignmentIdOf = ({ customerId, customer }: Person): string | undefined =>
  customer?.assignment?.id ?? customerId;

/** The shop knows, or else what was taken in of the customer's other orders. */
const isReturning = (order: TokenOrder, { purchases }: Person): boolean =>
  order.isReturning ?? purchases.some(({ lines }) => lines.length > 0);

const posteriorOf = async (
  known: Known,
  shop: string,
  tenure: 'new' | 'returning',
): Promise<Posterior> => {
  const [{ readAt, counts }, priors] = await Promise.all([
    known.countsOf(shop, tenure),
    known.priorsOf(shop),
  ]);
  const snapshot = [readAt, tenure, priors?.fittedAt].filter((each) => each !== undefined);
  return { snapshot: snapshot.join('/'), counts, priors };
};

interface Gathered {
  readonly opened: Opened;
  readonly person: Person;
  readonly supply: Supply;
  readonly basket: Basket;
  readonly posterior: Posterior;
  readonly session: Pick<Session, 'sessionId' | 'locale' | 'openedAt'>;
}

const factsOf = ({
  opened: { shopId, shop, order },
  person,
  supply,
  basket,
  posterior,
  session,
}: Gathered): SessionFacts => ({
  shop: shopId,
  sessionId: session.sessionId,
  now: session.openedAt,
  currency: shop.currency,
  locales: [...(order.locale === undefined ? [] : [order.locale]), session.locale, ...shop.locales],
  order: {
    lines: basket.products.map(({ sku, category }) => ({ sku, category })),
    totalMinor: order.totalMinor,
    country: order.country,
    isGift: order.gift ?? false,
  },
  customer: {
    ...ofCustomer(person),
    isReturning: isReturning(order, person),
  },
  pages: pagesOf(shop.pages),
  offers: supply.offers,
  products: new Map([...productsOnOffer(shop, basket.relatedItems), ...supply.products]),
  related: basket.related,
  spentMinor: supply.spentMinor,
  posterior,
});

const ofCustomer = ({ customerId, customer, purchases, seen }: Person) => ({
  hasAccount: customerId !== undefined,
  isMember: customer?.loyalty !== undefined,
  bought: new Set(purchases.flatMap(({ lines }) => lines.map(({ sku }) => sku))),
  subscribedTo: new Set(
    Object.values(customer?.subscriptions ?? {}).flatMap(({ sku, state }) =>
      state === 'active' ? sku : [],
    ),
  ),
  hasReturnOpen: purchases.some(({ trouble }) => trouble?.['open-return'] !== undefined),
  seen,
});

const MOST_GUIDES = 5;

/** How to use what was bought: each page once. */
const guidesOf = (products: readonly Product[]): Session['guides'] => {
  const guides = products.flatMap(({ sku, name, guideUrl }) =>
    guideUrl === undefined ? [] : [{ sku, name, url: guideUrl }],
  );
  return guides
    .filter(({ url }, place) => guides.findIndex((each) => each.url === url) === place)
    .slice(0, MOST_GUIDES);
};
