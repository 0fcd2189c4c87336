/**
 * ln of the rising factorial, Σ ln(a + i) for i < n: ln Γ(a + n) − ln Γ(a) for whole n without the
 * digits that the difference loses. Entry n of what comes back is that of n.
 *
 * @param upTo the largest n
 */
export const logRising = (a: number, upTo: number): Float64Array => {
  const sums = new Float64Array(upTo + 1);
  for (let n = 0; n < upTo; n++) sums[n + 1] = (sums[n] ?? 0) + Math.log(a + n);
  return sums;
};

/** ln(1 + eˣ) without overflow. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
