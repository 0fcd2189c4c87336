import type { OfferView, SessionAnswer } from '#core/contracts/session-api.ts';
import { confirmationFrame, type ConfirmationFrame } from './confirmation-frame.ts';
import { dispatch, offerDetail } from './events.ts';
import { type InteractionTelling, interactionTelling } from './interaction-telling.ts';
import { offerCard, type OfferCard, statusWords } from './offer-card.ts';
import { type OfferEvent, type OfferPhase, nextPhase } from './offer-phase.ts';
import { type Polling, polling } from './polling.ts';
import { readSession } from './read-session.ts';
import type { SessionApi } from './session-api.ts';
import type { Settings } from './settings.ts';
import type { ShowableOffer } from './showable-offers.ts';
import { watchViews } from './watch-views.ts';

export interface OffersOnPageOptions {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** Aborted when they leave the page. */
  readonly signal: AbortSignal;
  readonly settings: Settings;
  readonly api: SessionApi;
  readonly session: SessionAnswer;
  /** At least one. */
  readonly offers: readonly ShowableOffer[];
}

interface OfferOnPage {
  readonly offer: OfferView;
  readonly card: OfferCard;
  phase: OfferPhase;
}

/** The offers of a session: shows them, and does what the customer asks for. */
export class OffersOnPage {
  readonly #options: OffersOnPageOptions;
  readonly #frame: ConfirmationFrame;
  readonly #telling: InteractionTelling;
  readonly #polling: Polling = polling(() => this.#learn());
  #offers: readonly OfferOnPage[];

  constructor(options: OffersOnPageOptions) {
    const { session, settings, api, signal, root } = options;
    this.#options = options;
    this.#frame = confirmationFrame(session, settings.headingLevel);
    this.#telling = interactionTelling(api, session, signal);
    this.#offers = options.offers.map((each, at) => this.#added(each, `offer-${at}`));
    this.#frame.list.append(...this.#offers.map(({ card }) => card.item));
    root.replaceChildren(this.#frame.section);
    this.#watch();
  }

  #added({ offer, link }: ShowableOffer, id: string): OfferOnPage {
    const { session, settings } = this.#options;
    const card = offerCard(offer, {
      id,
      words: session.words,
      link,
      headingLevel: settings.headingLevel + 1,
      onAccept: () => void this.#accept(of),
      onDismiss: () => this.#happened(of, { kind: 'dismiss' }),
    });
    const of: OfferOnPage = { offer, card, phase: offer.state };
    card.show(offer.state);
    return of;
  }

  #watch(): void {
    const { signal } = this.#options;
    watchViews({
      items: this.#offers.map(({ offer, card }) => ({ id: offer.impressionId, item: card.item })),
      viewed: (impressionId) => this.#telling.told({ impressionId, kind: 'viewed' }),
      pageSeen: (isSeen) => {
        this.#polling.pageSeen(isSeen);
        if (!isSeen) this.#telling.flush();
      },
      signal,
    });
    signal.addEventListener('abort', () => this.#polling.stop());
    if (this.#isAnyPending()) this.#polling.start();
  }

  #happened(of: OfferOnPage, event: OfferEvent): void {
    const before = of.phase;
    of.phase = nextPhase(before, event);
    if (of.phase === before) return;
    if (of.phase === 'dismissed') return this.#dismissed(of, event);
    of.card.show(of.phase);
    this.#tellPage(of, before);
    if (of.phase === 'pending') this.#polling.start();
  }

  #tellPage({ offer, phase }: OfferOnPage, before: OfferPhase): void {
    const { host, session } = this.#options;
    const detail = offerDetail(session.sessionId, offer);
    const isTaken = before === 'asking' && (phase === 'pending' || phase === 'confirmed');
    if (isTaken) dispatch(host, 'afterglow-accepted', detail);
    if (phase === 'confirmed') dispatch(host, 'afterglow-confirmed', detail);
    const words = statusWords(phase, session.words);
    // From asking to pending nothing changes for the customer.
    if (words !== undefined && words !== statusWords(before, session.words))
      this.#frame.announce(`${offer.headline}: ${words}`);
  }

  async #accept(of: OfferOnPage): Promise<void> {
    const before = of.phase;
    this.#happened(of, { kind: 'accept' });
    // A second click changes nothing, and so asks for nothing.
    if (of.phase === before) return;
    const state = await this.#telling.accepted(of.offer.impressionId);
    if (this.#options.signal.aborted) return;
    this.#happened(of, state === undefined ? { kind: 'lost' } : { kind: 'told', state });
  }

  #dismissed(of: OfferOnPage, { kind }: OfferEvent): void {
    const { host, root, session } = this.#options;
    const { offer, card } = of;
    const hadFocus = card.item.contains(root.activeElement);
    const at = this.#offers.indexOf(of);
    this.#offers = this.#offers.filter((each) => each !== of);
    card.item.remove();
    const isNothing = this.#offers.length === 0 && this.#frame.withoutOffers() === 'nothing';
    if (hadFocus) (this.#offers[at] ?? this.#offers[at - 1])?.card.focus();
    if (hadFocus && this.#offers.length === 0) this.#frame.focus();
    if (kind === 'dismiss') {
      this.#telling.told({ impressionId: offer.impressionId, kind: 'dismissed' });
      this.#frame.announce(`${session.words.dismiss}: ${offer.headline}`);
      dispatch(host, 'afterglow-dismissed', offerDetail(session.sessionId, offer));
    }
    if (isNothing) dispatch(host, 'afterglow-empty', { reason: 'dismissed' });
  }

  /** Asks what has become of accepted offers, and says whether there is more to ask for. */
  async #learn(): Promise<boolean> {
    const { api, session, signal } = this.#options;
    const reply = await api.read(session, signal);
    if (signal.aborted) return false;
    // The session has ended, or was never known: it will not be again.
    if (reply.kind === 'refused' && reply.status < 500 && reply.status !== 429) return false;
    const news = reply.kind === 'answered' ? readSession(reply.body) : undefined;
    const states = new Map(news?.offers.map(({ impressionId, state }) => [impressionId, state]));
    for (const of of this.#offers) {
      const state = states.get(of.offer.impressionId);
      if (of.phase === 'pending' && state !== undefined)
        this.#happened(of, { kind: 'told', state });
    }
    return this.#isAnyPending();
  }

  #isAnyPending(): boolean {
    return this.#offers.some(({ phase }) => phase === 'pending');
  }
}
