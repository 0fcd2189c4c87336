import { type Html, markup, nothing } from '#core/domain/pages/html.ts';
import type { Chart, LegendItem } from './chart.ts';

/** Widths that a chart is drawn for: a sheet of paper or a desktop, and a phone. Style shows the one that fits. */
const WIDE = 720;
const NARROW = 340;

/** A chart with its title, its legend, and a drawing for wide and for narrow places. */
export const figureOf = (chart: Chart, id: string): Html =>
  markup`<figure><figcaption>${chart.title}</figcaption>
${chart.legend === undefined ? nothing : legendOf(chart.legend)}
${svgOf(chart, WIDE, `${id}-wide`, 'wide')}${svgOf(chart, NARROW, `${id}-narrow`, 'narrow')}
</figure>
`;

const svgOf = (chart: Chart, width: number, id: string, className: string): Html => {
  const { height, body } = chart.draw(width, id);
  return markup`<svg class="chart ${className}" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${id}-t">${chart.title}</title><desc id="${id}-d">${chart.description}</desc>${hatch(id)}${body}</svg>`;
};

/** What tells bars apart without colour. */
const hatch = (id: string): Html =>
  markup`<defs><pattern id="${id}-hatch" class="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5"/><path d="M0 0V5"/></pattern></defs>`;

const legendOf = (items: readonly LegendItem[]): Html =>
  markup`<ul class="legend">${items.map(({ label, mark, series }) => markup`<li><svg aria-hidden="true" width="26" height="12" viewBox="0 0 26 12">${sample(mark, series)}</svg> ${label}</li>`)}</ul>`;

const sample = (mark: LegendItem['mark'], series: number): Html => {
  switch (mark) {
    case 'line':
      return markup`<path class="line s${series}" d="M0 6H26"/>`;
    case 'bar':
      return series === 2
        ? markup`<rect class="hatched s2" x="1" y="1" width="24" height="10"/><path class="hatch-lines" d="M3 11L11 1M9 11L17 1M15 11L23 1"/>`
        : markup`<rect class="bar s${series}" x="1" y="1" width="24" height="10"/>`;
    case 'target':
      return markup`<path class="target" d="M13 0V12"/>`;
    case 'elapsed':
      return markup`<path class="elapsed" d="M13 0V12"/>`;
  }
};
