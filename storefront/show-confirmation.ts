import { dispatch, type EmptyReason } from './events.ts';
import { emptyHost, prepareHost } from './empty-host.ts';
import { OffersOnPage } from './offers-on-page.ts';
import { readSession } from './read-session.ts';
import { type Reply, sessionApi } from './session-api.ts';
import { settingsOf } from './settings.ts';
import { showableOffers } from './showable-offers.ts';

export interface Showing {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly css: string;
  /** Aborted when the element leaves the page or its attributes change. */
  readonly signal: AbortSignal;
}

/**
 * Asks for the session and shows its offers. Whatever fails, the page of the shop stays whole: the element is empty
 * then, and `afterglow-empty` says why.
 */
export const showConfirmation = async (showing: Showing): Promise<void> => {
  try {
    await show(showing);
  } catch (error) {
    if (!showing.signal.aborted) emptyHost(showing, { reason: 'failed', error });
  }
};

const show = async (showing: Showing): Promise<void> => {
  const { host, root, css, signal } = showing;
  const empty = (reason: EmptyReason, status?: number) => emptyHost(showing, { reason, status });
  if (!isSupported()) return empty('unsupported');
  root.adoptedStyleSheets = [sheetOf(css)];
  prepareHost(host);
  const settings = settingsOf((name) => host.getAttribute(name), document.baseURI);
  if (typeof settings === 'string') return empty(settings);

  const api = sessionApi(settings.api);
  const reply = await api.open(settings.orderToken, settings.timeoutMs, signal);
  if (signal.aborted) return;
  if (reply.kind !== 'answered') return empty(...whyNot(reply));
  const session = readSession(reply.body);
  if (session === undefined) return empty('bad-answer');
  const offers = showableOffers(session.offers, settings.api);
  if (offers.length === 0) return empty('no-offers');
  host.hidden = false;
  new OffersOnPage({ host, root, signal, settings, api, session, offers });
  dispatch(host, 'afterglow-session', { sessionId: session.sessionId, offers: offers.length });
};

const isSupported = (): boolean =>
  typeof fetch === 'function' &&
  typeof IntersectionObserver === 'function' &&
  'adoptedStyleSheets' in Document.prototype;

/** A constructed sheet: a content security policy has nothing against it, and need not allow inline styles. */
const sheetOf = (css: string): CSSStyleSheet => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
};

const whyNot = (reply: Exclude<Reply, { kind: 'answered' }>): readonly [EmptyReason, number?] =>
  reply.kind === 'refused' ? ['refused', reply.status] : [reply.because];
