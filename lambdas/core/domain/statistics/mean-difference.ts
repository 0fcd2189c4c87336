import type { Estimate } from './interval.ts';
import { meanVarianceOf, type Summary } from './summary.ts';

/**
 * Treatment's mean less control's, of arms with unequal variances.
 *
 * B. L. Welch, "The generalization of 'Student's' problem when several different population variances
 * are involved", Biometrika 34 (1947) 28–35; degrees of freedom by F. E. Satterthwaite, Biometrics
 * Bulletin 2 (1946) 110–114.
 *
 * @throws {RangeError} below two values an arm
 */
export const meanDifference = (treatment: Summary, control: Summary): Estimate => {
  const [ofTreatment, ofControl] = [meanVarianceOf(treatment), meanVarianceOf(control)];
  const variance = ofTreatment + ofControl;
  return {
    value: treatment.mean - control.mean,
    standardError: Math.sqrt(variance),
    df:
      variance === 0
        ? treatment.n + control.n - 2
        : 1 /
          ((ofTreatment / variance) ** 2 / (treatment.n - 1) +
            (ofControl / variance) ** 2 / (control.n - 1)),
  };
};
