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
      /** As the scenario calls it. @default all that are shown */
      readonly offer: string | undefined;
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
  if (words === VIEWED) return { kind: 'page', does: 'viewed', offer: undefined, orderName };
  const [, how, offer] = /^(\w+) the offer (\S+)$/i.exec(said) ?? [];
  const does = kinds.find((each) => each === how?.toLowerCase());
  return does === undefined || offer === undefined
    ? undefined
    : { kind: 'page', does, offer, orderName };
};

const OPENED = 'opened the confirmation page';
const VIEWED = 'viewed the offers';

const kinds = ['viewed', 'clicked', 'accepted', 'dismissed'] as const;

/** What a customer can do on the page, in plain words. */
export const pageWords: readonly string[] = [
  OPENED,
  VIEWED,
  ...kinds.map((kind) => `${kind} the offer …`),
];

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
  const { does, offer } = deed;
  const meant = shown.filter(
    ({ offerId }) => offer === undefined || offerId === `${scenario.scope}-${offer}`,
  );
  if (meant.length === 0)
    return offer === undefined ? undefined : `the page does not show ${offer}`;
  const interactions = meant.map(({ impressionId }) => ({ impressionId, kind: does }));
  const body = { sessionToken, interactions };
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
