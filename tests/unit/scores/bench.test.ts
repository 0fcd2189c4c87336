import { expect, test } from 'vitest';
import { measureScores } from '#rehearsal/bench/scores.ts';

test('a fit gives back the parameters that its customers were drawn with', () => {
  const { drawn, fitted, groups, scoresPerSecond } = measureScores(4_000);

  expect(groups).toBeLessThan(4_000);
  expect(scoresPerSecond).toBeGreaterThan(0);
  // As logarithms; the sample is the same each time and comes out within a tenth.
  expect(Math.abs(Math.log(fitted.r / drawn.r))).toBeLessThan(0.2);
  expect(Math.abs(Math.log(fitted.alpha / drawn.alpha))).toBeLessThan(0.2);
  expect(Math.abs(Math.log(fitted.a / drawn.a))).toBeLessThan(0.2);
  expect(Math.abs(Math.log(fitted.b / drawn.b))).toBeLessThan(0.2);
});
