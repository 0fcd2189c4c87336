import type { Fit } from '#core/domain/scores/fit.ts';

/** The fit, which the test takes to have worked. */
export const fitted = <Model>(fit: Fit<Model>): Extract<Fit<Model>, { kind: 'fitted' }> => {
  if (fit.kind === 'fitted') return fit;
  throw new Error(`not fitted, ${fit.reason}: ${fit.because}`);
};
