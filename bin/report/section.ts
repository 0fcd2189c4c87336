import type { View } from '#analytics/views.ts';
import { type Html, markup, nothing } from '#core/domain/pages/html.ts';
import type { Chart } from './charts/chart.ts';
import { figureOf } from './charts/figure.ts';
import type { MoneyFormat } from './formats.ts';
import type { Rows } from './rows.ts';
import type { Scope } from './scope.ts';

export interface Column {
  readonly label: string;
  /** Numbers stand at the right. @default true */
  readonly isText?: boolean | undefined;
}

/** The first column names the row. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** One number of the section, for the overview. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  /** What it rests on. */
  readonly note: string;
}

/** What a section says. */
export interface Told {
  /** One sentence: what this says. */
  readonly reading: string;
  readonly figure?: KeyFigure | undefined;
  readonly charts?: readonly Chart[] | undefined;
  readonly tables?: readonly Table[] | undefined;
  readonly notes?: readonly string[] | undefined;
  /** Lines as they are, behind their title. */
  readonly texts?: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** What the sections know beside their rows. */
export interface ReportContext {
  readonly scope: Scope;
  /** ISO 4217, of the ledger. */
  readonly currency: string;
  readonly money: MoneyFormat;
  /** What customers know a shop by, for its key. */
  readonly shopName: (shop: string) => string;
}

/** A section before it is asked. */
export interface Chapter {
  /** Of the page's address. */
  readonly id: string;
  readonly title: string;
  /** Views that it rests on: their definitions stand with it. */
  readonly views: readonly string[];
  /** Asked one by one; `tell` gets the answers in this order. */
  readonly queries: (scope: Scope) => readonly string[];
  readonly tell: (answers: readonly Rows[], context: ReportContext) => Told;
}

export interface Section extends Pick<Chapter, 'id' | 'title'>, Told {
  readonly docs: readonly View[];
}

export const sectionMarkup = (section: Section): Html => {
  const { id, title, reading, charts = [], tables = [], notes = [], texts = [], docs } = section;
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p class="reading">${reading}</p>
${charts.length === 0 ? nothing : markup`<div class="charts">${charts.map((chart, at) => figureOf(chart, `${id}-${at}`))}</div>`}
${tables.map(tableMarkup)}
${texts.map(({ title: of, lines }) => markup`<details><summary>${of}</summary><pre>${lines.join('\n')}</pre></details>`)}
${notes.map((note) => markup`<p class="note">${withCode(note)}</p>`)}
${docs.length === 0 ? nothing : definitions(docs)}
</section>`;
};

/** What stands between backticks is code. */
const withCode = (text: string): readonly Html[] =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`));

const definitions = (docs: readonly View[]): Html =>
  markup`<details class="definition"><summary>How this is defined</summary>
<dl>${docs.map(({ name, doc }) => markup`<dt>${doc.title} <code>${name}</code></dt><dd>${doc.definition} One row: ${doc.grain}. Mind: ${doc.pitfalls}</dd>`)}</dl>
</details>`;

/** From so many rows on a table is closed until somebody wants it. */
const LONG = 21;

const tableMarkup = (table: Table): Html =>
  table.rows.length < LONG
    ? scrolled(table)
    : markup`<details class="numbers"><summary>${table.caption}: ${table.rows.length} rows</summary>${scrolled(table)}</details>`;

/** Wide ones scroll by themselves, by keyboard too, and the page does not. */
const scrolled = ({ caption, columns, rows }: Table): Html =>
  markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption><span>${caption}</span></caption>
<thead><tr>${columns.map((column) => markup`<th scope="col"${classOf(column)}>${column.label}</th>`)}</tr></thead>
<tbody>${rows.map((row) => rowMarkup(row, columns))}</tbody>
</table></div>
`;

const rowMarkup = ([head = '', ...cells]: readonly string[], columns: readonly Column[]): Html =>
  markup`<tr><th scope="row">${head}</th>${cells.map((cell, at) => markup`<td${classOf(columns[at + 1])}>${cell}</td>`)}</tr>
`;

const classOf = (column: Column | undefined): Html =>
  column?.isText === true ? markup` class="text"` : nothing;

/** Columns by their labels: the first is text, the others numbers but for those that end in `*`. */
export const columnsOf = (...labels: readonly string[]): readonly Column[] =>
  labels.map((label, at) => ({
    label: label.replace(/\*$/, ''),
    isText: at === 0 || label.endsWith('*'),
  }));
