import { isInHoldout } from '#core/domain/experiments/arms.ts';
import type {
  Experiments,
  Holdout,
  PlannedArm,
  TouchExperiment,
} from '#core/domain/experiments/experiment.ts';

/** Half of the customers, so that either arm is soon found; the care of the small touches is treatment too. */
export const holdout: Holdout = { share: 0.5, treats: ['marketing'], also: ['care'], except: [] };

/** On the small touches' offer, half and half, throughout the days of the tests. */
export const experimentOf = (
  treatment: Omit<PlannedArm, 'share'>,
  change: Partial<TouchExperiment> = {},
): TouchExperiment => ({
  key: 'offer-test',
  kind: 'content',
  touches: ['offer'],
  from: '2026-11-01',
  until: '2027-01-01',
  arms: { control: { share: 0.5 }, b: { share: 0.5, ...treatment } },
  ...change,
});

export const heldOutOnly: Experiments = { holdout, experiments: [] };

/** The first customers `c-1`, `c-2`, … of whom it is so. */
export const idWhere = (isSo: (id: string) => boolean): string => {
  for (let number = 1; number < 1_000; number += 1) if (isSo(`c-${number}`)) return `c-${number}`;
  throw new Error('none of a thousand customers is so');
};

export const heldOutId = idWhere((id) => isInHoldout(heldOutOnly, id));
export const treatedId = idWhere((id) => !isInHoldout(heldOutOnly, id));
