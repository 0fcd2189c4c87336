import type { DrawnArm } from '../experiments/arms.ts';
import type { PlannedArm } from '../experiments/experiment.ts';
import { creativeFor } from '../offers/creative-for.ts';
import type { OfferDecision, Placed, ProductOnOffer } from '../offers/decision.ts';
import type { Offer, OfferType } from '../offers/offer.ts';
import type { ShopPage } from '../touches/touch.ts';
import type { Session, ShownOffer, Success } from './session.ts';
import { impressionIdOf } from './session-id.ts';

/** What a session is made of, besides who and when. */
export interface Opening extends Omit<
  Session,
  'version' | 'endsAt' | 'isHeldOut' | 'offers' | 'decision' | 'arms'
> {
  readonly decision: OfferDecision;
  /** All that the decision was made of. */
  readonly offers: readonly Offer[];
  readonly products: ReadonlyMap<string, ProductOnOffer>;
  /** Arms of experiments that the customer is in, of each offer that was placed. */
  readonly armsOf: (offerId: string) => readonly (DrawnArm & Pick<PlannedArm, 'variant'>)[];
  /** The customer's, and what the shop falls back on, in order. */
  readonly locales: readonly string[];
  /** Of the shop: where its own offers lead that have no address of their own. */
  readonly pages: Readonly<Partial<Record<ShopPage, string | undefined>>>;
}

const SESSION_HOURS = 24;
const HOUR_MS = 3_600_000;

/** The session as its page is first opened: every offer as it is shown, whatever becomes of it later. */
export const newSession = ({
  decision,
  offers,
  products,
  armsOf,
  locales,
  pages,
  ...session
}: Opening): Session => {
  const arms = decision.placed.flatMap(({ offerId }) => armsOf(offerId));
  const known = new Map(offers.map((offer) => [offer.offerId, offer]));
  return {
    ...session,
    version: 0,
    endsAt: endOf(session.openedAt),
    isHeldOut: false,
    offers: decision.placed.flatMap((placed) => {
      const offer = known.get(placed.offerId);
      const said = offer && creativeFor(inVariant(offer, armsOf(offer.offerId)), locales);
      return offer === undefined || said === undefined
        ? []
        : [
            {
              ...ofDecision(session.sessionId, placed),
              ...said.creative,
              ...ofOffer(offer, pages),
              ...ofProduct(offer, products.get(placed.sku ?? '')),
            },
          ];
    }),
    decision,
    ...(arms.length === 0
      ? {}
      : { arms: arms.map(({ experiment, arm }) => ({ experiment, arm })) }),
  };
};

/** What an offer says to who is in these arms; a variant that it has no more shows as if there were none. */
const inVariant = (
  { creative, variants = {} }: Offer,
  arms: ReturnType<Opening['armsOf']>,
): Pick<Offer, 'creative'> => {
  const named = new Map(Object.entries(variants));
  const shown = arms.find(({ variant = '' }) => named.has(variant))?.variant;
  return { creative: named.get(shown ?? '') ?? creative };
};

/** The session of a customer whom nothing is shown, so that it is known what showing does. */
export const heldOutSession = (
  session: Omit<
    Session,
    'version' | 'endsAt' | 'isHeldOut' | 'offers' | 'decision' | 'guides' | 'arms'
  >,
): Session => ({
  ...session,
  version: 0,
  endsAt: endOf(session.openedAt),
  isHeldOut: true,
  offers: [],
  guides: [],
});

const endOf = (openedAt: string): string =>
  new Date(Date.parse(openedAt) + SESSION_HOURS * HOUR_MS).toISOString();

const ofDecision = (
  sessionId: string,
  { offerId, slot, type, context, valueMinor, propensity }: Placed,
) => ({
  impressionId: impressionIdOf(sessionId, slot),
  offerId,
  slot,
  type,
  context,
  valueMinor,
  propensity,
});

const ofOffer = (offer: Offer, pages: Opening['pages']) => ({
  partner: offer.partner,
  url: offer.url ?? pageOf(offer.type, pages),
  success: successOf(offer),
  budgetMinor: offer.budget?.amountMinor,
});

const ofProduct = (
  { imageUrl }: Pick<Offer, 'imageUrl'>,
  product: ProductOnOffer | undefined,
): Pick<ShownOffer, 'imageUrl' | 'product'> => ({
  imageUrl: imageUrl ?? product?.imageUrl,
  product: product && { sku: product.sku, name: product.name, price: product.price },
});

const pageOf = (type: OfferType, pages: Opening['pages']): string | undefined =>
  type === 'loyalty' || type === 'referral' || type === 'review' ? pages[type] : undefined;

/**
 * A product is one once it is in an order, a partner's offer that is paid by the purchase once the partner says so.
 * The others are when the customer goes there: a click is what is paid for, or all that is ever heard of it.
 */
const successOf = ({ value }: Pick<Offer, 'value'>): Success =>
  value.kind === 'margin' || value.kind === 'cpa' ? 'confirmation' : 'click';
