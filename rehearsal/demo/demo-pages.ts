import config from '#config';
import { type Html, markup, nothing } from '#core/domain/pages/html.ts';
import type { PlacedOrder } from '../input/order-life.ts';
import { type LineView, orderView } from './order-view.ts';

/** What may go wrong with a confirmation page, to be looked at. */
export const demoCases = {
  'api-down': 'API down',
  'no-token': 'no token',
  blocked: 'scripts blocked',
} as const;

export type DemoCase = keyof typeof demoCases;

export const isDemoCase = (text: string): text is DemoCase => Object.hasOwn(demoCases, text);

/** The release of the component that a page loads, as `/component/releases.json` names it. */
export interface Release {
  readonly file: string;
  readonly integrity: string;
}

export interface OrderPage {
  readonly order: PlacedOrder;
  readonly release: Release;
  /** As the shop's server signed it for this page. */
  readonly token: string;
  readonly case?: DemoCase | undefined;
}

/** An address at which no API can be. */
export const DOWN = 'https://confirmation.invalid';

export const pathOf = ({ shop, orderId }: Pick<PlacedOrder, 'shop' | 'orderId'>): string =>
  `/demo/${shop}/${encodeURIComponent(orderId)}`;

const nameOf = (shop: string): string => config.shops[shop]?.name ?? shop;

interface Frame {
  /** Whose look it has. */
  readonly shop: string;
  /** At its head. */
  readonly name: string;
  readonly title: string;
  readonly locale: string;
  readonly scripts: Html;
  readonly main: Html;
  readonly demo: Html;
}

const framed = ({ shop, name, title, locale, scripts, main, demo }: Frame): string =>
  markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/demo/${shop}/style.css">
${scripts}
</head>
<body>
<header><p>${name}</p></header>
<main>
${main}
</main>
<aside class="demo" lang="en" aria-label="Demo">
${demo}
</aside>
</body>
</html>
`.text;

/** The confirmation of an order as a shop would show it, with the component at its end. */
export const orderPage = ({ order, release, token, case: shown }: OrderPage): string => {
  const { locale, words, lines, sums, total } = orderView(order);
  const [firstName = ''] = (order.contact.name ?? '').split(' ');
  return framed({
    shop: order.shop,
    name: nameOf(order.shop),
    title: `${words.order} ${order.orderId} – ${nameOf(order.shop)}`,
    locale,
    // The page listens before the component has anything to tell.
    scripts: markup`<script type="module" src="/demo/page.js"></script>
<script type="module" crossorigin src="/component/${release.file}" integrity="${release.integrity}"></script>`,
    main: markup`<h1>${firstName === '' ? words.thanks : `${words.thanks}, ${firstName}`}</h1>
<p class="muted">${words.confirmed}</p>
<section class="order">
<h2>${words.order} ${order.orderId}</h2>
<ul class="lines">
${lines.map((line) => lineItem(line, words.added))}
</ul>
<dl>
${sums.map(([name, amount]) => markup`<dt>${name}</dt><dd>${amount}</dd>`)}
<dt class="total">${words.total}</dt><dd class="total">${total}</dd>
</dl>
</section>
<afterglow-confirmation api="${shown === 'api-down' ? DOWN : '/'}"${shown === 'no-token' ? nothing : markup` token="${token}"`}></afterglow-confirmation>`,
    demo: markup`<p id="said" role="status">${shown === 'blocked' ? 'The page’s policy lets no script run: the order is there, and no offers.' : ''}</p>
<p>${casesOf(order, shown)}<a href="/demo/${order.shop}/new">another order</a><a href="/demo/">all orders</a></p>`,
  });
};

const lineItem = ({ name, quantity, amount, picture, isAdded }: LineView, added: string): Html =>
  markup`<li><img src="${picture}" alt="" width="64" height="64"><span>${name}<small${isAdded ? markup` class="added"` : nothing}>${quantity} ×${isAdded ? ` · ${added}` : ''}</small></span><span class="amount">${amount}</span></li>`;

const casesOf = (order: PlacedOrder, shown: DemoCase | undefined): readonly Html[] => [
  caseLink(pathOf(order), 'as it should be', shown === undefined),
  ...Object.entries(demoCases).map(([name, words]) =>
    caseLink(`${pathOf(order)}?case=${name}`, words, name === shown),
  ),
];

const caseLink = (href: string, words: string, isCurrent: boolean): Html =>
  markup`<a href="${href}"${isCurrent ? markup` aria-current="page"` : nothing}>${words}</a>`;

export interface ListedShop {
  readonly shop: string;
  /** Latest first. */
  readonly orders: readonly PlacedOrder[];
}

/** Where the demo begins. */
export const listPage = (shops: readonly ListedShop[], now: string): string =>
  framed({
    shop: shops[0]?.shop ?? '',
    name: 'Afterglow rehearsal',
    title: 'Confirmation pages of the sample shops',
    locale: 'en',
    scripts: nothing,
    main: markup`<h1>Confirmation pages</h1>
<p class="muted">Of the sample shops, with the component and the API as they would be deployed. It is ${minuteOf(now)} UTC. A page lasts for
24 hours from its first look: those of older orders show no offers any more.</p>
${shops.map(shopSection)}`,
    demo: markup`<p>An accept is answered by the sample order system at once: the page says so a second later.</p>`,
  });

const minuteOf = (instant: string): string =>
  new Date(instant).toISOString().slice(0, 16).replace('T', ' ');

const shopSection = ({ shop, orders }: ListedShop): Html =>
  markup`<h2>${nameOf(shop)}</h2>
<p><a class="new" href="/demo/${shop}/new">Place an order</a></p>
<p><a href="/demo/${shop}/new?customer=held-out">Place one as a customer who is held out</a></p>
<ul class="orders">
${orders.map(
  (order) =>
    markup`<li><a href="${pathOf(order)}">${order.orderId}</a> <span class="muted">${minuteOf(order.occurredAt)} · ${orderView(order).total} · ${orderView(
      order,
    )
      .lines.map(({ name }) => name)
      .join(', ')}</span></li>`,
)}
</ul>`;

export const missingPage = (what: string): string =>
  framed({
    shop: Object.keys(config.shops)[0] ?? '',
    name: 'Afterglow rehearsal',
    title: 'Not found',
    locale: 'en',
    scripts: nothing,
    main: markup`<h1>There is no ${what}</h1><p><a href="/demo/">All orders</a></p>`,
    demo: nothing,
  });
