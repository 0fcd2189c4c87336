import type { StageConfig } from '#core/contracts/config.ts';
import type { Bundles } from '#lib/bundling/bundle-lambdas.ts';

/** What every stack of a stage is given: the stage's configuration and the code to deploy. */
export interface StageContext {
  /** The stage's key in `afterglow.config.ts`. */
  readonly stage: string;
  readonly config: StageConfig;
  readonly bundles: Bundles;
}
