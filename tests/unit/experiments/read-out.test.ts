import { describe, expect, it } from 'vitest';
import { readOut } from '#core/domain/experiments/read-out.ts';
import type { ArmSummary, OutcomeSummary } from '#core/domain/experiments/read-out-types.ts';
import { readOutInWords } from '#core/domain/experiments/read-out-words.ts';
import { summaryOfSums } from '#core/domain/statistics/summary.ts';
import { conversion, hillstrom, hillstromArms, spend, visit } from './hillstrom.ts';

const hillstromReadOut = readOut({
  arms: hillstromArms,
  control: 'No E-Mail',
  treatment: 'Mens E-Mail',
  outcomes: [spend, visit, conversion],
});
const [ofSpend, ofVisit, ofConversion] = hillstromReadOut.outcomes;

/** Buyers who each spend `each` give or take `spread`, half of them either. */
const revenueOf = (
  n: number,
  converters: number,
  each: number,
  spread: number,
): OutcomeSummary => ({
  value: summaryOfSums({
    n,
    sum: converters * each,
    sumOfSquares: converters * (each * each + spread * spread),
  }),
  converters,
});

const revenue = { name: 'revenue', kind: 'amount', currency: 'EUR' } as const;

interface Arm {
  readonly customers?: number;
  readonly converters?: number;
  readonly each?: number;
  readonly capped?: number;
  readonly exposed?: number;
  readonly promoters?: number;
}

const armOf = (name: string, arm: Arm): ArmSummary => {
  const { customers = 10_000, converters = 500, each = 4_000, capped, exposed, promoters } = arm;
  return {
    name,
    plannedShare: 0.5,
    customers,
    exposed,
    outcomes: {
      revenue: {
        ...revenueOf(customers, converters, each, 1_000),
        capped:
          capped === undefined ? undefined : revenueOf(customers, converters, capped, 1_000).value,
      },
    },
    nps: promoters === undefined ? undefined : { promoters, detractors: 100, answers: 400 },
  };
};

const compare = (treatment: Arm, control: Arm) =>
  readOut({
    arms: [armOf('win-back', treatment), armOf('holdout', control)],
    control: 'holdout',
    treatment: 'win-back',
    outcomes: [revenue],
    looks: 12,
  });

