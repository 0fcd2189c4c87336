import { describe, expect, test } from 'vitest';
import { type DemandOptions, quotaLines, quotaList } from '#rehearsal/cost/quotas.ts';
import { counted } from './counted.ts';

/** A month of one order a second. */
const MONTH_SECONDS = (365.25 * 86_400) / 12;

const options: DemandOptions = {
  ordersPerMonth: MONTH_SECONDS,
  lambdaFactor: 2,
  peak: 8,
  peakHours: 24,
  region: 'eu-central-1',
};

const lineOf = (
  quota: Readonly<Record<string, unknown>>,
  change: Parameters<typeof counted>[0] = {},
) => {
  const base = { service: 'S', what: 'w', kind: 'rate', default: 1_000, unit: 'a second' };
  const said = { ...base, adjustable: true, source: 'a page', how: 'It waits.', ...quota };
  const list = quotaList.parse({ asOf: '2026-11', quotas: [said] });
  const [line] = quotaLines(counted(change), list, options);
  return line;
};

describe('a quota', () => {
  test('of a rate meets what an order does, as often as orders come and at the peak', () => {
    const line = lineOf({ measure: ['request events:PutEvents'] });

    expect(line).toMatchObject({ average: 3, peak: 24, quota: 1_000, state: 'under' });
    expect(line?.headroom).toBeCloseTo(1_000 / 24, 9);
    expect(line?.advice).toBe('It waits.');
  });

  test('of a rate peaks by the hours of the day where those make more of it', () => {
    const hours = { 'events:PutEvents': [30, ...Array.from({ length: 23 }, () => 0)] };

    expect(lineOf({ measure: ['request events:PutEvents'] }, { hours })?.peak).toBe(3 * 24);
  });

  test('of a level meets orders a second times the seconds that they stay, by Little’s law', () => {
    expect(lineOf({ measure: ['openExecutions'], kind: 'level' })?.average).toBe(86_400);
    expect(lineOf({ measure: ['runningFunctions'], kind: 'level' })?.state).toBe('unused');
    expect(
      lineOf({ measure: ['runningFunctions'], kind: 'level' }, { tallies: { functionSeconds: 5 } }),
    ).toMatchObject({ average: 1, peak: 8 });
  });

  test('of a level peaks less the longer things stay', () => {
    const staying = (days: number) =>
      lineOf(
        { measure: ['openExecutions'], kind: 'level' },
        {
          executions: {
            advocacy: { count: 10, transitions: 0, seconds: 10 * days * 86_400, events: 1 },
          },
        },
      );

    expect(staying(1)?.peak).toBeCloseTo(8 * 86_400, 6);
    expect(staying(7)?.peak).toBeCloseTo(7 * 86_400 * 2, 6);
  });

  test('of one thing does not grow with orders', () => {
    const line = lineOf({ measure: ['longestHistory'], kind: 'most', default: 25_000 });

    expect(line).toMatchObject({ average: 60, peak: 60 });
  });

  test('is the region’s own where it has one', () => {
    const measure = ['request events:PutEvents'];

    expect(lineOf({ measure, regions: { 'eu-central-1': 400 } })?.quota).toBe(400);
    expect(lineOf({ measure, regions: { 'us-east-1': 400 } })?.quota).toBe(1_000);
  });

  test('that a peak takes more than four fifths of is to be raised before, with room', () => {
    const measure = ['request events:PutEvents'];

    expect(lineOf({ measure, default: 30 })?.state).toBe('under');
    expect(lineOf({ measure, default: 29 })).toMatchObject({
      state: 'raise',
      advice: 'Raise it before, to 36 a second. It waits.',
    });
    expect(lineOf({ measure, default: 29, adjustable: false })?.advice).toMatch(
      /AWS does not raise it/,
    );
  });

  test('of what was not counted says so', () => {
    const line = lineOf({ measure: ['request firehose:PutRecordBatch', 'unit s3Puts'] });

    expect(line).toMatchObject({ average: 0, state: 'unused', headroom: undefined });
  });

  test('that asks for no known measure is refused', () => {
    expect(() => lineOf({ measure: ['executions'] })).toThrow(/"executions".*expected/);
  });
});
