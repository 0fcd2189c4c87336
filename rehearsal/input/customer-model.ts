import config from '#config';
import { type Product, productOf } from '#core/domain/catalogue/product.ts';
import type { Experiments } from '#core/domain/experiments/experiment.ts';
import { referenceOf, type SentMessage } from '../services/sent-message.ts';
import { seededRandom } from '../random.ts';
import { afterPlacing } from './after-placing.ts';
import { comingBack } from './coming-back.ts';
import { REDEEMS, type Reaction, reactionRates, reactionHours } from './customer-rates.ts';
import { clamp, logNormal, pickWeighted, type Random } from './draws.ts';
import { HOUR_MS } from './duration.ts';
import { codeIn } from './incentives.ts';
import type { PlacedOrder } from './order-life.ts';
import { sampleCatalogue } from './sample-catalogue.ts';
import { line, placing, type SampleLine, sampleOrder } from './sample-order.ts';
import { type SampleShop, sampleShops } from './sample-shops.ts';
import { linkTo, pageVisits, submit } from './page-visits.ts';
import { type Deed, told, toldOfOrder } from './timed-event.ts';

/** What a customer does after a message came: nothing, mostly. */
export type React = (message: SentMessage) => readonly Deed[];

/**
 * The customers of the sample shops: they answer surveys, use what they bought, write reviews, join
 * and order again, each some hours after the message that asked for it and as often as
 * `customer-rates.ts` says. What one does depends on the seed, the order and the touch alone.
 *
 * @param placed every order that customers may react to; those that they place are added
 * @param experiments whose arms may give them a code
 */
export const sampleCustomers = (
  placed: readonly PlacedOrder[],
  seed: string,
  experiments: Experiments = config.experiments,
): React => {
  const orders = new Map(placed.map((order) => [keyOf(order.shop, order.orderId), order]));
  return (message) => {
    const { shop: shopId = '', orderId = '', touch = '' } = referenceOf(message);
    const order = orders.get(keyOf(shopId, orderId));
    const shop = sampleShops.find(({ id }) => id === shopId);
    if (order === undefined || shop === undefined) return [];
    const drawing = (what: string) =>
      seededRandom(JSON.stringify([seed, shopId, orderId, what, touch]));
    const visits = pageVisits(message, drawing('visits'));
    const code = drawing('redeems')() < REDEEMS ? codeIn(message, experiments) : undefined;
    const done = reactionTo({ message, order, shop, touch, code, random: drawing('reacts') });
    if (!('placed' in done)) return [...done.deeds, ...visits];
    const { placed: again } = done;
    const events = afterPlacing(again, { seed, shop });
    orders.set(keyOf(shopId, again.orderId), again);
    const coming = { message, order: again, random: drawing('comes-by') };
    return [...comingBack(coming, (each) => [placing(each), ...events]), ...visits];
  };
};

const reactionTo = (moved: Omit<Moved, 'atMs'>): Done => {
  const reaction = reactions.get(moved.touch);
  if (reaction === undefined || moved.random() >= reactionRates[reaction.name]) return nothing;
  const hours = clamp(logNormal(moved.random, reactionHours[reaction.name]), 0.05, 240);
  const atMs = Math.round(Date.parse(moved.message.at) + hours * HOUR_MS);
  return reaction.does({ ...moved, atMs });
};

const keyOf = (shop: string, orderId: string): string => `${shop}#${orderId}`;

interface Moved {
  readonly message: SentMessage;
  readonly order: PlacedOrder;
  readonly shop: SampleShop;
  /** When the customer acts. */
  readonly atMs: number;
  readonly random: Random;
  readonly touch: string;
  /** Of the message's, if the customer is one who redeems it. */
  readonly code: string | undefined;
}

type Done = { readonly deeds: readonly Deed[] } | { readonly placed: PlacedOrder };

interface Reacting {
  readonly name: Reaction;
  readonly does: (moved: Moved) => Done;
}

const nothing: Done = { deeds: [] };

const answer = ({ message, shop, atMs, random }: Moved): Done => {
  const survey = config.shops[shop.id]?.survey ?? 'csat';
  const score = pickWeighted(random, survey === 'csat' ? csatScores : npsScores);
  const link = linkTo(message, 'survey');
  if (link === undefined) return nothing;
  return { deeds: [{ atMs, request: submit(link, { score: String(score), comment: '' }) }] };
};

const confirm = ({ message, atMs }: Moved): Done => {
  const link = linkTo(message, 'consent');
  return link === undefined
    ? nothing
    : { deeds: [{ atMs, request: submit(link, { c: 'email' }) }] };
};

/** Most who answer are content, some are not: assumption. */
const csatScores = [
  [5, 46],
  [4, 28],
  [3, 12],
  [2, 8],
  [1, 6],
] as const;

const npsScores = [
  [10, 26],
  [9, 22],
  [8, 18],
  [7, 12],
  [6, 7],
  [5, 6],
  [3, 5],
  [0, 4],
] as const;

