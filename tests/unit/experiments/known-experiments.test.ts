import { expect, test } from 'vitest';
import config from '#config';
import type { Experiments, PlannedArm } from '#core/domain/experiments/experiment.ts';
import type { Touch } from '#core/domain/touches/touch.ts';
import { assertExperiments } from '#lib/known-touches.ts';
import { smallPolicy } from '#tests/unit/contact-policy/policy-inputs.ts';
import { smallTouches } from '#tests/unit/decide-touch/world.ts';
import { touches } from '#touches/registry.ts';
import { experimentOf, holdout } from './planned.ts';

const all: Readonly<Record<string, Touch>> = {
  ...smallTouches,
  offer: { ...smallTouches.offer, variants: ['story'] },
};

const check = (experiments: Experiments) => () => assertExperiments(experiments, all, smallPolicy);

const arm = (treatment: Omit<PlannedArm, 'share'>, touch = 'offer') =>
  check({ experiments: [experimentOf(treatment, { touches: [touch] })] });

test('the deployed experiments ask nothing of touches that they have not', () => {
  expect(() => assertExperiments(config.experiments, touches, config.policy)).not.toThrow();
});

test('a holdout names touches that there are, and no transactions', () => {
  const stray = { ...holdout, also: ['care', 'car', 'parcel'], except: ['ofer'] };

  expect(check({ holdout: stray, experiments: [] })).toThrow(
    /holdout\.also: got "car", expected some of care.*\n.*got "parcel", expected no transaction.*\n.*holdout\.except: got "ofer"/,
  );
});

test.each<[string, () => void, RegExp]>([
  ['a touch that there is', arm({ variant: 'story' }, 'ofer'), /offer-test\.touches: got "ofer"/],
  [
    'a variant of the touch',
    arm({ variant: 'stroy' }),
    /arms\.b: got the variant "stroy".*: story$/,
  ],
  [
    'a channel of the touch',
    arm({ first: 'push' }),
    /got "push", expected a channel of offer: email/,
  ],
  [
    'templates that show an incentive',
    arm({ incentive: { code: 'BACK', text: {} } }),
    /the templates of offer show none/,
  ],
  ['no delay of a transaction', arm({ delayHours: 1 }, 'parcel'), /parcel.* waits for no test/],
  ['a delay that is not dropped', arm({ delayHours: 217 }), /got 217 hours, expected 216 at most/],
  ['an hour that is not quiet', arm({ atHour: 21 }), /expected an hour outside .* 21:00 to 08:00/],
])('an experiment needs %s', (_, asserted, problem) => {
  expect(asserted).toThrow(problem);
});

test('an arm that its touch can carry out is taken', () => {
  expect(arm({ variant: 'story' })).not.toThrow();
  expect(arm({ delayHours: 216 })).not.toThrow();
  expect(arm({ atHour: 20 })).not.toThrow();
  expect(arm({ first: 'push' }, 'parcel')).not.toThrow();
});
