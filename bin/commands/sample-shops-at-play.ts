import config from '#config';
import { shopKey } from '#core/adapters/shop-key.ts';
import {
  type PlayOptions,
  playSampleShops,
  type SampleShops,
} from '#rehearsal/input/play-sample-shops.ts';
import type { Rehearsal } from '#rehearsal/rehearsal.ts';

/** Has the sample shops play, by the keys that the rehearsal's secrets make. */
export const sampleShopsAtPlay = (
  rehearsal: Rehearsal,
  play: Omit<PlayOptions, 'appKey' | 'keys'>,
): Promise<SampleShops> => {
  const { key }: { readonly key: string } = JSON.parse(rehearsal.secretValue('ShopTokenKey'));
  const master = new TextEncoder().encode(key);
  const keys = (shop: string) => shopKey(master, shop);
  return playSampleShops(rehearsal, { ...play, appKey: key, keys });
};

/** Where the links of messages lead. */
export const linkHosts: readonly string[] = Object.values(config.shops).map(
  ({ linksUrl }) => new URL(linksUrl).hostname,
);