describe("Hillstrom's men's e-mail against none, as published", () => {
  it.each([
    ['visit', ofVisit],
    ['conversion', ofConversion],
    ['spend', ofSpend],
  ] as const)('gives the effect on %s with its Welch interval', (name, outcome) => {
    const expected = hillstrom.expected[name];

    expect(outcome?.effect?.difference).toBeCloseTo(expected.difference, 8);
    expect(outcome?.effect?.welch.lower).toBeCloseTo(expected.lower, 7);
    expect(outcome?.effect?.welch.upper).toBeCloseTo(expected.upper, 7);
    expect(outcome?.verdict).toBe('better');
  });

  it('gives the standard errors of visit and spend', () => {
    expect(ofVisit?.effect?.standardError).toBeCloseTo(hillstrom.expected.visit.standardError, 8);
    expect(ofSpend?.effect?.standardError).toBeCloseTo(hillstrom.expected.spend.standardError, 8);
  });

  it('gives the any-time interval of spend', () => {
    expect(hillstromReadOut.nStar).toBe(hillstrom.expected.sequential.nStar);
    expect(ofSpend?.effect?.anyTime.lower).toBeCloseTo(hillstrom.expected.sequential.lower, 6);
    expect(ofSpend?.effect?.anyTime.upper).toBeCloseTo(hillstrom.expected.sequential.upper, 6);
  });

  it('gives the effect on spend adjusted for history', () => {
    expect(ofSpend?.adjusted?.difference).toBeCloseTo(hillstrom.expected.cuped.difference, 8);
    expect(ofSpend?.adjusted?.standardError).toBeCloseTo(hillstrom.expected.cuped.standardError, 8);
  });

  it('gives the split over all three arms', () => {
    expect(hillstromReadOut.split.p).toBeCloseTo(hillstrom.expected.split.p, 6);
    expect(hillstromReadOut.verdict).toBe('better');
  });

  it('says so in words', () => {
    expect(readOutInWords(hillstromReadOut).slice(0, 17)).toMatchInlineSnapshot(`
      [
        "Mens E-Mail against No E-Mail: better",
        "",
        "Split: as planned (χ² 0.203, 2 degrees of freedom, p 0.904).",
        "  Mens E-Mail: 21,307 customers, 33.3% (planned 33.3%)",
        "  Womens E-Mail: 21,387 customers, 33.4% (planned 33.3%)",
        "  No E-Mail: 21,306 customers, 33.3% (planned 33.3%)",
        "",
        "spend (decides): better",
        "  Mens E-Mail: 1,422.62 per 1,000 customers; 267 converters",
        "  No E-Mail: 652.79 per 1,000 customers; 122 converters",
        "  difference: +769.83 per 1,000 customers, from +302.07 to +1,237.59 at any time (95%)",
        "    a customer 0.769827, standard error 0.145247; any time 0.302066 to 1.23759; one look (Welch) 0.48514 to 1.05451",
        "  allowing for the value before (CUPED, θ 0.0012229; decides): +767.44 per 1,000 customers, from +299.78 to +1,235.10 at any time (95%)",
        "    a customer 0.767438, standard error 0.145215; any time 0.299778 to 1.2351; one look (Welch) 0.482813 to 1.05206",
        "  in relation to control: +117%, from +37% to +276% at any time (95%)",
        "  a test of this size sees a difference of 589.88 per 1,000 customers or more (four times in five)",
        "",
      ]
    `);
  });
});

describe('the verdict', () => {
  it('is better or worse where the any-time interval leaves zero', () => {
    expect(compare({ converters: 700 }, {}).verdict).toBe('better');
    expect(compare({ converters: 350 }, {}).verdict).toBe('worse');
    expect(compare({}, {}).verdict).toBe('no-difference-seen');
  });

  it('turns round where less is better', () => {
    const arms = [armOf('win-back', { converters: 700 }), armOf('holdout', {})];
    const outcomes = [{ ...revenue, lessIsBetter: true }];

    expect(readOut({ arms, control: 'holdout', treatment: 'win-back', outcomes }).verdict).toBe(
      'worse',
    );
  });

  it('waits for a hundred buyers an arm before it shows an interval of revenue', () => {
    const early = compare({ converters: 400 }, { converters: 99 });

    expect(early.verdict).toBe('too-early');
    expect(early.outcomes[0]).toMatchObject({ convertersWanted: 100, converters: { control: 99 } });
    expect(early.outcomes[0]).not.toHaveProperty('effect');
    expect(readOutInWords(early).join('\n')).toContain('no interval under 100 converters an arm');
    expect(compare({ converters: 400 }, { converters: 100 }).verdict).not.toBe('too-early');
  });

  it('waits for ten of either kind an arm before it shows an interval of a proportion', () => {
    const clicks = (n: number): OutcomeSummary => ({
      value: summaryOfSums({ n: 1_000, sum: n, sumOfSquares: n }),
      converters: n,
    });
    const verdictAt = (a: number, b: number): string =>
      readOut({
        arms: [armOf('win-back', {}), armOf('holdout', {})].map((arm, at) => ({
          ...arm,
          customers: 1_000,
          outcomes: { click: clicks(at === 0 ? a : b) },
        })),
        control: 'holdout',
        treatment: 'win-back',
        outcomes: [{ name: 'click', kind: 'proportion' }],
      }).verdict;

    expect(verdictAt(200, 9)).toBe('too-early');
    expect(verdictAt(991, 700)).toBe('too-early');
    expect(verdictAt(200, 10)).toBe('better');
  });

  it('does not let a few large values decide', () => {
    const read = compare({ converters: 500, each: 6_000, capped: 4_000 }, { capped: 4_000 });

    expect(read.verdict).toBe('no-difference-seen');
    expect(read.cautions).toStrictEqual(['few-large-values']);
    expect(compare({ each: 6_000, capped: 6_000 }, { capped: 4_000 }).verdict).toBe('better');
  });

  it('says nothing but that the split is broken when it is', () => {
    const broken = compare({ customers: 10_000, converters: 900 }, { customers: 9_400 });
    const words = readOutInWords(broken).join('\n');

    expect(broken.verdict).toBe('broken-split');
    expect(words).toContain('win-back against holdout: broken split, do not read on');
    expect(words).toContain('planned 50%');
    expect(words).not.toContain('revenue');
  });
});

