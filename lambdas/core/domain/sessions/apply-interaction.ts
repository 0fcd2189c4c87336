import { productTypes } from '../offers/offer.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Change, News } from './news.ts';
import type { Acceptance, Session, ShownOffer } from './session.ts';

/** What a customer does with an offer of the page. */
export interface Interaction {
  readonly impressionId: string;
  readonly kind: 'viewed' | 'clicked' | 'accepted' | 'dismissed';
}

export type Interacted =
  | ({ readonly kind: 'interacted' } & Change<Session>)
  /** The page shows no such offer. */
  | { readonly kind: 'unknown'; readonly impressionId: string }
  /** It leads somewhere, and there is nothing to accept here. */
  | { readonly kind: 'not-a-product'; readonly impressionId: string }
  | { readonly kind: 'closed' };

export interface InteractionSetting {
  readonly now: Instant;
  /** How long the order system has to say whether it did what was accepted. */
  readonly confirmWithinMinutes: number;
}

const MINUTE_MS = 60_000;

/**
 * The session after what a customer did on its page; all of it or nothing.
 *
 * In whatever order and however often things are said, the same comes of them: whoever clicks, accepts or dismisses
 * has seen the offer; an accept takes a dismissal back, and what was accepted cannot be dismissed any more. What was
 * refused, or not answered in time, may be accepted anew: that is another question to the order system.
 */
export const interacted = (
  session: Session,
  interactions: readonly Interaction[],
  setting: InteractionSetting,
): Interacted => {
  if (setting.now >= session.endsAt) return { kind: 'closed' };
  const problem = problemOf(session, interactions);
  if (problem !== undefined) return problem;
  const news: News[] = [];
  const again: News[] = [];
  const offers = session.offers.map((shown) => {
    let offer = shown;
    for (const { impressionId, kind } of interactions) {
      if (impressionId !== shown.impressionId) continue;
      const step = steps[kind](offer, setting);
      offer = step.offer;
      news.push(...step.news);
      again.push(...step.again);
    }
    return offer;
  });
  const isChanged = news.length > 0;
  return {
    kind: 'interacted',
    session: isChanged ? { ...session, offers } : session,
    news,
    again: again.filter((each) => !news.some((other) => isSame(each, other))),
  };
};

/** Whether a change is one of the same offer and kind: within one request it is told once. */
const isSame = (a: News, b: News): boolean =>
  a.kind === b.kind && a.offer.impressionId === b.offer.impressionId;

const problemOf = (
  { offers }: Session,
  interactions: readonly Interaction[],
): Interacted | undefined => {
  const shown = new Map(offers.map((offer) => [offer.impressionId, offer]));
  for (const { impressionId, kind } of interactions) {
    const offer = shown.get(impressionId);
    if (offer === undefined) return { kind: 'unknown', impressionId };
    if (kind === 'accepted' && !isProduct(offer)) return { kind: 'not-a-product', impressionId };
  }
  return undefined;
};

const ofProducts: ReadonlySet<string> = new Set(productTypes);

const isProduct = ({ type }: ShownOffer): boolean => ofProducts.has(type);

interface Step {
  readonly offer: ShownOffer;
  readonly news: readonly News[];
  readonly again: readonly News[];
}

type Take = (offer: ShownOffer, setting: InteractionSetting) => Step;

const viewed: Take = (offer, { now }) => {
  if (offer.viewedAt !== undefined)
    return { offer, news: [], again: [{ kind: 'shown', offer, at: offer.viewedAt }] };
  const seen = { ...offer, viewedAt: now };
  return { offer: seen, news: [{ kind: 'shown', offer: seen, at: now }], again: [] };
};

/** What else is done shows that the offer was seen. */
const afterViewing =
  (take: Take): Take =>
  (offer, setting) => {
    const seen = viewed(offer, setting);
    const step = take(seen.offer, setting);
    return {
      offer: step.offer,
      news: [...seen.news, ...step.news],
      again: [...seen.again, ...step.again],
    };
  };

const clicked: Take = (offer, { now }) => {
  if (offer.clickedAt !== undefined)
    return { offer, news: [], again: [{ kind: 'clicked', offer, at: offer.clickedAt }] };
  const isSuccess = offer.success === 'click' && offer.succeededAt === undefined;
  const next = { ...offer, clickedAt: now, ...(isSuccess ? { succeededAt: now } : {}) };
  const click: News = { kind: 'clicked', offer: next, at: now };
  const success: News = { kind: 'succeeded', offer: next, at: now };
  return { offer: next, news: isSuccess ? [click, success] : [click], again: [] };
};

const dismissed: Take = (offer, { now }) => {
  if (offer.acceptance !== undefined) return { offer, news: [], again: [] };
  if (offer.dismissedAt !== undefined)
    return { offer, news: [], again: [{ kind: 'dismissed', offer, at: offer.dismissedAt }] };
  const next = { ...offer, dismissedAt: now };
  return { offer: next, news: [{ kind: 'dismissed', offer: next, at: now }], again: [] };
};

const accepted: Take = (offer, { now, confirmWithinMinutes }) => {
  const validUntil = new Date(Date.parse(now) + confirmWithinMinutes * MINUTE_MS).toISOString();
  const { acceptance } = offer;
  if (acceptance !== undefined && !mayBeTriedAgain(acceptance, validUntil)) {
    // Once the order system has answered it has heard.
    const { state, at } = acceptance;
    const isAsked = state === 'pending';
    const asked: News = { kind: 'accepted', offer, at, validUntil: acceptance.validUntil };
    return { offer, news: [], again: isAsked ? [asked] : [] };
  }
  const next: ShownOffer = {
    ...offer,
    dismissedAt: undefined,
    acceptance: { state: 'pending', at: now, validUntil, earlierUntil: acceptance?.validUntil },
  };
  return { offer: next, news: [{ kind: 'accepted', offer: next, at: now, validUntil }], again: [] };
};

/** A question to the order system is named by its time: one of the same time is the same. */
const mayBeTriedAgain = ({ state, validUntil }: Acceptance, next: Instant): boolean =>
  (state === 'refused' || state === 'expired') && next > validUntil;

const steps: Readonly<Record<Interaction['kind'], Take>> = {
  viewed,
  clicked: afterViewing(clicked),
  accepted: afterViewing(accepted),
  dismissed: afterViewing(dismissed),
};
