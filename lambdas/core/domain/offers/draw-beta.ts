type Uniform = () => number;

/**
 * A draw of Beta(α, β): X / (X + Y) of X from Γ(α) and Y from Γ(β). Of shapes so small that both
 * underflow to 0 it is 0 or 1, as Beta(α, β) then is.
 *
 * @param uniform draws in [0, 1)
 * @param alpha above 0
 * @param beta above 0
 */
export const drawBeta = (uniform: Uniform, alpha: number, beta: number): number => {
  const x = drawGamma(uniform, alpha);
  const y = drawGamma(uniform, beta);
  const sum = x + y;
  return sum > 0 ? x / sum : Number(uniform() < alpha / (alpha + beta));
};

/**
 * A draw of Γ(shape, 1), by Marsaglia & Tsang, "A simple method for generating gamma variables", ACM
 * Transactions on Mathematical Software 26(3), 2000, with its squeeze; below a shape of 1 by its §6,
 * Γ(shape + 1) · U^(1 / shape).
 */
export const drawGamma = (uniform: Uniform, shape: number): number => {
  if (shape < 1) return drawGamma(uniform, shape + 1) * (1 - uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(uniform);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = 1 - uniform();
    const squared = x * x;
    if (u < 1 - 0.0331 * squared * squared) return d * v;
    if (Math.log(u) < squared / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
};

/**
 * A draw of the standard normal by the polar method (Marsaglia & Bray, "A convenient method for
 * generating normal variables", SIAM Review 6(3), 1964). The second of its pair is left, so that no
 * draw depends on who drew before.
 */
const drawNormal = (uniform: Uniform): number => {
  for (;;) {
    const x = 2 * uniform() - 1;
    const y = 2 * uniform() - 1;
    const s = x * x + y * y;
    if (s < 1 && s > 0) return x * Math.sqrt((-2 * Math.log(s)) / s);
  }
};
