import { countKey, type OfferCount, type OfferPriors } from '#core/domain/offers/decision.ts';
import type { OfferCounts } from '#core/ports/offer-counts.ts';

/** @param breaks whether the table cannot be written this time */
export const inMemoryOfferCounts = (breaks: () => boolean = () => false): OfferCounts => {
  const counts = new Map<string, Map<string, OfferCount>>();
  const spent = new Map<string, Map<string, number>>();
  const priors = new Map<string, OfferPriors>();
  return {
    of: async (shop, tenure) => new Map(counts.get(groupOf(shop, tenure))),

    spentOf: async (shop) => new Map(spent.get(shop)),

    add: async (added) => {
      if (breaks()) throw new Error('the counters cannot be written');
      for (const { shop, offerId, context, shown, accepted } of added) {
        const name = groupOf(shop, context.startsWith('new/') ? 'new' : 'returning');
        const group = counts.get(name) ?? new Map<string, OfferCount>();
        const key = countKey(offerId, context);
        const before = group.get(key) ?? { shown: 0, accepted: 0 };
        group.set(key, { shown: before.shown + shown, accepted: before.accepted + accepted });
        counts.set(name, group);
      }
    },

    spend: async ({ shop, offerId }, amountMinor, budgetMinor) => {
      const group = spent.get(shop) ?? new Map<string, number>();
      const after = (group.get(offerId) ?? 0) + amountMinor;
      if (after > budgetMinor) return false;
      group.set(offerId, after);
      spent.set(shop, group);
      return true;
    },

    priorsOf: async (shop) => priors.get(shop),

    keepPriors: async (shop, kept) => {
      priors.set(shop, structuredClone(kept));
    },
  };
};

const groupOf = (shop: string, tenure: string): string => `${shop}#${tenure}`;
