import config from '#config';
import type { ShopConfig } from '../contracts/config.ts';

/** The shops of the deployment, as bundled. */
export const shops: Readonly<Record<string, ShopConfig>> = config.shops;
