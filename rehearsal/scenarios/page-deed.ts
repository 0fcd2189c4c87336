import { toSession } from '#core/adapters/dynamo-sessions.ts';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { type InteractionKind, sessionAnswer } from '#core/contracts/session-api.ts';
import { tables } from '#core/contracts/tables.ts';
import type { PlacedOrder } from '../input/order-life.ts';
import { orderToken, type ShopKeys } from '../input/order-tokens.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { HttpRequest } from '../services/http-event.ts';
import type { Scenario } from './scenario.ts';

/** Something that the customer does on the confirmation page of an order. */
export type PageDeed =
  | { readonly kind: 'page'; readonly does: 'opened'; readonly orderName: string | undefined }
  | {
      readonly kind: 'page';
      readonly does: InteractionKind;
      /** As the scenario calls it. */
      readonly offer: string;
      readonly orderName: string | undefined;
    };

/** What of a rehearsal a page has to do with. */
export type PageStage = Pick<Rehearsal, 'clock' | 'http'> & {
  readonly tables: Pick<Rehearsal['tables'], 'all' | 'dump'>;
};

/** `opened the confirmation page`, `accepted the offer mug`; `undefined` when it is neither. */
export const pageDeedSaid = (said: string, orderName: string | undefined): PageDeed | undefined => {
  const words = said.toLowerCase();
  if (words === OPENED) return { kind: 'page', does: 'opened', orderName };
  const [, how, offer] = /^(\w+) the offer (\S+)$/i.exec(said) ?? [];
  const does = kinds.find((each) => each === how?.toLowerCase());
  return does === undefined || offer === undefined
    ? undefined
    : { kind: 'page', does, offer, orderName };
};

const OPENED = 'opened the confirmation page';

const kinds = ['viewed', 'clicked', 'accepted', 'dismissed'] as const;

/** What a customer can do on the page, in plain words. */
export const pageWords: readonly string[] = [OPENED, ...kinds.map((kind) => `${kind} the offer …`)];

/**
 * Does it, as the component of the page does.
 *
 * @returns what went wrong, in words; nothing where it went well
 */
export const doOnPage = async (
  stage: PageStage,
  scenario: Scenario,
  deed: PageDeed,
  keys: ShopKeys,
): Promise<string | undefined> => {
  const order = orderMeant(scenario, deed.orderName);
  if (order === undefined) return `there is no order ${deed.orderName ?? ''} by then`;
  const opened = await stage.http(
    post('/sessions', { orderToken: await orderToken(order, stage.clock.now(), keys) }),
  );
  if (opened.status >= 400) return `the page answered ${opened.status}: ${opened.body}`;
  if (deed.does === 'opened') return undefined;
  const { sessionId, sessionToken } = sessionAnswer.parse(JSON.parse(opened.body));
  const shown = await shownIn(stage, sessionId);
  const offerId = `${scenario.scope}-${deed.offer}`;
  const impression = shown.find((each) => each.offerId === offerId);
  if (impression === undefined) return `the page does not show ${deed.offer}`;
  const { impressionId } = impression;
  const body = { sessionToken, interactions: [{ impressionId, kind: deed.does }] };
  const answer = await stage.http(post(`/sessions/${sessionId}/interactions`, body));
  return answer.status >= 400 ? `the page answered ${answer.status}: ${answer.body}` : undefined;
};

const orderMeant = (
  { orders, events }: Scenario,
  orderName: string | undefined,
): PlacedOrder | undefined => {
  const [only] = orders;
  const named = orders.find(({ name }) => name === (orderName ?? ''));
  const { orderId } =
    named ?? (orderName === undefined && orders.length === 1 ? only : undefined) ?? {};
  const placed = events.find(
    ({ detailType, detail }) => detailType === 'OrderPlaced' && detail['orderId'] === orderId,
  );
  return incomingEvents.OrderPlaced.safeParse(placed?.detail).data;
};

const shownIn = async ({ tables: { all, dump } }: PageStage, sessionId: string) => {
  const table = all.find(({ logicalId }) => logicalId.startsWith(tables.sessions.name));
  const items = table === undefined ? [] : await dump(table);
  return items
    .filter((item) => item[tables.sessions.partitionKey]?.S === sessionId)
    .flatMap((item) => toSession(item).offers);
};

const post = (path: string, body: object): HttpRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'text/plain;charset=UTF-8', 'user-agent': 'Mozilla/5.0 (rehearsal)' },
  body: JSON.stringify(body),
});
