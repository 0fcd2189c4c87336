import { markup } from '#core/domain/pages/html.ts';
import type { Chart } from './chart.ts';
import { at, linear, type Scale, ticksOf } from './scale.ts';

export interface IntervalRow {
  readonly label: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** The value in words, at the right. */
  readonly text: string;
}

export interface IntervalChart extends Pick<Chart, 'title' | 'description'> {
  readonly rows: readonly IntervalRow[];
  readonly write: (value: number) => string;
  /** Ends of the axis beyond which an interval is cut. @default none */
  readonly within?: readonly [number, number] | undefined;
}

const AXIS = 22;

/** Where rows stand and the axis runs: in wide places labels are beside it, in narrow ones above. */
const layoutOf = (width: number) =>
  width < 500
    ? { row: 36, text: 14, line: 25, from: 24, to: width - 24, ticks: 4 }
    : { row: 26, text: 17, line: 13, from: 160, to: width - 76, ticks: 6 };

/** A dot a row with its interval, over one axis that has zero. */
export const intervalChart = ({
  title,
  description,
  rows,
  write,
  within = [-Infinity, Infinity],
}: IntervalChart): Chart => ({
  title,
  description,
  draw: (width) => {
    const layout = layoutOf(width);
    const cut = (value: number): number => Math.min(within[1], Math.max(within[0], value));
    const ends = rows.flatMap(({ value, lower, upper }) => [value, lower, upper].map(cut));
    const ticks = ticksOf(ends, layout.ticks);
    const scale = linear([ticks.at(0) ?? 0, ticks.at(-1) ?? 1], [layout.from, layout.to]);
    const x: Scale = (value) => at(scale(cut(value)));
    const bottom = rows.length * layout.row + 4;
    const axis = ticks.map(
      (tick) =>
        markup`<path class="${tick === 0 ? 'zero' : 'grid'}" d="M${x(tick)} 0V${bottom}"/><text class="middle" x="${x(tick)}" y="${bottom + 15}">${write(tick)}</text>`,
    );
    const drawn = rows.map(({ label, value, lower, upper, text }, index) => {
      const [top, middle] = [index * layout.row, index * layout.row + layout.line];
      const labels = markup`<text class="over" x="1" y="${top + layout.text}">${label}</text><text class="end strong over" x="${width - 2}" y="${top + layout.text}">${text}</text>`;
      return markup`${labels}<path class="whisker s0" d="M${x(lower)} ${middle}H${x(upper)}M${x(lower)} ${middle - 4}V${middle + 4}M${x(upper)} ${middle - 4}V${middle + 4}"/><circle class="dot s0" cx="${x(value)}" cy="${middle}" r="5"/>`;
    });
    return { height: bottom + AXIS, body: markup`${axis}${drawn}` };
  },
});
