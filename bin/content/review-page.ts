import { readFileSync } from 'node:fs';
import { contentRefInWords } from '#core/domain/content/product-texts.ts';
import { Html, markup, nothing } from '#core/domain/pages/html.ts';
import { visible } from '../catalogue/visible-text.ts';
import { type Whereabouts, commandFor } from './command-for.ts';
import { runsOf, summaryInWords } from './review-in-words.ts';
import {
  BLOCK_END,
  type CitedFact,
  type ReviewedBlock,
  type ReviewList,
  type WaitingFact,
  type WaitingText,
} from './review-list.ts';
import type { Subject } from './subjects.ts';
import { ageInWords, minuteOf, usdInWords } from './words.ts';
import type { DiffPart } from './word-diff.ts';

const style = ['../report/report.css', './review.css']
  .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
  .join('\n');

/**
 * What waits for a person as one HTML file that loads nothing and runs nothing: commands that decide are there to
 * be copied.
 */
export const reviewPage = (list: ReviewList, from: string, where: Whereabouts): string => {
  const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>Texts that wait for a person · Afterglow</title>
<style>${new Html(style)}</style>
</head>
<body>
<header>
<h1>Texts that wait for a person</h1>
<p class="reading">${summaryInWords(list)}</p>
<dl class="cover">
<div><dt>As of</dt><dd>${minuteOf(list.asOf)} UTC</dd></div>
<div><dt>From</dt><dd>${from}</dd></div>
</dl>
</header>
<main>
${contents(list)}
${list.texts.map((each, at) => textSection(each, at, list.asOf, where))}
${list.facts.map((each, at) => factSection(each, at, list.asOf, where))}
</main>
</body>
</html>
`;
  return text;
};

const contents = ({ texts, facts }: ReviewList): Html =>
  texts.length + facts.length === 0
    ? nothing
    : markup`<nav aria-labelledby="contents"><h2 id="contents">What waits, riskiest first</h2>
<ol class="waiting">
${texts.map((each, at) => markup`<li><a href="#text-${at}">${visible(titleOf(each))}</a> <span class="of kind">${kindInWords(each)}</span> ${badge(each)}</li>`)}
${facts.map((each, at) => markup`<li><a href="#fact-${at}">${visible(titleOf(each))}</a> <span class="of">fact ${each.fact}</span></li>`)}
</ol></nav>`;

const titleOf = ({ name, sku }: WaitingText | WaitingFact): string => name ?? sku;

const kindInWords = ({ kind, locale, version }: WaitingText): string =>
  `${kind}, ${locale}, v${version}`;

const badge = ({ risk }: WaitingText): Html =>
  markup`<span class="badge ${risk}">${risk} risk</span>`;

const textSection = (text: WaitingText, at: number, now: string, where: Whereabouts): Html => {
  const { shop, sku, locale, kind, version, category, score, model, prompt } = text;
  const subject: Subject = { shop, sku, subject: { type: 'text', locale, kind, version } };
  return markup`<section id="text-${at}" aria-labelledby="text-${at}-title">
<h2 id="text-${at}-title">${visible(titleOf(text))} <span class="of kind">${kindInWords(text)}</span> ${badge(text)}</h2>
${text.isOutdated ? markup`<p class="notice"><strong>Its facts have changed since.</strong> It would not be sent: draft it again.</p>` : nothing}
${figures([
  ['SKU', sku],
  ['Shop', shop],
  ['Category', category ?? '–'],
  ['Score', score.toFixed(2)],
  ['Model', model],
  ['Prompt', prompt],
  ['Cost', usdInWords(text.usd)],
  ['Age', ageInWords(text.draftedAt, now)],
])}
<div class="sides">
<div><h3>The text, and what it rests on</h3>
<ol class="blocks">${text.blocks.map((block) => blockItem(block, locale))}</ol>
${text.otherWarnings.length === 0 ? nothing : markup`<h4>Warnings that it does not cite</h4>${factList(text.otherWarnings)}`}
</div>
<div><h3>${text.change === undefined ? 'Nothing of its kind is in use' : `Against v${text.change.from}, which is in use`}</h3>
${text.change === undefined ? nothing : diffMarkup(text.change.parts, locale)}
</div>
</div>
${commands(subject, visible(contentRefInWords(text)), where)}
</section>
`;
};

const figures = (all: readonly (readonly [string, string])[]): Html =>
  markup`<dl class="cover">${all.map(([label, value]) => markup`<div><dt>${label}</dt><dd>${visible(value)}</dd></div>`)}</dl>`;

const blockItem = ({ style: of, text, facts }: ReviewedBlock, locale: string): Html =>
  markup`<li class="${of}">${of === 'paragraph' ? nothing : markup`<span class="style">${of === 'warning' ? '⚠ Warning' : 'Step'}</span>`}
<p lang="${locale}">${visible(text)}</p>
${factList(facts)}</li>
`;

const factList = (facts: readonly CitedFact[]): Html =>
  facts.length === 0
    ? markup`<p class="note">Rests on nothing.</p>`
    : markup`<ul class="facts">${facts.map(
        ({ id, type, text }) =>
          markup`<li><code>${visible(id)}</code>${type === 'warning' ? markup` <strong>warning</strong>` : nothing} ${text === undefined ? markup`<em>not stated any more</em>` : visible(text)}</li>`,
      )}</ul>`;

/** Each block a paragraph; what goes is struck through, what is new underlined, and both are said. */
const diffMarkup = (parts: readonly DiffPart[], locale: string): Html => {
  const blocks: Html[][] = [[]];
  for (const { kind, words } of parts)
    for (const run of runsOf(words))
      if (run === BLOCK_END) blocks.push([]);
      else blocks.at(-1)?.push(runMarkup(kind, run));
  const isSame = parts.every(({ kind }) => kind === 'same');
  return markup`${isSame ? markup`<p class="note">Word for word the same.</p>` : nothing}<div class="diff" lang="${locale}">${blocks.map((runs) => markup`<p>${runs}</p>`)}</div>`;
};

const runMarkup = (kind: DiffPart['kind'], run: string): Html => {
  switch (kind) {
    case 'same':
      return markup`${visible(run)} `;
    case 'removed':
      return markup`<del><span class="said" lang="en">removed: </span>${visible(run)}</del> `;
    case 'added':
      return markup`<ins><span class="said" lang="en">added: </span>${visible(run)}</ins> `;
  }
};

const commands = (subject: Subject, name: string, where: Whereabouts): Html =>
  markup`<details><summary>Decide on ${name}</summary>
<pre tabindex="0">${commandFor('approve', subject, where)}
${commandFor('reject', subject, where)}</pre></details>`;

const factSection = (of: WaitingFact, at: number, now: string, where: Whereabouts): Html => {
  const { shop, sku, fact, value, category, confidence, model, prompt, proposedAt } = of;
  return markup`<section id="fact-${at}" aria-labelledby="fact-${at}-title">
<h2 id="fact-${at}-title">${visible(titleOf(of))} <span class="of">fact ${fact}: ${visible(String(value))}</span></h2>
<p class="reading">${visible(of.because)}</p>
${figures([
  ['SKU', sku],
  ['Shop', shop],
  ['Category', category ?? '–'],
  ['Confidence', confidence.toFixed(2)],
  ['Model', model],
  ['Prompt', prompt],
  ['Age', ageInWords(proposedAt, now)],
])}
<h3>Its evidence</h3>
${factList(of.evidence)}
${commands({ shop, sku, subject: { type: 'fact', fact, value } }, visible(`${sku} ${fact}`), where)}
</section>
`;
};
