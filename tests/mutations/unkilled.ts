import { globSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import {
  fileOf,
  killedBy,
  type Mutation,
  type NamedScenario,
  scenarioId,
} from './mutation-list.ts';

/** Every scenario of the samples. */
export const sampleScenarios = (): readonly NamedScenario[] =>
  globSync('samples/scenarios/**/*.yaml')
    .toSorted()
    .flatMap((path) =>
      [...parseAllDocuments(readFileSync(path, 'utf8'))].map((document) => ({
        file: fileOf(path),
        name: String(Object(document.toJS())['scenario']),
      })),
    );

/** Scenarios of the samples that no mutation has to make fail. */
export const unkilled = (mutations: readonly Mutation[]): readonly string[] => {
  const named = new Set(mutations.flatMap(killedBy).map(scenarioId));
  return sampleScenarios()
    .map(scenarioId)
    .filter((id) => !named.has(id));
};
