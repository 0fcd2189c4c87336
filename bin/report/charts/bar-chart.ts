import { type Html, markup, nothing } from '#core/domain/pages/html.ts';
import { below, fitting, type Plot, plotOf } from './axes.ts';
import { type Chart, MOST_SERIES } from './chart.ts';
import { at, isLabelled } from './scale.ts';

export interface BarChart extends Pick<Chart, 'title' | 'description'> {
  readonly groups: readonly string[];
  /** At most `MOST_SERIES`, each with a value a group. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly write: (value: number) => string;
}

const HEIGHT = 230;
const WIDEST = 44;

/** Bars side by side for each group; below zero they hang. */
export const barChart = (of: BarChart): Chart => {
  const series = of.series.slice(0, MOST_SERIES);
  return {
    title: of.title,
    description: of.description,
    legend:
      series.length < 2
        ? undefined
        : series.map(({ name }, index) => ({ label: name, mark: 'bar', series: index })),
    draw: (width, id) => {
      const plot = plotOf(
        width,
        HEIGHT,
        series.flatMap(({ values }) => values),
        of.write,
      );
      const each = (plot.right - plot.left) / Math.max(1, of.groups.length);
      const bar = Math.min(WIDEST, (each * 0.8) / series.length);
      const fit = fitting(plot, Math.max(1, ...of.groups.map(({ length }) => length)));
      const groups = of.groups.map((label, group) => {
        const centre = plot.left + (group + 0.5) * each;
        const start = centre - (bar * series.length) / 2;
        const bars = series.map(({ values }, index) =>
          barOf(start + index * bar, bar, values[group] ?? 0, index, plot, id),
        );
        const isShown = isLabelled(group, of.groups.length, fit);
        return markup`${bars}${isShown ? below(centre, plot, label) : nothing}`;
      });
      return { height: HEIGHT, body: markup`${plot.axis}${groups}` };
    },
  };
};

const barOf = (
  x: number,
  width: number,
  value: number,
  series: number,
  { y }: Plot,
  id: string,
): Html => {
  const [top, bottom] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
  const place = markup`x="${at(x)}" y="${at(top)}" width="${at(Math.max(1, width - 1))}" height="${at(bottom - top)}"`;
  return series === 2
    ? markup`<rect class="hatched s2" fill="url(#${id}-hatch)" ${place}/>`
    : markup`<rect class="bar s${series}" ${place}/>`;
};
