import type { OfferView, SessionWords } from '#core/contracts/session-api.ts';
import { element, focusOn, heading } from './dom.ts';
import { isSettled, type OfferPhase } from './offer-phase.ts';
import { webAddress } from './settings.ts';

export interface OfferCard {
  readonly item: HTMLElement;
  show(phase: OfferPhase): void;
  /** Moves the focus to its headline. */
  focus(): void;
}

export interface CardOptions {
  /** Of the headline, which describes the buttons; unique among the offers. */
  readonly id: string;
  readonly words: SessionWords;
  readonly headingLevel: number;
  /** Where the button leads, checked; absent: it accepts. */
  readonly link: URL | undefined;
  readonly onAccept: () => void;
  readonly onDismiss: () => void;
}

/** One offer of the list. */
export const offerCard = (offer: OfferView, options: CardOptions): OfferCard => {
  const { id, words, headingLevel } = options;
  const headline = element(
    heading(headingLevel),
    { id, part: 'headline', class: 'headline' },
    offer.headline,
  );
  const action = actionOf(offer, options);
  const dismiss = element(
    'button',
    { type: 'button', part: 'dismiss', class: 'dismiss', 'aria-describedby': id },
    words.dismiss,
  );
  dismiss.addEventListener('click', options.onDismiss);
  const status = element('p', { part: 'status', class: 'status', hidden: '' });
  const image = picture(offer.imageUrl);
  const item = element(
    'li',
    { part: `offer offer-${offer.type}`, class: image === undefined ? 'offer plain' : 'offer' },
    image,
    element(
      'div',
      { class: 'words' },
      offer.partner && element('p', { part: 'partner', class: 'partner' }, offer.partner),
      headline,
      offer.text && element('p', { part: 'text', class: 'text' }, offer.text),
      productOf(offer),
    ),
    element('div', { part: 'actions', class: 'actions' }, action, dismiss, status),
  );
  const show = (phase: OfferPhase) => {
    const isBusy = phase === 'asking' || phase === 'pending';
    const isDone = isSettled(phase);
    const hadFocus = hasFocus(item);
    item.dataset['phase'] = phase;
    status.textContent = statusWords(phase, words) ?? '';
    status.hidden = status.textContent === '';
    // A button that is asked for again keeps its place and the focus, and says that it cannot be used now.
    if (isBusy) action.setAttribute('aria-disabled', 'true');
    else action.removeAttribute('aria-disabled');
    action.hidden = isDone;
    dismiss.hidden = isBusy || isDone;
    // What had the focus is gone: what came of it is there.
    if (hadFocus && isDone) focusOn(status);
  };
  return { item, show, focus: () => focusOn(headline) };
};

const hasFocus = (item: HTMLElement): boolean => {
  const root = item.getRootNode();
  return root instanceof ShadowRoot && item.contains(root.activeElement);
};

/** What is said of a phase; nothing of an offer that waits for the customer. */
export const statusWords = (phase: OfferPhase, words: SessionWords): string | undefined => {
  if (phase === 'open' || phase === 'dismissed') return undefined;
  return words[phase === 'asking' ? 'pending' : phase];
};

const actionOf = (offer: OfferView, { id, words, link, onAccept }: CardOptions) => {
  const shared = { part: 'action', class: 'action', 'aria-describedby': id };
  if (link === undefined) {
    const button = element('button', { ...shared, type: 'button' }, offer.action);
    button.addEventListener('click', onAccept);
    return button;
  }
  const leaves = offer.type === 'partner' && words.opensPartner !== '';
  return element(
    'a',
    { ...shared, href: link.href, rel: 'noopener', target: '_blank' },
    offer.action,
    leaves ? element('span', { class: 'unseen' }, ` (${words.opensPartner})`) : undefined,
  );
};

/** Its room is kept before it comes, and stays when it does not: nothing moves. */
const picture = (imageUrl: string | undefined): HTMLElement | undefined => {
  const url = webAddress(imageUrl);
  if (url === undefined) return undefined;
  const image = element('img', {
    part: 'image',
    // The product's name stands beside it.
    alt: '',
    width: '480',
    height: '480',
    decoding: 'async',
    src: url.href,
  });
  image.addEventListener('error', () => image.classList.add('unseen'));
  return element('div', { part: 'picture', class: 'picture' }, image);
};

const productOf = ({ product, headline }: OfferView): HTMLElement | undefined =>
  product &&
  element(
    'p',
    { part: 'product', class: 'product' },
    // A headline that is the product's name already says it.
    product.name === headline ? undefined : element('span', { part: 'product-name' }, product.name),
    element('strong', { part: 'price', class: 'price' }, product.price),
  );
