import { describe, expect, test } from 'vitest';
import experiments from '../../../afterglow.experiments.ts';
import config from '#config';
import { defineConfig } from '#core/contracts/config.ts';
import { type defineExperiments, experimentsConfig } from '#core/contracts/experiments-config.ts';

type Section = Parameters<typeof defineExperiments>[0];
type Experiment = NonNullable<Section['experiments']>[number];
type Of<Kind> = Extract<Experiment, { kind: Kind }>;

const content: Of<'content'> = {
  key: 'win-back-words',
  hypothesis: 'Another wording brings back more customers than the usual one.',
  owner: 'CRM',
  kind: 'content',
  touches: ['win-back'],
  from: '2026-04-01',
  until: '2026-06-01',
  arms: { control: { share: 0.5 }, b: { share: 0.5, variant: 'question' } },
  primaryMetric: 'repeat-order',
};

const incentive: Of<'incentive'> = {
  ...content,
  key: 'win-back-code',
  kind: 'incentive',
  arms: {
    control: { share: 0.5 },
    b: { share: 0.5, incentive: { code: 'BACK-10', text: { en: '10 % off.', de: '10 %.' } } },
  },
  revenueElement: true,
  guardrails: ['nps'],
};

/** Path and message of each problem. */
const problemsOf = (...all: readonly Experiment[]): readonly string[] => {
  const parsed = experimentsConfig.safeParse({ experiments: [...all] });
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

const withArms = (b: object) =>
  experimentsConfig.safeParse({
    experiments: [{ ...content, arms: { control: { share: 0.5 }, b } }],
  }).error?.issues ?? [];

describe('the experiments of this repository', () => {
  test('are taken as they are, with what they leave out', () => {
    expect(config.experiments).toMatchObject(experiments);
    expect(config.experiments.holdout).toMatchObject({ share: 0.05, except: [] });
  });
});

describe('a holdout', () => {
  test.each([
    [{ share: 0.6 }, /share from 0 to 0.5/],
    [{ share: -0.1 }, /share from 0 to 0.5/],
    [{ share: 0.05, treats: ['transactional'] }, /service|marketing/],
  ])('of %o is refused', (holdout, expected) => {
    const [issue] = experimentsConfig.safeParse({ holdout }).error?.issues ?? [];

    expect(issue?.message).toMatch(expected);
  });

  test('treats marketing unless it says otherwise', () => {
    expect(experimentsConfig.parse({ holdout: { share: 0.1 } }).holdout).toEqual({
      share: 0.1,
      treats: ['marketing'],
      also: [],
      except: [],
    });
  });
});

describe('an experiment', () => {
  test('is taken where it says everything', () => {
    expect(problemsOf(content)).toEqual([]);
    expect(problemsOf(content, incentive)).toEqual([]);
  });

  test.each<[string, Partial<Of<'content'>>, string]>([
    ['ends after it begins', { until: '2026-04-01' }, '0.until: a day after 2026-04-01'],
    ['has days that there are', { from: '2026-02-30' }, '0.from: a day such as'],
    ['says what is expected', { hypothesis: 'Better.' }, '0.hypothesis: a sentence'],
    ['is not called like the holdout', { key: 'holdout' }, '0.key: another name'],
    [
      'has a control',
      { arms: { a: { share: 0.5, variant: 'a' }, b: { share: 0.5, variant: 'b' } } },
      '0.arms: an arm "control" and another',
    ],
    [
      'has another arm',
      { arms: { control: { share: 1 } } },
      '0.arms: an arm "control" and another',
    ],
    [
      'has shares of 1 at most',
      { arms: { control: { share: 0.6 }, b: { share: 0.5, variant: 'question' } } },
      '0.arms: shares that sum to 1 at most, not 1.1',
    ],
    [
      'has somebody in it',
      { arms: { control: { share: 0 }, b: { share: 0, variant: 'question' } } },
      '0.arms: shares that are not all 0',
    ],
    [
      'has an arm that differs',
      { arms: { control: { share: 0.5 }, b: { share: 0.5 } } },
      'b: a variant',
    ],
    [
      'does nothing in its control',
      { arms: { control: { share: 0.5, variant: 'a' }, b: { share: 0.5, variant: 'b' } } },
      'control: its share alone',
    ],
    [
      'has NPS beside revenue',
      { revenueElement: true, guardrails: ['unsubscribe'] },
      '0.guardrails: nps among them',
    ],
    [
      'guards something else',
      { guardrails: ['repeat-order'] },
      '0.guardrails: others than the primary',
    ],
  ])('%s', (_, change, problem) => {
    const problems = problemsOf({ ...content, ...change });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  test('has in its arms what its kind is about, and nothing else', () => {
    expect(withArms({ share: 0.5, delayHours: 3 })).toMatchObject([
      { code: 'unrecognized_keys', keys: ['delayHours'] },
      { message: 'a variant, beside its share' },
    ]);
    expect(
      problemsOf({
        ...content,
        kind: 'timing',
        arms: { control: { share: 0.5 }, b: { share: 0.5, delayHours: 3, atHour: 9 } },
      }),
    ).toEqual(['experiments.0.arms.b: either delayHours or atHour, beside its share']);
  });
});

describe('two experiments', () => {
  const later: Experiment = { ...content, key: 'later', from: '2026-06-01', until: '2026-07-01' };

  test('have names of their own', () => {
    expect(problemsOf(content, { ...later, key: content.key })).toEqual([
      'experiments.1.key: a name of its own',
    ]);
  });

  test('of one kind are not on one touch at one time', () => {
    const overlapping = { ...content, key: 'other', from: '2026-05-31', until: '2026-07-01' };

    expect(problemsOf(content, later)).toEqual([]);
    expect(problemsOf(content, { ...overlapping, touches: ['cross-sell'] })).toEqual([]);
    expect(problemsOf(content, overlapping)).toEqual([
      expect.stringMatching(
        /^experiments\.1\.touches: .* on content .*: win-back-words has win-back$/,
      ),
    ]);
  });

  test('of revenue elements are not in one quarter of one shop, and both are named', () => {
    const second = { ...incentive, key: 'second', touches: ['cross-sell'] };
    const sameQuarter = { ...second, from: '2026-06-30', until: '2026-09-01' };
    const nextQuarter = { ...second, from: '2026-07-01', until: '2026-09-01' };
    const yearAfter = { ...second, from: '2027-04-01', until: '2027-06-01' };

    expect(problemsOf(incentive, nextQuarter)).toEqual([]);
    expect(problemsOf(incentive, yearAfter)).toEqual([]);
    expect(
      problemsOf({ ...incentive, shops: ['hearth'] }, { ...sameQuarter, shops: ['northside'] }),
    ).toEqual([]);
    expect(problemsOf(incentive, sameQuarter)).toEqual([
      'experiments.1.revenueElement: one test of a revenue element a quarter: second and win-back-code both run in 2026-Q2',
    ]);
  });
});

describe('with the shops', () => {
  const problems = (experiment: Experiment): string => {
    try {
      defineConfig({ ...config, experiments: { experiments: [experiment] } });
      return '';
    } catch (error) {
      return String(error);
    }
  };

  test('an experiment names those that there are', () => {
    expect(problems({ ...content, shops: ['hearth', 'heart'] })).toMatch(
      /experiments\.experiments\.0\.shops: got \["hearth","heart"\], expected some of the shops .*, not heart/,
    );
  });

  test('an incentive is told in all of their languages', () => {
    const { control = { share: 0.5 } } = incentive.arms;
    const b = { share: 0.5, incentive: { code: 'BACK-10', text: { en: '10 % off.' } } };
    const english = { ...incentive, arms: { control, b } };

    expect(problems(english)).toMatch(/arms\.b\.incentive\.text: .* a text in "de" too/);
    expect(problems({ ...english, shops: ['northside'] })).toBe('');
    expect(problems(incentive)).toBe('');
  });
});

describe('an experiment on offers', () => {
  const { touches: _, ...words } = content;
  const onOffers: Of<'offer'> = {
    ...words,
    key: 'mug-words',
    kind: 'offer',
    offers: ['mug'],
    arms: { control: { share: 0.5 }, b: { share: 0.5, variant: 'use' } },
  };

  test('names them, and no touch', () => {
    expect(problemsOf(onOffers, content)).toEqual([]);
    expect(experimentsConfig.parse({ experiments: [onOffers] }).experiments[0]?.touches).toEqual(
      [],
    );
    expect(problemsOf({ ...onOffers, offers: [] })).not.toEqual([]);
  });

  test('has what its arms show, and no offer of another at that time', () => {
    const b = { share: 0.5 };
    const second = { ...onOffers, key: 'second' };

    expect(problemsOf({ ...onOffers, arms: { ...onOffers.arms, b } })).toEqual([
      'experiments.0.arms.b: a variant of the offers, beside its share',
    ]);
    expect(problemsOf(onOffers, second)).toEqual([
      'experiments.1.offers: offers that no other experiment has at that time: mug-words has mug',
    ]);
    expect(problemsOf(onOffers, { ...second, offers: ['towels'] })).toEqual([]);
  });
});
