import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { dynamoPseudonyms } from '#core/adapters/dynamo-pseudonyms.ts';
import {
  dynamoScoreModels,
  dynamoScores,
  dynamoScoreWriter,
} from '#core/adapters/dynamo-scores.ts';
import { tables } from '#core/contracts/tables.ts';
import type { DatedScore } from '#core/domain/scores/dated-score.ts';
import { fitModels } from '#core/domain/scores/fit-models.ts';
import { awsAnswer, fakeAws } from '#tests/fakes/fake-aws.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryPseudonyms } from '#tests/fakes/in-memory-pseudonyms.ts';
import { inMemoryScoreModels, inMemoryScores } from '#tests/fakes/in-memory-scores.ts';

const client = await inMemoryDynamoDb();
const { name } = tables.scores;
const noPause = async () => {};

const score = (more: Partial<DatedScore> = {}): DatedScore => ({
  scoredOn: '2026-11-22',
  lastOrderDay: '2026-11-08',
  expectedPurchases: 1.4142,
  dueBy: '2027-01-26',
  propensities: [{ category: 'Mugs', score: 1 }],
  ...more,
});

describe.each([
  [
    'in memory',
    () => {
      const pseudonyms = inMemoryPseudonyms(randomUUID);
      return { pseudonyms, ...inMemoryScores(pseudonyms) };
    },
  ],
  [
    'in DynamoDB',
    () => {
      const pseudonyms = dynamoPseudonyms(client, tables.pseudonyms.name, randomUUID);
      const writer = dynamoScoreWriter(client, name, noPause, () => 0);
      return { pseudonyms, writer, reader: dynamoScores(client, name, pseudonyms) };
    },
  ],
])('scores, %s', (where, open) => {
  const id = (customer: string): string => `${where} ${customer}`;

  test('are found by the ids of their customer', async () => {
    const { pseudonyms, writer, reader } = open();
    const names = await pseudonyms.of('hearth', [id('ada')]);

    await writer.keep([...names.values()].map((pseudonym) => ({ pseudonym, score: score() })));

    expect(await reader.of('hearth', [id('ada')])).toEqual(score());
    expect(await reader.of('northside', [id('ada')])).toBeUndefined();
  });

  test('are none for whom nobody scored, or whom the lake does not know', async () => {
    const { pseudonyms, reader } = open();
    await pseudonyms.of('hearth', [id('bob')]);

    expect(await reader.of('hearth', [id('bob')])).toBeUndefined();
    expect(await reader.of('hearth', [id('nobody')])).toBeUndefined();
    expect(await reader.of('hearth', [])).toBeUndefined();
  });

  test('of merged customers the newest counts', async () => {
    const { pseudonyms, writer, reader } = open();
    const names = await pseudonyms.of('hearth', [id('guest'), id('cem')]);
    const old = score({ scoredOn: '2026-11-15' });
    await writer.keep([
      { pseudonym: names.get(id('guest')) ?? '', score: old },
      { pseudonym: names.get(id('cem')) ?? '', score: score() },
    ]);

    expect(await reader.of('hearth', [id('cem'), id('guest')])).toEqual(score());
    expect(await reader.of('hearth', [id('guest')])).toEqual(old);
  });

  test('take the place of those before, for more customers than a request takes', async () => {
    const { pseudonyms, writer, reader } = open();
    const ids = Array.from({ length: 60 }, (_, index) => id(`many ${index}`));
    const names = [...(await pseudonyms.of('hearth', ids)).values()];
    const all = (of: DatedScore) => names.map((pseudonym) => ({ pseudonym, score: of }));

    await writer.keep(all(score({ scoredOn: '2026-11-15' })));
    await writer.keep(all(score()));

    for (const each of ids) expect(await reader.of('hearth', [each])).toEqual(score());
  });
});

describe.each([
  ['in memory', () => inMemoryScoreModels().store],
  ['in DynamoDB', () => dynamoScoreModels(client, name)],
])('models, %s', (where, open) => {
  const models = fitModels({
    fittedAt: '2026-11-23T03:30:00.000Z',
    purchases: [],
    spend: [],
    firstReturn: [{ day: 10, survival: 0.9 }],
    affinity: { Coffee: [{ category: 'Mugs', score: 0.05 }] },
  });

  test('are kept a shop, and replaced', async () => {
    const store = open();
    const shop = where.replace(' ', '-');

    await store.keep(shop, { ...models, firstReturn: [] });
    await store.keep(shop, models);

    expect(await store.of(shop)).toEqual(models);
    expect(await store.of('unknown')).toBeUndefined();
  });
});

describe('in DynamoDB', () => {
  const models = fitModels({ fittedAt: '', purchases: [], spend: [], firstReturn: [] });

  test('models that an item does not hold are refused before they are sent', async () => {
    const categories = Array.from({ length: 9_000 }, (_, index) => ({
      category: `A category with a long name ${index}`,
      score: 1,
    }));
    const large = { ...models, affinity: { Coffee: categories } };

    await expect(dynamoScoreModels(client, name).keep('hearth', large)).rejects.toThrow(
      /the models of hearth take \d+ bytes.*fewer categories/,
    );
  });

  test('models of another version are refused, with what to do', async () => {
    const version: unknown = 0;
    await dynamoScoreModels(client, name).keep('old', Object.assign({ ...models }, { version }));

    await expect(dynamoScoreModels(client, name).of('old')).rejects.toThrow(
      'the stored models are of version 0, this code reads 1: run score-customers',
    );
  });

  const throttled = (taken: (call: number) => number) => {
    let call = 0;
    const { calls, config } = fakeAws(({ input }) => {
      const requests: readonly unknown[] = Object(input['RequestItems'])[name];
      call += 1;
      const left = requests.slice(taken(call));
      return awsAnswer({ UnprocessedItems: left.length === 0 ? {} : { [name]: left } });
    });
    const waits: number[] = [];
    const pause = async (ms: number) => {
      waits.push(ms);
    };
    return {
      calls,
      waits,
      writer: dynamoScoreWriter(new DynamoDBClient(config), name, pause, () => 0.5),
    };
  };
  const three = ['a', 'b', 'c'].map((pseudonym) => ({ pseudonym, score: score() }));

  test('what a request left is written again, after longer and longer waits', async () => {
    const { calls, waits, writer } = throttled((call) => (call < 3 ? 1 : 3));

    await writer.keep(three);

    expect(calls.map(({ input }) => Object(input['RequestItems'])[name].length)).toEqual([3, 2, 1]);
    expect(waits).toEqual([75, 150]);
  });

  test('what is never taken fails, and says how much it is', async () => {
    const { calls, waits, writer } = throttled(() => 0);

    await expect(writer.keep(three)).rejects.toThrow(
      '3 of 3 items were not taken in 10 tries: the table Scores is throttled',
    );
    expect(calls).toHaveLength(10);
    expect(waits).toHaveLength(9);
  });
});
