import { plainText } from '../messages/names.ts';
import type { ShopIdentity } from '../messages/shop-identity.ts';
import { Html, markup, nothing } from './html.ts';
import { noBrand, pageStyle } from './page-style.ts';
import type { Words } from './words.ts';

/** What a page is shown in. */
export interface PageFrame {
  /** Absent where nobody knows whose page it is. */
  readonly shop: ShopIdentity | undefined;
  readonly locale: string;
  readonly words: Words;
}

export interface PageContent {
  readonly title: string;
  readonly body: Html;
}

/** A page and its style, which the answer's headers have to allow. */
export interface Page {
  readonly markup: string;
  readonly style: string;
}

/** The whole document. It loads nothing but the shop's logo, runs nothing and is of use without colours too. */
export const pageOf = (frame: PageFrame, { title, body }: PageContent): Page => {
  const { shop, locale } = frame;
  const style = pageStyle(shop?.brand ?? noBrand);
  const { text } = markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>${shop === undefined ? title : `${title} · ${plainText(shop.name)}`}</title>
<style>${new Html(style)}</style>
</head>
<body>
${shop === undefined ? nothing : header(shop)}
<main>
<h1>${title}</h1>
${body}
</main>
${shop === undefined ? nothing : footer(shop, frame.words)}
</body>
</html>
`;
  return { markup: text, style };
};

const header = ({ name, website, brand }: ShopIdentity): Html =>
  markup`<header><a href="${website}"><img src="${brand.logoUrl}" alt="${name}" height="40"></a></header>`;

const footer = ({ legal, helpUrl, privacyUrl }: ShopIdentity, words: Words): Html =>
  markup`<footer>
<p><strong>${legal.entity}</strong>${legal.address.map((line) => markup`<br>${line}`)}</p>
<p><a href="${helpUrl}">${words.help}</a> · <a href="${privacyUrl}">${words.privacy}</a></p>
</footer>`;
