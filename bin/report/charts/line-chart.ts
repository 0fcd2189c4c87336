import { type Html, markup, nothing } from '#core/domain/pages/html.ts';
import { below, fitting, type Plot, plotOf } from './axes.ts';
import { type Chart, MOST_SERIES } from './chart.ts';
import { at, isLabelled, linear, type Scale } from './scale.ts';

export interface LinePoint {
  readonly x: number;
  /** Absent: the line has a gap. */
  readonly y?: number | undefined;
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
}

export interface LineSeries {
  readonly name: string;
  /** In order of x. */
  readonly points: readonly LinePoint[];
}

export interface LineChart extends Pick<Chart, 'title' | 'description'> {
  /** At most `MOST_SERIES`; further ones are not drawn. */
  readonly series: readonly LineSeries[];
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  readonly write: (value: number) => string;
  /** Whether a value holds until the next x, as a survival curve's does. @default false */
  readonly isStep?: boolean | undefined;
}

const HEIGHT = 230;

/** Lines over time, each with a band where its points have an interval. */
export const lineChart = (of: LineChart): Chart => {
  const series = of.series.slice(0, MOST_SERIES);
  return {
    title: of.title,
    description: of.description,
    legend:
      series.length < 2
        ? undefined
        : series.map(({ name }, index) => ({ label: name, mark: 'line', series: index })),
    draw: (width) => {
      const values = series.flatMap(({ points }) =>
        points.flatMap(({ y, lower, upper }) => [y ?? 0, lower ?? 0, upper ?? 0]),
      );
      const plot = plotOf(width, HEIGHT, values, of.write);
      const x = xScale(of, plot);
      return {
        height: HEIGHT,
        body: markup`${plot.axis}${xLabels(of, plot, x)}${series.map((each, index) => bandOf(each, index, of, plot, x))}${series.map((each, index) => lineOf(each, index, of, plot, x))}`,
      };
    },
  };
};

const xScale = ({ xTicks, series }: LineChart, { left, right }: Plot): Scale => {
  const xs = [
    ...xTicks.map(({ x }) => x),
    ...series.flatMap(({ points }) => points.map(({ x }) => x)),
  ];
  const pad = xTicks.length < 2 ? (right - left) / 2 : 16;
  return linear([Math.min(...xs), Math.max(...xs)], [left + pad, right - pad]);
};

const xLabels = ({ xTicks }: LineChart, plot: Plot, x: Scale): readonly Html[] => {
  const fit = fitting(plot, Math.max(1, ...xTicks.map(({ label }) => label.length)));
  return xTicks.map((tick, index) =>
    isLabelled(index, xTicks.length, fit) ? below(x(tick.x), plot, tick.label) : nothing,
  );
};

type Known = LinePoint & { readonly y: number };

/** Stretches without a gap. */
const stretches = (points: readonly LinePoint[]): readonly (readonly Known[])[] => {
  const all: Known[][] = [[]];
  for (const point of points) {
    const { y } = point;
    if (y === undefined) all.push([]);
    else all.at(-1)?.push({ ...point, y });
  }
  return all.filter(({ length }) => length > 0);
};

const pathOf = (
  places: readonly (readonly [number, number])[],
  isStep: boolean,
  start: 'M' | 'L' = 'M',
): string =>
  places
    .map(([x, y], index) => {
      if (index === 0) return `${start}${at(x)} ${at(y)}`;
      return isStep ? `H${at(x)}V${at(y)}` : `L${at(x)} ${at(y)}`;
    })
    .join('');

const lineOf = (
  { points }: LineSeries,
  index: number,
  { isStep = false }: LineChart,
  plot: Plot,
  x: Scale,
): Html =>
  markup`${stretches(points).map((stretch) => {
    const places = stretch.map((point) => [x(point.x), plot.y(point.y)] as const);
    const dots = isStep ? [] : places.map((place) => dot(place, index));
    return markup`<path class="line s${index}" d="${pathOf(places, isStep)}"/>${dots}`;
  })}`;

const dot = ([x, y]: readonly [number, number], series: number): Html =>
  markup`<circle class="dot s${series}" cx="${at(x)}" cy="${at(y)}" r="3.5"/>`;

const bandOf = (
  { points }: LineSeries,
  index: number,
  { isStep = false }: LineChart,
  plot: Plot,
  x: Scale,
): Html => {
  const known = points.map((point) =>
    point.lower === undefined || point.upper === undefined ? { x: point.x } : point,
  );
  return markup`${stretches(known).map((stretch) => {
    const upper = stretch.map((point) => [x(point.x), plot.y(point.upper ?? point.y)] as const);
    const lower = stretch.map((point) => [x(point.x), plot.y(point.lower ?? point.y)] as const);
    const [first] = stretch;
    if (stretch.length === 1 && first !== undefined) return whisker(first, plot, x, index);
    return markup`<path class="band s${index}" d="${pathOf(upper, isStep)}${backOf(lower, isStep)}Z"/>`;
  })}`;
};

/** The lower edge from its end: of a step it goes up before it goes left. */
const backOf = (lower: readonly (readonly [number, number])[], isStep: boolean): string => {
  const places = lower.toReversed();
  if (!isStep) return pathOf(places, false, 'L');
  return places
    .map(([x, y], index) => (index === 0 ? `L${at(x)} ${at(y)}` : `V${at(y)}H${at(x)}`))
    .join('');
};

const whisker = (point: Known, { y }: Plot, x: Scale, series: number): Html =>
  markup`<path class="whisker s${series}" d="M${at(x(point.x))} ${at(y(point.lower ?? point.y))}V${at(y(point.upper ?? point.y))}"/>`;