describe('cautions', () => {
  it('says when only the interval for one look leaves zero', () => {
    const read = compare({ converters: 570 }, {});

    expect(read.verdict).toBe('no-difference-seen');
    expect(read.cautions).toStrictEqual(['one-look-only']);
  });

  it('shows the net promoter score beside revenue, and warns when it fell', () => {
    const read = compare({ converters: 700, promoters: 120 }, { promoters: 250 });
    const words = readOutInWords(read).join('\n');

    expect(read.verdict).toBe('better');
    expect(read.cautions).toStrictEqual(['nps-fell']);
    expect(words).toContain('Net promoter score: +5 of 400 answers against +37.5 of 400');
    expect(words).toContain('the net promoter score is clearly lower');
  });

  it('warns when more were due a touch in one arm than in the other', () => {
    expect(compare({ exposed: 6_000 }, { exposed: 5_000 }).cautions).toStrictEqual([
      'exposure-differs',
    ]);
    expect(compare({ exposed: 6_000 }, { exposed: 6_020 }).cautions).toStrictEqual([]);
  });
});

describe('the words', () => {
  it('tell money for a thousand customers, and what the test could have seen', () => {
    const words = readOutInWords(compare({ converters: 700 }, {})).join('\n');

    expect(words).toContain('win-back: €2,800.00 per 1,000 customers; 700 converters');
    expect(words).toContain('difference: +€800.00 per 1,000 customers');
    expect(words).toMatch(
      /a test of this size sees a difference of €\d+\.\d\d per 1,000 customers/,
    );
    expect(words).toContain('Looked at 12 times so far');
    expect(words).toContain('What to do: give win-back to everyone but the holdout');
  });

  it('tell what to do in each case', () => {
    const adviceOn = (treatment: Arm, control: Arm): string =>
      readOutInWords(compare(treatment, control)).find((line) => line.startsWith('What to do')) ??
      '';

    expect(adviceOn({ converters: 350 }, {})).toContain('stop win-back and keep holdout');
    expect(adviceOn({}, {})).toContain('four times as many customers halve that range');
    expect(adviceOn({ converters: 40 }, {})).toContain('about 2.5 times the customers of now');
    expect(adviceOn({ customers: 20_000 }, {})).toContain('start again under a new key');
  });
});

describe('what cannot be read', () => {
  const arms = [armOf('win-back', {}), armOf('holdout', {})];
  const request = { arms, control: 'holdout', treatment: 'win-back', outcomes: [revenue] };

  it.each([
    [{ ...request, treatment: 'winback' }, 'got "winback", expected one of "win-back", "holdout"'],
    [{ ...request, treatment: 'holdout' }, 'which is control'],
    [{ ...request, outcomes: [] }, 'outcomes: got none'],
    [{ ...request, outcomes: [visit] }, 'outcome "visit": arm "win-back" has none'],
    [{ ...request, alpha: 0 }, 'alpha: got 0'],
    [
      { ...request, arms: arms.map((arm) => ({ ...arm, customers: 9_000 })) },
      'got 10000 values for 9000 customers, expected one a customer, zeros included',
    ],
  ])('is refused with what was got and expected (%#)', (wrong, message) => {
    expect(() => readOut(wrong)).toThrow(message);
  });
});
