import type { AfterglowConfig } from '#core/contracts/config.ts';
import { ledgerRules } from '#core/contracts/ledger-config.ts';
import { CONTROL, HOLDOUT } from '#core/domain/experiments/experiment.ts';
import type { MetricsInput, PlannedArmOf } from './config-views.ts';

/** What the views take from the deployment's configuration. */
export const metricsInput = (config: AfterglowConfig): MetricsInput => ({
  shops: config.shops,
  metrics: config.metrics,
  reportingCurrency: ledgerRules(config).reportingCurrency,
  arms: plannedArms(config.experiments),
});

/** Against the holdout everything is compared, so it is the control of its experiment. */
const plannedArms = ({
  holdout,
  experiments,
}: AfterglowConfig['experiments']): readonly PlannedArmOf[] => [
  ...(holdout === undefined
    ? []
    : [
        armOf(HOLDOUT.key, HOLDOUT.heldOut, holdout.share, true),
        armOf(HOLDOUT.key, HOLDOUT.treated, 1 - holdout.share, false),
      ]),
  ...experiments.flatMap(({ key, arms }) =>
    Object.entries(arms).map(([arm, { share }]) => armOf(key, arm, share, arm === CONTROL)),
  ),
];

const armOf = (
  experiment: string,
  arm: string,
  share: number,
  isControl: boolean,
): PlannedArmOf => ({ experiment, arm, share, isControl });
