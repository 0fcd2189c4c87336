import { type Html, markup, nothing } from '#core/domain/pages/html.ts';
import type { Chart } from './chart.ts';
import { at, linear, type Scale } from './scale.ts';

export interface Level {
  readonly label: string;
  readonly value: number;
  /** The value in words, at the right. */
  readonly text: string;
  readonly target?: number | undefined;
  /** What would be reached by now if it came evenly. */
  readonly elapsed?: number | undefined;
}

export interface LevelChart extends Pick<Chart, 'title' | 'description'> {
  readonly levels: readonly Level[];
}

const ROW = 42;

/** A bar a row against its target; what is below zero is drawn as nothing, the text says it. */
export const levelChart = ({ title, description, levels }: LevelChart): Chart => ({
  title,
  description,
  legend: levels.some(({ target }) => target !== undefined)
    ? [
        { label: 'reached', mark: 'bar', series: 0 },
        { label: 'target', mark: 'target', series: 0 },
        { label: 'target for the days gone', mark: 'elapsed', series: 0 },
      ]
    : undefined,
  draw: (width) => {
    const largest = Math.max(1, ...levels.flatMap(({ value, target }) => [value, target ?? 0]));
    const x = linear([0, largest], [1, width - 4]);
    return {
      height: levels.length * ROW + 4,
      body: markup`${levels.map((level, index) => rowOf(level, index * ROW, width, x))}`,
    };
  },
});

const rowOf = (level: Level, top: number, width: number, x: Scale): Html => {
  const { label, value, text, target, elapsed } = level;
  const [start, bar] = [x(0), x(Math.max(0, value))];
  const track =
    target === undefined
      ? nothing
      : markup`<rect class="track" x="${at(start)}" y="${top + 19}" width="${at(x(target) - start)}" height="14"/>`;
  const marks = [
    ...(elapsed === undefined ? [] : [tick('elapsed', x(elapsed), top)]),
    ...(target === undefined ? [] : [tick('target', x(target), top)]),
  ];
  return markup`<text x="1" y="${top + 13}">${label}</text><text class="end strong" x="${width - 2}" y="${top + 13}">${text}</text>${track}<rect class="bar s0" x="${at(start)}" y="${top + 19}" width="${at(bar - start)}" height="14"/>${marks}`;
};

const tick = (kind: string, x: number, top: number): Html =>
  markup`<path class="${kind}" d="M${at(x)} ${top + 16}V${top + 36}"/>`;
