import { describe, expect, it } from 'vitest';
import { expectedOf } from '#rehearsal/diff/expected-revenue.ts';
import { compareExpected } from '#rehearsal/diff/number-sections.ts';
import { type Rates, readRates, sampleRates } from '#rehearsal/diff/rates.ts';
import { temporaryFolder } from '#tests/fakes/command-line.ts';
import { order, page, runOf, touch } from './run-fakes.ts';

const { fileOf } = temporaryFolder();

const rates: Rates = {
  of: 'of a test',
  // Shares that floating point has exactly.
  offers: { upsell: 0.25 },
  seen: [0.5, 0.5],
  touches: { 'cross-sell': 0.25 },
};

describe('expected revenue', () => {
  it('of an offer is who sees its place, times who takes it up, times what that is worth', () => {
    const run = runOf({ pages: [page([{ offerId: 'mug' }, { offerId: 'filter' }])] });

    expect(expectedOf(run, rates)).toEqual([
      { kind: 'offer', name: 'filter', currency: 'EUR', times: 1, revenueMinor: 62.5 },
      { kind: 'offer', name: 'mug', currency: 'EUR', times: 1, revenueMinor: 125 },
    ]);
  });

  it('of a message that was sent is its rate of the average order', () => {
    const run = runOf({
      orders: [order(), order({ orderId: '1002', totalMinor: 2_000 })],
      touches: [
        touch({ touch: 'cross-sell' }),
        touch({ touch: 'cross-sell', orderId: '1002', ending: 'dropped' }),
        touch({ touch: 'care-guide' }),
      ],
    });

    expect(expectedOf(run, rates)).toEqual([
      { kind: 'touch', name: 'cross-sell', currency: 'EUR', times: 1, revenueMinor: 750 },
    ]);
    expect(expectedOf(run, { ...rates, orderValue: { EUR: 5_000 } })).toMatchObject([
      { revenueMinor: 1_250 },
    ]);
  });

  it('is compared by what changed, with nothing where one side has none', () => {
    const before = expectedOf(runOf({ pages: [page([{ offerId: 'mug' }])] }), rates);
    const after = expectedOf(runOf({ touches: [touch({ touch: 'cross-sell' })] }), rates);

    expect(compareExpected(before, before)).toEqual([]);
    expect(compareExpected(before, after)).toEqual([
      {
        kind: 'touch',
        name: 'cross-sell',
        currency: 'EUR',
        before: { times: 0, revenueMinor: 0 },
        after: { times: 1, revenueMinor: 1_000 },
      },
      {
        kind: 'offer',
        name: 'mug',
        currency: 'EUR',
        before: { times: 1, revenueMinor: 125 },
        after: { times: 0, revenueMinor: 0 },
      },
    ]);
  });
});

describe('a file of rates', () => {
  it('names what is taken up; what it does not name is taken up by nobody', async () => {
    const file = await fileOf(
      'rates.yaml',
      'offers: { upsell: 0.04 }\ntouches: { cross-sell: 0.02 }\norderValue: { EUR: 4500 }\n',
    );

    const read = await readRates(file, ['cross-sell']);

    expect(read).toEqual({
      of: `of ${file}`,
      offers: { upsell: 0.04 },
      seen: sampleRates.seen,
      touches: { 'cross-sell': 0.02 },
      orderValue: { EUR: 4500 },
    });
  });

  it.each([
    ['offers: { upsel: 0.1 }', 'Unrecognized key: "upsel"'],
    ['offers: { upsell: 4 }', '<=1'],
    ['touches: { cross-sel: 0.1 }', 'touches: got "cross-sel", expected some of cross-sell'],
    ['rates: {}', 'rates'],
    ['offers: {', 'cannot be read as YAML or JSON'],
  ])('is refused where it says %s', async (text, complaint) => {
    const file = await fileOf('wrong.yaml', text);

    await expect(readRates(file, ['cross-sell'])).rejects.toThrow(complaint);
  });
});