const review = ({ order, atMs, random }: Moved): Done => {
  const rating = pickWeighted(random, csatScores);
  const [first] = order.lines;
  if (first === undefined) return nothing;
  const telling = tellingOf(order, 'reviewed', atMs);
  return { deeds: [toldOfOrder('ReviewPosted', telling, { sku: first.sku, rating })] };
};

const use = ({ order, atMs, touch }: Moved): Done => {
  const used = order.lines.filter(({ sku }) => factsOf(order.shop, sku)?.reportsUse === true);
  return {
    deeds: used.map(({ lineId }) =>
      toldOfOrder('UsageMilestoneReached', tellingOf(order, `used-${touch}-${lineId}`, atMs), {
        lineId,
        milestone: 'first-use',
      }),
    ),
  };
};

const join = ({ order, shop, atMs }: Moved): Done => {
  const { customerId } = order.contact;
  if (customerId === undefined) return nothing;
  const telling = { shop: shop.id, eventId: `loyalty/${customerId}`, occurredAtMs: atMs };
  return { deeds: [told('LoyaltyEnrolled', telling, { customerId })] };
};

const subscribe = ({ order, shop, atMs }: Moved): Done => {
  const { customerId } = order.contact;
  const wanted = order.lines.find(({ sku }) => factsOf(shop.id, sku)?.subscribable === true);
  if (customerId === undefined || wanted === undefined) return nothing;
  const subscriptionId = `${order.orderId}-subscription`;
  const telling = { shop: shop.id, eventId: `${subscriptionId}/started`, occurredAtMs: atMs };
  const says = { customerId, subscriptionId, sku: wanted.sku };
  return { deeds: [told('SubscriptionStarted', telling, says)] };
};

/** The same again, of what is used up. */
const reorder = (moved: Moved): Done => {
  const { order, shop } = moved;
  const used = order.lines.filter(({ sku }) => factsOf(shop.id, sku)?.daysOfSupply !== undefined);
  return orderOf(
    moved,
    used.map(({ sku, quantity }) => line(sku, quantity)),
  );
};

const orderPairing = (moved: Moved): Done => {
  const { order, shop } = moved;
  const skus = order.lines.flatMap(({ sku }) => factsOf(shop.id, sku)?.pairsWith ?? []);
  const [first] = skus.filter((sku) => !order.lines.some((each) => each.sku === sku));
  return orderOf(moved, first === undefined ? [] : [line(first)]);
};

const orderAnything = (moved: Moved): Done => {
  const products = sampleCatalogue.filter(({ shop }) => shop === moved.shop.id);
  const sku = pickWeighted(
    moved.random,
    products.map((product) => [product.sku, 1] as const),
  );
  return orderOf(moved, [line(sku)]);
};

const orderOf = (moved: Moved, lines: readonly SampleLine[]): Done => {
  if (lines.length === 0) return nothing;
  const { order, shop, atMs, touch, code } = moved;
  const { contact, shipTo } = order;
  const says = {
    contact,
    ...(shipTo === undefined ? {} : { shipTo }),
    ...(code === undefined ? {} : redeemed(code, shop, lines)),
  };
  const orderId = `${order.orderId}-${touch}`;
  return { placed: sampleOrder({ shop, orderId, placedMs: atMs, lines, says }) };
};

/** A tenth off the goods: what a code is worth its experiment says in words only. Assumption. */
const redeemed = (code: string, { currency }: SampleShop, lines: readonly SampleLine[]) => {
  const goods = lines.reduce((sum, each) => sum + each.unitPrice.amountMinor * each.quantity, 0);
  return {
    attribution: { codes: [code] },
    discount: { amountMinor: Math.floor(goods / 10), currency },
  };
};

const reactions: ReadonlyMap<string, Reacting> = new Map([
  ['consent-confirmation', { name: 'confirms', does: confirm }],
  ['satisfaction-survey', { name: 'answers', does: answer }],
  ['review-request', { name: 'reviews', does: review }],
  ['digital-access', { name: 'uses', does: use }],
  ['activation-nudge', { name: 'uses-after-nudge', does: use }],
  ['loyalty-invitation', { name: 'joins', does: join }],
  ['subscription-offer', { name: 'subscribes', does: subscribe }],
  ['replenishment', { name: 'reorders', does: reorder }],
  ['cross-sell', { name: 'buys-pairing', does: orderPairing }],
  ['win-back', { name: 'comes-back', does: orderAnything }],
]);

const tellingOf = ({ shop, orderId }: PlacedOrder, key: string, occurredAtMs: number) => ({
  shop,
  orderId,
  eventId: `${orderId}/${key}`,
  occurredAtMs,
});

/** What the deployed configuration says of a sample product. */
export const factsOf = (shop: string, sku: string): Product | undefined => {
  const item = sampleCatalogue.find((each) => each.shop === shop && each.sku === sku);
  const rules = config.shops[shop];
  return item === undefined || rules === undefined ? undefined : productOf(item, rules);
};
