import { type OfferView, type SessionAnswer, sessionAnswer } from '#core/contracts/session-api.ts';

const words = {
  heading: 'Goes well with your order',
  dismiss: 'No, thanks',
  opensPartner: 'opens our partner’s website in a new tab',
  pending: 'We are adding it to your order …',
  confirmed: 'Added to your order',
  refused: 'Sorry, your parcel is already packed. Nothing was added.',
  expired: 'We could not add it in time. Nothing was added.',
  failed: 'That did not work. Please try again.',
};

/** A product that is accepted by its button. */
export const board: OfferView = {
  impressionId: 'i-board',
  slot: 1,
  type: 'cross-sell',
  headline: 'A board for the bread you will bake',
  text: 'Oiled beech, one piece. It travels in the same parcel.',
  action: 'Add to my order',
  imageUrl: '/pictures/board.svg',
  product: { sku: 'BOARD-1', name: 'Beech board', price: '€39.90' },
  state: 'open',
};

export const oil: OfferView = {
  impressionId: 'i-oil',
  slot: 2,
  type: 'upsell',
  headline: 'Keep the handle as it is',
  text: 'A care oil of linseed and beeswax, enough for two years.',
  action: 'Add to my order',
  imageUrl: '/pictures/oil.svg',
  product: { sku: 'OIL-1', name: 'Care oil, 250 ml', price: '€12.90' },
  state: 'open',
};

/** An offer that leads somewhere, and has no picture. */
export const partner: OfferView = {
  impressionId: 'i-partner',
  slot: 3,
  type: 'partner',
  headline: 'Three loaves a week, by post',
  text: 'Flour from a mill that you can visit. Your first bag is half price.',
  action: 'See the flours',
  partner: 'Riverside Mill',
  href: '/sessions/s-1/impressions/i-partner/visit?t=sample',
  state: 'open',
};

/** The answer of a session, held against the contract; pictures are of the API's own origin. */
export const sampleSession = (
  origin: string,
  change: Partial<SessionAnswer> = {},
): SessionAnswer => {
  const { offers = [board, oil, partner], sessionId = 's-1', ...rest } = change;
  return sessionAnswer.parse({
    sessionId,
    sessionToken: 'session-token',
    expiresAt: '2030-01-01T00:00:00Z',
    locale: 'en-GB',
    prompts: {},
    guides: [],
    words,
    ...rest,
    offers: offers.map((offer) => ({
      ...offer,
      imageUrl: offer.imageUrl?.replace(/^\//, `${origin}/`),
      href: offer.href?.replace('/s-1/', `/${sessionId}/`),
    })),
  });
};
