import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  killedBy,
  mutated,
  type Mutation,
  readMutations,
  scenarioId,
} from '#tests/mutations/mutation-list.ts';
import { sampleScenarios, unkilled } from '#tests/mutations/unkilled.ts';

const mutations = readMutations();

describe('the mutations', () => {
  test.each(mutations.map((each) => [each.mutation, each] as const))(
    '%s change a text that stands where it did, once',
    (_, mutation) => {
      const text = readFileSync(mutation.file, 'utf8');

      expect(mutated(mutation, text)).not.toBe(text);
    },
  );

  test('have names of their own', () => {
    const names = mutations.map(({ mutation }) => mutation);

    expect(new Set(names).size).toBe(names.length);
  });

  test('name scenarios that there are', () => {
    const known = new Set(sampleScenarios().map(scenarioId));

    const unknown = mutations
      .flatMap(killedBy)
      .map(scenarioId)
      .filter((id) => !known.has(id));

    expect(unknown).toEqual([]);
  });

  test('make every scenario of the samples fail, each at least once', () => {
    expect(unkilled(mutations)).toEqual([]);
  });
});

describe('a mutation', () => {
  const mutation: Mutation = {
    mutation: 'a-cap-is-wider',
    file: 'afterglow.policy.ts',
    find: 'max: 2',
    replace: 'max: $&3',
    breaks: 'More goes.',
    kills: {},
  };

  test('changes its text alone, as it is written', () => {
    expect(mutated(mutation, '{ max: 2, hours: 3 }')).toBe('{ max: $&3, hours: 3 }');
  });

  test.each([
    [0, '{ max: 5 }'],
    [2, '{ max: 2 }, { max: 2 }'],
  ])('whose text stands there %i times is told of', (times, text) => {
    expect(() => mutated(mutation, text)).toThrow(
      `got its text ${times} times in afterglow.policy.ts, expected it once`,
    );
  });
});
