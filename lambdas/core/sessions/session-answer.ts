import type { ShopConfig } from '../contracts/config.ts';
import type { OfferState, OfferView, SessionAnswer } from '../contracts/session-api.ts';
import { moneyIn } from '../domain/messages/formats.ts';
import type { Money } from '../domain/money.ts';
import type { Session, ShownOffer } from '../domain/sessions/session.ts';
import type { SessionTokens } from '../ports/session-tokens.ts';
import { pageWords } from './words.ts';

type Shop = Pick<ShopConfig, 'locales' | 'pages' | 'survey' | 'confirmation'>;

/** The tokens that a page needs to go on with its session. */
export interface PageTokens {
  readonly session: string;
  /** By impression, of the offers that lead somewhere. */
  readonly visits: ReadonlyMap<string, string>;
}

/** The same as long as the session lasts: they end with it. */
export const pageTokens = async (
  { sessionId, endsAt: expiresAt, offers }: Session,
  tokens: Pick<SessionTokens, 'sign'>,
): Promise<PageTokens> => {
  const [session, ...visits] = await Promise.all([
    tokens.sign({ use: 'session', sessionId, expiresAt }),
    ...offers
      .filter(({ url }) => url !== undefined)
      .map(async ({ impressionId }) => {
        const token = await tokens.sign({ use: 'visit', sessionId, impressionId, expiresAt });
        return [impressionId, token] as const;
      }),
  ]);
  return { session, visits: new Map(visits) };
};

/** What a page is answered: everything in words of its locale, nothing that it would have to reckon. */
export const sessionAnswer = (session: Session, shop: Shop, tokens: PageTokens): SessionAnswer => {
  const { sessionId, endsAt: expiresAt, locale, isHeldOut, guides } = session;
  const said = pageWords([locale, ...shop.locales]);
  const isNewOrder = shop.confirmation.acceptTo === 'new-order';
  const { pendingAsNewOrder: pending, confirmedAsNewOrder: confirmed } = said;
  return {
    sessionId,
    sessionToken: tokens.session,
    expiresAt,
    locale,
    offers: session.offers.map((offer) => viewOf(session, offer, tokens)),
    // Whoever is held out gets the page as if there were none of this.
    prompts: isHeldOut
      ? {}
      : {
          nps: said.survey[shop.survey],
          ...(shop.pages.review === undefined ? {} : { review: said.review }),
        },
    guides: guides.map((guide) => ({ ...guide, name: said.guide(guide.name) })),
    words: { ...said.words, ...(isNewOrder ? { pending, confirmed } : {}) },
  };
};

const viewOf = (
  { sessionId, locale }: Session,
  offer: ShownOffer,
  { visits }: PageTokens,
): OfferView => {
  const { impressionId, slot, type, headline, text, action, imageUrl, partner, product } = offer;
  const token = visits.get(impressionId);
  return {
    impressionId,
    slot,
    type,
    headline,
    text,
    action,
    imageUrl,
    partner,
    product: product && {
      sku: product.sku,
      name: product.name,
      price: priceIn(locale, product.price),
    },
    href:
      token === undefined ? undefined : `sessions/${sessionId}/visits/${impressionId}?t=${token}`,
    state: stateOf(offer),
  };
};

/** What has become of an offer, as its page shows it. */
export const stateOf = ({ acceptance, dismissedAt }: ShownOffer): OfferState =>
  acceptance?.state ?? (dismissedAt === undefined ? 'open' : 'dismissed');

/** Making a format takes longer than using it, so each locale's is kept. */
const formats = new Map<string, (amount: Money) => string>();

const priceIn = (locale: string, price: Money): string => {
  const format = formats.get(locale) ?? moneyIn(locale);
  formats.set(locale, format);
  return format(price);
};
