import { openShare, wholeNumber } from './input-checks.ts';
import { type Interval, intervalAround } from './interval.ts';
import { normalQuantile } from './normal.ts';

export interface Answers {
  /** 9 and 10. */
  readonly promoters: number;
  /** 0 to 6. */
  readonly detractors: number;
  /** All who answered, 7 and 8 among them. */
  readonly answers: number;
}

/** −1 to 1; what is usually printed is a hundred times that. */
export interface NetPromoterScore {
  readonly value: number;
  readonly standardError: number;
}

/**
 * P − D with the variance `(P + D − (P − D)²) / n`, where P and D are shares of all n answers: that of
 * a multinomial (B. Rocks, "Interval estimation for the 'net promoter score'", The American Statistician
 * 70 (2016) 365–372).
 *
 * @throws {RangeError} without answers, or with more promoters and detractors than answers
 */
export const netPromoterScore = ({ promoters, detractors, answers }: Answers): NetPromoterScore => {
  wholeNumber('answers', answers, 1);
  wholeNumber('promoters', promoters);
  wholeNumber('detractors', detractors);
  if (promoters + detractors > answers)
    throw new RangeError(
      `answers: got ${promoters} promoters and ${detractors} detractors among ${answers} answers, expected no more than all`,
    );
  const [p, d] = [promoters / answers, detractors / answers];
  const value = p - d;
  return { value, standardError: Math.sqrt(Math.max(0, p + d - value * value) / answers) };
};

/** Treatment's score less control's, with its interval at 1 − alpha. */
export const npsDifference = (
  treatment: Answers,
  control: Answers,
  alpha: number,
): NetPromoterScore & { readonly interval: Interval } => {
  const [a, b] = [netPromoterScore(treatment), netPromoterScore(control)];
  const difference = {
    value: a.value - b.value,
    standardError: Math.hypot(a.standardError, b.standardError),
  };
  const z = normalQuantile(1 - openShare('alpha', alpha) / 2);
  return { ...difference, interval: intervalAround(difference, z) };
};
