import { type Html, markup } from '#core/domain/pages/html.ts';
import { at, linear, type Scale, ticksOf } from './scale.ts';

/** The place that is left for marks. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: Scale;
  readonly axis: Html;
}

/** About the width of a figure at the charts' 12 px. */
const FIGURE_PX = 6.8;
const TEXT_PX = 12;

/** A value axis with lines across, its labels at the left. */
export const plotOf = (
  width: number,
  height: number,
  values: readonly number[],
  write: (value: number) => string,
): Plot => {
  const ticks = ticksOf(values);
  const labels = ticks.map(write);
  const left = 8 + FIGURE_PX * Math.max(...labels.map(({ length }) => length));
  const [right, top, bottom] = [width - 10, 10, height - 26];
  const y = linear([ticks.at(0) ?? 0, ticks.at(-1) ?? 1], [bottom, top]);
  const lines = ticks.map(
    (tick, index) =>
      markup`<path class="${tick === 0 ? 'zero' : 'grid'}" d="M${at(left)} ${at(y(tick))}H${right}"/><text class="end" x="${at(left - 5)}" y="${at(y(tick) + TEXT_PX / 3)}">${labels[index] ?? ''}</text>`,
  );
  return { left, right, top, bottom, y, axis: markup`${lines}` };
};

/** A label under the plot. */
export const below = (x: number, plot: Plot, label: string): Html =>
  markup`<text class="middle" x="${at(x)}" y="${plot.bottom + 17}">${label}</text>`;

/** How many labels of so many letters stand side by side. */
export const fitting = ({ left, right }: Plot, letters: number): number =>
  Math.floor((right - left) / (FIGURE_PX * (letters + 1)));
