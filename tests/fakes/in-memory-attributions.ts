import { compareText } from '#core/domain/compare-text.ts';
import type { Evidence } from '#core/domain/ledger/evidence.ts';
import type { Attributions } from '#core/ports/attributions.ts';

export interface InMemoryAttributions extends Attributions {
  readonly all: () => readonly Evidence[];
}

export const inMemoryAttributions = (...known: readonly Evidence[]): InMemoryAttributions => {
  const kept = new Map<string, Evidence>();
  const keyOf = ({ shop, kind, id, orderId, at }: Evidence): string =>
    JSON.stringify([shop, kind, id, orderId, at]);
  for (const evidence of known) kept.set(keyOf(evidence), evidence);
  const newestFirst = (fits: (evidence: Evidence) => boolean): readonly Evidence[] =>
    [...kept.values()]
      .filter(fits)
      .toSorted((a, b) => compareText(b.at, a.at) || compareText(a.id, b.id));
  return {
    keep: async (evidence) => {
      kept.set(keyOf(evidence), evidence);
    },

    byId: async (shop, kind, ids) =>
      newestFirst((each) => each.shop === shop && each.kind === kind && ids.includes(each.id)),

    ofCustomer: async (shop, customerId, since) =>
      newestFirst(
        (each) => each.shop === shop && each.customerId === customerId && each.at >= since,
      ),

    all: () => [...kept.values()],
  };
};
