import config from '#config';
import type { ContentConfig } from '../contracts/content-config.ts';
import type { ShopConfig } from '../contracts/config.ts';
import type { Experiments } from '../domain/experiments/experiment.ts';
import type { ContactPolicy } from '../domain/contact-policy/policy.ts';
import type { RiskQuantiles } from '../domain/scores/at-risk.ts';

/** The shops of the deployment, as bundled. */
export const shops: Readonly<Record<string, ShopConfig>> = config.shops;

/** The deployment's contact policy, as bundled. */
export const policy: ContactPolicy = config.policy;

/** What is written of products, as bundled; absent where nothing is. */
export const content: ContentConfig | undefined = config.content;

/** What the deployment tries out, as bundled. */
export const experiments: Experiments = config.experiments;

/** When customers of the deployment count as late, as bundled. */
export const riskQuantiles: RiskQuantiles = config.scores.quantiles;

/** Days after which an affinity list that is not written again is gone, as bundled. */
export const affinityExpireDays: number = config.affinity.expireDays;
