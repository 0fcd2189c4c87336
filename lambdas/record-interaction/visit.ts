import type { ShopConfig } from '#core/contracts/config.ts';
import { withQuery, withToken } from '#core/domain/messages/links.ts';
import { pageAt } from '#core/domain/pages/shop-pages.ts';
import type { Session, ShownOffer } from '#core/domain/sessions/session.ts';
import { type Answer, notFound, redirect } from '#core/http/answer.ts';
import type { HttpRequest } from '#core/http/http-request.ts';
import { applyInteractions } from './apply.ts';
import type { RecordInteractionDeps } from './record-interaction-deps.ts';

/** What a partner hands back with an order, so that it is known which showing brought it. */
const IMPRESSION_PARAMETER = 'ag_impression';

/** The shop's pages are opened at once: their tokens are made on the way there and end the next day. */
const PAGE_TOKEN_MS = 24 * 60 * 60 * 1000;

/** Stands for the touch in tokens of the shop's pages. */
const CONFIRMATION_PAGE = 'confirmation-page';

/**
 * Leads to where an offer leads, and nowhere else: the address is the offer's own, as it was stored when the page was
 * opened; nothing of the request goes into it. The click is recorded on the way; one that cannot be keeps nobody
 * waiting.
 */
export const visit = async (
  deps: RecordInteractionDeps,
  request: HttpRequest,
  sessionId: string,
  impressionId: string,
): Promise<Answer> => {
  const way = (await isAllowed(deps, request, sessionId, impressionId))
    ? await wayOf(deps, sessionId, impressionId)
    : undefined;
  if (way === undefined) return notFound();
  if (isByPerson(request))
    await applyInteractions(deps, sessionId, [{ impressionId, kind: 'clicked' }]).catch(
      (error: unknown) => deps.report('a click was not recorded', error),
    );
  return redirect(await withParameters(deps, way));
};

/** Whether the link's token is of this offer of this session. */
const isAllowed = async (
  { sessionTokens, now }: RecordInteractionDeps,
  { query }: HttpRequest,
  sessionId: string,
  impressionId: string,
): Promise<boolean> => {
  const check = await sessionTokens.read(query.get('t') ?? '', 'visit', now().toISOString());
  return (
    check.kind === 'valid' &&
    check.claims.use === 'visit' &&
    check.claims.sessionId === sessionId &&
    check.claims.impressionId === impressionId
  );
};

interface Way {
  readonly session: Session;
  readonly shop: ShopConfig;
  readonly offer: ShownOffer;
  readonly address: string;
}

const wayOf = async (
  { sessions, shops }: RecordInteractionDeps,
  sessionId: string,
  impressionId: string,
): Promise<Way | undefined> => {
  const session = await sessions.find(sessionId);
  const shop = new Map(Object.entries(shops)).get(session?.shop ?? '');
  const offer = session?.offers.find((each) => each.impressionId === impressionId);
  const address = offer && addressOf(offer);
  return session === undefined || shop === undefined || offer === undefined || address === undefined
    ? undefined
    : { session, shop, offer, address };
};

const addressOf = ({ url }: ShownOffer): string | undefined => {
  const parsed = URL.parse(url ?? '');
  return parsed?.protocol === 'https:' ? parsed.href : undefined;
};

/**
 * Whether a person follows the link. Scanners ask for the head of it; browsers say when they fetch ahead, or fetch for
 * something else than to show a page (Fetch Metadata: `Sec-Purpose`, `Sec-Fetch-Dest`).
 */
const isByPerson = ({ method, headers }: HttpRequest): boolean => {
  const purpose = `${headers['sec-purpose'] ?? ''} ${headers['purpose'] ?? ''} ${headers['x-moz'] ?? ''}`;
  const destination = headers['sec-fetch-dest'] ?? 'document';
  return method === 'GET' && !/prefetch|preview/i.test(purpose) && destination === 'document';
};

const withParameters = async (
  { links, now }: RecordInteractionDeps,
  { session, shop, offer, address }: Way,
): Promise<string> => {
  if (offer.type === 'partner') return withQuery(address, IMPRESSION_PARAMETER, offer.impressionId);
  const audience = pageAt(shop, address);
  if (audience === undefined) return address;
  const issuedAt = now().toISOString();
  const token = await links.sign({
    audience,
    shop: session.shop,
    orderId: session.orderId,
    touch: CONFIRMATION_PAGE,
    issuedAt,
    expiresAt: new Date(Date.parse(issuedAt) + PAGE_TOKEN_MS).toISOString(),
  });
  return withToken(address, token);
};
