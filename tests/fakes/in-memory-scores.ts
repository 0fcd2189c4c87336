import { customerKey } from '#core/contracts/tables.ts';
import { type DatedScore, newestScore } from '#core/domain/scores/dated-score.ts';
import type { ScoreModels } from '#core/domain/scores/fit-models.ts';
import type { Pseudonyms } from '#core/ports/pseudonyms.ts';
import type { ScoreModelStore, Scores, ScoreWriter } from '#core/ports/scores.ts';

/** @param scores by shop and customer id: `hearth#c-17` */
export const scoresOf = (scores: Readonly<Record<string, DatedScore>> = {}): Scores => ({
  of: async (shop, customerIds) =>
    newestScore(customerIds.flatMap((id) => scores[customerKey(shop, id)] ?? [])),
});

/** What writer and reader share. */
export const inMemoryScores = (pseudonyms: Pick<Pseudonyms, 'find'>) => {
  const scores = new Map<string, DatedScore>();
  const writer: ScoreWriter = {
    keep: async (all) => {
      for (const { pseudonym, score } of all) scores.set(pseudonym, copyOf(score));
    },
  };
  const reader: Scores = {
    of: async (shop, customerIds) => {
      const names = [...(await pseudonyms.find(shop, customerIds)).values()];
      return newestScore(names.flatMap((name) => scores.get(name) ?? []));
    },
  };
  return { scores, writer, reader };
};

export const inMemoryScoreModels = () => {
  const models = new Map<string, ScoreModels>();
  const store: ScoreModelStore = {
    of: async (shop) => models.get(shop),
    keep: async (shop, of) => {
      models.set(shop, copyOf(of));
    },
  };
  return { models, store };
};

/** As a table keeps it: JSON, without what is undefined. */
const copyOf = <Document>(document: Document): Document => JSON.parse(JSON.stringify(document));
