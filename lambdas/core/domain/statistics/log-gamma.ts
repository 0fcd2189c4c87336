/** Lanczos's series for g = 7 with 9 terms: P. Godfrey's coefficients, relative error below 1e-15. */
const G = 7;
const FIRST = 0.99999999999980993;
const REST = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

const HALF_LOG_2_PI = Math.log(2 * Math.PI) / 2;

/**
 * ln Γ(x) for x > 0.
 *
 * C. Lanczos, "A precision approximation of the gamma function", SIAM J. Numer. Anal. B 1 (1964) 86–96.
 */
export const logGamma = (x: number): number => {
  const shifted = x - 1;
  const base = shifted + G + 0.5;
  const series = REST.reduce((sum, term, at) => sum + term / (shifted + at + 1), FIRST);
  return HALF_LOG_2_PI + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
};
