import { readFileSync } from 'node:fs';
import { smsLength } from '#core/domain/messages/sms-length.ts';
import type { Touch } from '#core/domain/touches/touch.ts';
import type { RenderedEmail, RenderedPush } from '#core/ports/message-renderer.ts';
import type { PreviewMessage } from './preview-messages.ts';
import { pagePath, type PreviewPage } from './preview-pages.ts';

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Where the HTML of an e-mail is, beside the page. */
export const emailPath = ({ touch, locale, sample }: PreviewMessage): string =>
  `messages/${touch.name}/${locale}/${sample.replaceAll(/[^a-z\d]+/gi, '-')}.html`;

/** One page with all messages; what of them is shown is chosen on the page. The pages that they lead to are below. */
export const previewPage = (
  messages: readonly PreviewMessage[],
  pages: readonly PreviewPage[],
): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>Messages of Afterglow</title>
<style>${asset('./preview.css')}</style>
</head>
<body>
<header>
  <h1>Messages</h1>
  <form id="filter">
    ${select('touch', 'Touch', distinct(messages.map(({ touch }) => touch.name)), true)}
    ${select('locale', 'Locale', distinct(messages.map(({ locale }) => locale)), true)}
    ${select('sample', 'Sample', distinct(messages.map(({ sample }) => sample)), true)}
    ${select('channel', 'Channel', distinct(messages.flatMap(({ touch }) => touch.channels)), true)}
    ${select('scheme', 'Colours', ['light', 'dark'], false)}
    <output id="count"></output>
  </form>
</header>
<main>
${tableOf(messages)}
<section id="messages" aria-label="Messages">
${messages.map(articleOf).join('\n')}
</section>
${pageList(pages)}
</main>
<script>${asset('./preview.js')}</script>
</body>
</html>
`;

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];

const select = (name: string, label: string, values: readonly string[], hasAll: boolean): string =>
  `<label>${label} <select name="${name}">${hasAll ? '<option value="">all</option>' : ''}${values
    .map((value) => `<option>${escaped(value)}</option>`)
    .join('')}</select></label>`;

const tableOf = (messages: readonly PreviewMessage[]): string => {
  const touches = [...new Map(messages.map(({ touch }) => [touch.name, touch])).values()];
  const rows = touches.map((touch) =>
    rowOf(
      touch,
      messages.filter((message) => message.touch === touch),
    ),
  );
  return `<details id="touches" open><summary>${touches.length} touches</summary><div class="scroll"><table>
<thead><tr><th>Touch</th><th>Purpose</th><th>Channels</th><th>Goes when</th><th>To</th><th>Subject</th><th>Revenue</th><th class="number">Largest</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div></details>`;
};

const pageList = (pages: readonly PreviewPage[]): string => {
  const items = pages.map((page) => {
    const { name, language, sample } = page;
    return `<li><a href="${escaped(pagePath(page))}">${escaped(name)}</a> <small>${language}, ${sample}</small></li>`;
  });
  return `<details id="pages" open><summary>${pages.length} pages that messages lead to</summary><ul>
${items.join('\n')}
</ul></details>`;
};

const rowOf = (touch: Touch, messages: readonly PreviewMessage[]): string => {
  const plain = messages.find(({ sample }) => sample === 'plain')?.parts;
  const subject = plain?.email?.subject ?? plain?.push?.title ?? '';
  const largest = Math.max(0, ...messages.map(({ parts }) => bytesOf(parts.email)));
  return `<tr><th scope="row"><a href="#touch=${touch.name}&amp;sample=plain">${touch.name}</a></th><td>${badge(touch)}</td><td>${touch.channels.join(', ')}</td><td>${escaped(touch.trigger)}</td><td>${escaped(touch.audience)}</td><td>${escaped(subject)}</td><td>${touch.revenue}</td><td class="number">${largest === 0 ? '' : kilobytes(largest)}</td></tr>`;
};

const badge = ({ purpose }: Touch): string => `<span class="badge ${purpose}">${purpose}</span>`;

const bytesOf = (email: RenderedEmail | undefined): number =>
  email === undefined ? 0 : Buffer.byteLength(email.html);

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

const articleOf = (message: PreviewMessage): string => {
  const { touch, locale, sample, parts } = message;
  const data = `data-touch="${touch.name}" data-locale="${locale}" data-sample="${escaped(sample)}" data-channel="${touch.channels.join(' ')}"`;
  return `<article ${data} hidden>
<h2>${touch.name} ${badge(touch)} <small>${locale}, ${escaped(sample)}</small></h2>
<div class="cards">${shortCards(message)}</div>
${parts.email === undefined ? '' : emailOf(message, parts.email)}
</article>`;
};

const emailOf = (message: PreviewMessage, email: RenderedEmail): string => {
  const source = escaped(emailPath(message));
  const frame = (width: number): string =>
    `<figure style="width:${width}px"><iframe data-src="${source}" width="${width}" height="760" sandbox title="${message.touch.name} at ${width} pixels"></iframe><figcaption>${width} px</figcaption></figure>`;
  return `<p class="subject"><strong dir="auto">${escaped(email.subject)}</strong> <span>e-mail, ${kilobytes(bytesOf(email))} HTML, ${kilobytes(Buffer.byteLength(email.text))} text</span></p>
<div class="frames scroll">${frame(360)}${frame(1024)}</div>
<details><summary>Text part</summary><pre dir="auto">${escaped(email.text)}</pre></details>`;
};

const shortCards = ({ parts: { sms, push, insert } }: PreviewMessage): string =>
  [
    sms === undefined ? '' : card('sms', `SMS, ${smsFigures(sms)}`, sms),
    push === undefined ? '' : pushCard(push),
    insert === undefined
      ? ''
      : card('insert', `Card in the parcel, ${Array.from(insert).length} characters`, insert),
  ].join('');

const card = (kind: string, caption: string, text: string): string =>
  `<figure class="card ${kind}"><blockquote dir="auto">${escaped(text)}</blockquote><figcaption>${caption}</figcaption></figure>`;

const pushCard = ({ title, text }: RenderedPush): string =>
  `<figure class="card push"><blockquote dir="auto"><strong>${escaped(title)}</strong><br />${escaped(text)}</blockquote><figcaption>Push, title of ${Array.from(title).length} characters, text of ${Array.from(text).length}</figcaption></figure>`;

const smsFigures = (text: string): string => {
  const { encoding, units, segments } = smsLength(text);
  return `${units} of ${encoding} in ${segments} segment${segments === 1 ? '' : 's'}`;
};
