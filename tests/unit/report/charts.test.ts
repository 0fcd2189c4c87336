import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barChart } from '../../../bin/report/charts/bar-chart.ts';
import type { Chart } from '../../../bin/report/charts/chart.ts';
import { figureOf } from '../../../bin/report/charts/figure.ts';
import { intervalChart } from '../../../bin/report/charts/interval-chart.ts';
import { levelChart } from '../../../bin/report/charts/level-chart.ts';
import { lineChart } from '../../../bin/report/charts/line-chart.ts';
import { isLabelled, ticksOf } from '../../../bin/report/charts/scale.ts';

const said = { title: 'Revenue', description: 'It rises.' };
const write = String;

const drawn = (chart: Chart): string => figureOf(chart, 'a').text;

/** Coordinates of a drawing for a wide place. */
const bodyOf = (chart: Chart): string => chart.draw(720, 'a').body.text;

const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), {
  minLength: 1,
  maxLength: 12,
});

describe('ticks', () => {
  test('reach from the least to the largest value and over zero, rising evenly', () => {
    fc.assert(
      fc.property(values, (some) => {
        const ticks = ticksOf(some);

        const slack = 1e-12 + 1e-6 * Math.max(...some.map(Math.abs));
        expect(ticks.at(0)).toBeLessThanOrEqual(Math.min(0, ...some) + slack);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(0, ...some) - slack);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
      }),
    );
  });

  test('are round numbers', () => {
    expect(ticksOf([3, 17])).toEqual([0, 5, 10, 15, 20]);
    expect(ticksOf([0.07, -0.02])).toEqual([-0.02, 0, 0.02, 0.04, 0.06, 0.08]);
    expect(ticksOf([0, 0])).toEqual([0, 1]);
  });

  test('are labelled as far as they fit, the last one always', () => {
    const shown = Array.from({ length: 10 }, (_, index) => isLabelled(index, 10, 4));

    expect(shown.filter(Boolean)).toHaveLength(4);
    expect(shown.at(-1)).toBe(true);
  });
});

describe('charts', () => {
  test('have a name and a description, and obey no text', () => {
    const hostile = '<script>alert(1)</script>"';
    const chart = barChart({
      title: hostile,
      description: hostile,
      groups: [hostile],
      write: () => hostile,
      series: [
        { name: hostile, values: [1] },
        { name: 'b', values: [2] },
      ],
    });

    const html = drawn(chart);

    expect(html).not.toContain('<script');
    expect(html).toContain('role="img" aria-labelledby="a-wide-t a-wide-d"');
    expect(html).toContain('<desc id="a-narrow-d">&lt;script&gt;');
  });

  test('have no place that is no number, whatever is drawn', () => {
    fc.assert(
      fc.property(values, (some) => {
        const points = some.map((y, x) => ({ x, y, lower: y - 1, upper: y + 1 }));
        const rows = some.map((value) => ({
          label: '',
          value,
          lower: value,
          upper: value,
          text: '',
        }));
        const charts = [
          lineChart({ ...said, write, xTicks: [], series: [{ name: 's', points }], isStep: true }),
          barChart({
            ...said,
            write,
            groups: some.map(String),
            series: [{ name: 's', values: some }],
          }),
          levelChart({ ...said, levels: some.map((value) => ({ label: '', value, text: '' })) }),
          intervalChart({ ...said, write, rows }),
        ];

        for (const chart of charts) expect(bodyOf(chart)).not.toMatch(/NaN|Infinity|undefined/);
      }),
    );
  });

  test('a line breaks where a value is missing', () => {
    const points = [{ x: 0, y: 1 }, { x: 1 }, { x: 2, y: 3 }];

    const body = bodyOf(lineChart({ ...said, write, xTicks: [], series: [{ name: 's', points }] }));

    expect(body.match(/class="line s0"/g)).toHaveLength(2);
  });

  test('a curve of steps holds its height until the next day, and so do both edges of its band', () => {
    const points = [
      { x: 0, y: 0, lower: 0, upper: 0 },
      { x: 10, y: 0.5, lower: 0.4, upper: 0.6 },
    ];

    const body = bodyOf(
      lineChart({ ...said, write, xTicks: [], series: [{ name: 's', points }], isStep: true }),
    );

    expect(body).toMatch(/class="line s0" d="M[\d.]+ [\d.]+H[\d.]+V[\d.]+"/);
    expect(body).toMatch(
      /class="band s0" d="M[\d.]+ [\d.]+H[\d.]+V[\d.]+L[\d.]+ [\d.]+V[\d.]+H[\d.]+Z"/,
    );
  });

  test('a bar below zero hangs from zero', () => {
    const body = bodyOf(
      barChart({ ...said, write, groups: ['a', 'b'], series: [{ name: 's', values: [10, -10] }] }),
    );

    const tops = [
      ...body.matchAll(/class="bar s0" x="[\d.]+" y="([\d.]+)"[^>]*height="([\d.]+)"/g),
    ];
    const [up, down] = tops.map(([, top, height]) => ({
      top: Number(top),
      height: Number(height),
    }));
    expect((up?.top ?? 0) + (up?.height ?? 0)).toBeCloseTo(down?.top ?? 0, 1);
  });

  test('the third of several bars is hatched, so that no colour is needed to tell it', () => {
    const series = ['a', 'b', 'c'].map((name) => ({ name, values: [1] }));

    const html = drawn(barChart({ ...said, write, groups: ['x'], series }));

    expect(html).toContain('fill="url(#a-wide-hatch)"');
    expect(html).toContain('<pattern id="a-wide-hatch"');
  });

  test('an interval beyond the ends of the axis is cut there', () => {
    const row = { label: 'revenue', value: 0.1, lower: -9, upper: 40, text: '+10%' };

    const body = bodyOf(intervalChart({ ...said, write, rows: [row], within: [-1, 2] }));

    expect(body).toContain('>2</text>');
    expect(body).not.toContain('>40</text>');
  });
});
