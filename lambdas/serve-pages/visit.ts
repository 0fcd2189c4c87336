import type { ShopConfig } from '#core/contracts/config.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import { messageLocaleFor } from '#core/domain/messages/locales.ts';
import type { Order } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { Page, PageFrame } from '#core/domain/pages/page.ts';
import { type OpenedFrame, problemPage } from '#core/domain/pages/pages.ts';
import { pageLanguages, type ProblemKind, wordsIn } from '#core/domain/pages/words.ts';
import type { MessageClaims } from '#core/ports/link-signer.ts';
import { pageAnswer } from './page-answers.ts';
import type { PageAnswer, PageRequest } from './page-request.ts';
import type { ServePagesDeps } from './serve-pages-deps.ts';

/** A request with a token that holds. */
export interface Opened {
  readonly claims: MessageClaims;
  readonly shop: ShopConfig;
  readonly token: string;
}

/** What is known of whoever opened a page. */
export interface Visit extends Opened {
  readonly frame: OpenedFrame;
  /** Absent when it was forgotten since. */
  readonly order: Order | undefined;
  readonly customer: Customer | undefined;
  readonly show: (page: Page, statusCode?: number) => PageAnswer;
  readonly refuse: (kind: ProblemKind) => PageAnswer;
}

const statusOf = {
  refused: 400,
  expired: 400,
  gone: 404,
  'no-such-page': 404,
  'wrong-method': 405,
  'too-large': 413,
  'no-form': 415,
  'wrong-target': 400,
  nobody: 422,
  failed: 500,
} as const satisfies Readonly<Record<ProblemKind, number>>;

/** The token's claims, or the page that says why they do not hold. */
export const openedBy = async (
  deps: ServePagesDeps,
  request: PageRequest,
): Promise<Opened | PageAnswer> => {
  const token = request.query.get('t') ?? '';
  const reading = await deps.links.read(token, deps.now().toISOString());
  if (reading.kind !== 'valid') return refusal(deps, request, reading.kind, reading.shop);
  const { claims } = reading;
  const shop = shopNamed(deps, claims.shop);
  return shop === undefined ? refusal(deps, request, 'refused') : { claims, shop, token };
};

/** Reads whose page it is, and shows it in their language. */
export const visitOf = async (
  deps: ServePagesDeps,
  request: PageRequest,
  opened: Opened,
): Promise<Visit> => {
  const { claims, shop, token } = opened;
  const { customerId } = claims;
  const [log, customer] = await Promise.all([
    deps.orders.read(claims.shop, claims.orderId),
    customerId === undefined ? undefined : deps.customers.read(claims.shop, customerId),
  ]);
  const order = orderOf(log.events);
  const preferred = order?.contact.locale ?? customer?.profile.locale ?? request.acceptLanguage;
  const frame = { ...frameOf(shop, preferred), shop, token };
  const show = (page: Page, statusCode = 200): PageAnswer =>
    pageAnswer(statusCode, page, deps.styleHash);
  const refuse = (kind: ProblemKind): PageAnswer => show(problemPage(frame, kind), statusOf[kind]);
  return { ...opened, frame, order, customer, show, refuse };
};

/** A page that says what is wrong and what to do; in a shop's design where one is named or there is but one. */
export const refusal = (
  deps: ServePagesDeps,
  { acceptLanguage }: Pick<PageRequest, 'acceptLanguage'>,
  kind: ProblemKind,
  named?: string,
): PageAnswer => {
  const [only, ...others] = Object.values(deps.shops);
  const shop = shopNamed(deps, named ?? '') ?? (others.length === 0 ? only : undefined);
  const page = problemPage(frameOf(shop, acceptLanguage), kind);
  return pageAnswer(statusOf[kind], page, deps.styleHash);
};

const shopNamed = ({ shops }: ServePagesDeps, id: string): ShopConfig | undefined =>
  new Map(Object.entries(shops)).get(id);

/** @param preferred a locale, or what a browser says of those it likes */
const frameOf = <Shop extends ShopConfig | undefined>(
  shop: Shop,
  preferred: string | undefined,
): PageFrame & { readonly shop: Shop } => {
  const { locale, language } = messageLocaleFor({
    preferred: preferred?.split(/[,;]/)[0],
    shopLocales: shop?.locales ?? pageLanguages,
    languages: pageLanguages,
  });
  return { shop, locale, words: wordsIn(language) };
};
