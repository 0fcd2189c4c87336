import { readFileSync } from 'node:fs';
import { Html, markup, nothing } from '#core/domain/pages/html.ts';
import { count, counted, day, FEWEST, instant, month, NOTHING } from './formats.ts';
import type { Cover, Report } from './report.ts';
import { type Section, sectionMarkup } from './section.ts';

const style = readFileSync(new URL('./report.css', import.meta.url), 'utf8');

/** The report as one HTML file that loads nothing and runs nothing. */
export const reportPage = ({ cover, sections }: Report): string => {
  const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>What post-purchase earned · Afterglow</title>
<style>${new Html(style)}</style>
</head>
<body>
${header(cover)}
<main>
${sections.length === 0 ? empty(cover) : overview(sections)}
${sections.map(sectionMarkup)}
</main>
</body>
</html>
`;
  return text;
};

const header = (cover: Cover): Html => {
  const { shops, asOf, from } = cover;
  const orders = shops.reduce((sum, each) => sum + each.orders, 0);
  return markup`<header>
<h1>What post-purchase earned</h1>
<dl class="cover">
<div><dt>Period</dt><dd>${periodOf(cover)}</dd></div>
<div><dt>${shops.length === 1 ? 'Shop' : 'Shops'}</dt><dd>${shops.map(({ name, orders: of }) => `${name} (${counted(of, 'order')})`).join(', ')}</dd></div>
<div><dt>Orders</dt><dd>${count(orders)}</dd></div>
<div><dt>As of</dt><dd>${asOf === undefined ? NOTHING : instant(asOf)}</dd></div>
<div><dt>From</dt><dd>${from}</dd></div>
</dl>
</header>`;
};

const periodOf = ({ shops, context: { scope } }: Cover): string => {
  if (scope.from !== undefined || scope.to !== undefined)
    return `${scope.from === undefined ? 'the first month' : month(scope.from)} to ${scope.to === undefined ? 'the latest' : month(scope.to)}, where a section has months`;
  const first = shops.flatMap((shop) => shop.first ?? []).toSorted();
  const last = shops.flatMap((shop) => shop.last ?? []).toSorted();
  const [from, to] = [first.at(0), last.at(-1)];
  return from === undefined || to === undefined ? 'no orders' : `${day(from)} to ${day(to)}`;
};

/** Every number of importance with its section, before the sections. */
const overview = (sections: readonly Section[]): Html => {
  const figures = sections.flatMap(({ id, figure }) =>
    figure === undefined
      ? []
      : [
          markup`<li><a href="#${id}"><span class="label">${figure.label}</span> <span class="value">${figure.value}</span> <span class="note">${figure.note}</span></a></li>`,
        ],
  );
  return markup`<nav aria-label="Overview"><h2>At a glance</h2>
${figures.length === 0 ? nothing : markup`<ul class="figures">${figures}</ul>`}
<ul class="contents">${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul>
<p class="note">Amounts are in the ledger’s reporting currency, months in each shop’s time zone. n is how many a number rests on; ${NOTHING} stands where there are too few to tell (under ${FEWEST}), or nothing. Intervals hold 95 times in 100.</p>
</nav>`;
};

const empty = ({ from }: Cover): Html =>
  markup`<section><h2>Nothing is in the lake yet</h2>
<p class="reading">There is no fact in the lake of ${from}, so there is nothing to report.</p>
<ul>
<li>On this machine: <code>npm run rehearse</code> makes half a year of two sample shops, then <code>npm run report</code> again.</li>
<li>Of a deployed stage: send orders to its event bus (README, “Send an event”). Facts are in the lake some minutes later; dead letters and parked events say what did not arrive: <code>npm run parked -- --stage STAGE</code>.</li>
</ul></section>`;
