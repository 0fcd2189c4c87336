import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import type { ChartView } from '../views.ts';
import { Table } from './parts.tsx';

const HEIGHT = 240;

/** Told apart without colours too. */
const dashes = [[], [7, 4], [2, 3], [10, 3, 2, 3], [4, 4], [1, 4]];

/** Days that the table has at most: the chart has all. */
const MOST_ROWS = 60;

/** A line a series over virtual days, and the same numbers as a table. */
export const Chart = ({ chart }: { readonly chart: ChartView }) => {
  const { title, unit, days, series } = chart;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null || days.length < 2) return undefined;
    const plot = new UPlot(optionsOf(chart, current.clientWidth), dataOf(chart), current);
    const watch = new ResizeObserver(() =>
      plot.setSize({ width: current.clientWidth, height: HEIGHT }),
    );
    watch.observe(current);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [chart]);
  const shown = days.slice(-MOST_ROWS);
  const passed = days.length - shown.length;
  return (
    <section>
      <h2>{title}</h2>
      {days.length < 2 ? (
        <p class="note">A chart needs two days with numbers.</p>
      ) : (
        <div
          class="plot"
          ref={place}
          role="img"
          aria-label={`${title}, ${unit} a day from ${days[0]} to ${days.at(-1)}: ${series.map(({ name }) => name).join(', ')}. The table below has the numbers.`}
        />
      )}
      <details>
        <summary>As a table</summary>
        <Table
          caption={`${title}, ${unit} a day${passed > 0 ? `, the last ${MOST_ROWS} days` : ''}`}
          columns={['Day', ...series.map(({ name }) => name)]}
          numbers={series.map((_, at) => at + 1)}
          empty="None yet."
          rows={shown.map((day, at) => [
            day,
            ...series.map(({ values }) => Number(values[passed + at]?.toFixed(2) ?? 0)),
          ])}
        />
      </details>
    </section>
  );
};

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const DAY = 86_400;

/** Between two labels of the axis, in seconds. */
const DAYS = [1, 2, 7, 14, 28, 56].map((days) => days * DAY);

const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

const optionsOf = ({ series, unit }: ChartView, width: number): UPlot.Options => {
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1 },
  };
  return {
    width,
    height: HEIGHT,
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    scales: { x: { time: true } },
    axes: [
      { ...axis, incrs: DAYS, space: 90, values: (_, ticks) => ticks.map(dayOf) },
      { ...axis, label: unit, size: 60 },
    ],
    series: [
      { label: 'Day', value: (_, seconds) => (seconds === null ? '' : dayOf(seconds)) },
      ...series.map(({ name }, at) => ({
        label: name,
        stroke: colour(`--c${at % 6}`),
        width: 2,
        dash: dashes[at % dashes.length] ?? [],
        points: { show: false },
      })),
    ],
  };
};

const dataOf = ({ days, series }: ChartView): UPlot.AlignedData => [
  days.map((day) => Date.parse(day) / 1000),
  ...series.map(({ values }) => [...values]),
];
