import config from '#config';
import type { ShopConfig } from '../contracts/config.ts';
import type { ContactPolicy } from '../domain/contact-policy/policy.ts';

/** The shops of the deployment, as bundled. */
export const shops: Readonly<Record<string, ShopConfig>> = config.shops;

/** The deployment's contact policy, as bundled. */
export const policy: ContactPolicy = config.policy;
