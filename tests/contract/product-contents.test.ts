import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoProductContents } from '#core/adapters/dynamo-product-contents.ts';
import { tables } from '#core/contracts/tables.ts';
import { withVersions } from '#core/domain/content/product-texts.ts';
import type { ProductContents } from '#core/ports/product-contents.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryProductContents } from '#tests/fakes/in-memory-product-contents.ts';
import { draftOf } from '#tests/unit/content/versions.ts';

const makers = {
  'in memory': async () => inMemoryProductContents(),
  'in DynamoDB': async () => dynamoProductContents(await inMemoryDynamoDb(), tables.content.name),
};

const of = (sku: string, locale = 'en-GB') => ({ shop: 'hearth', sku, locale });

describe.each(Object.entries(makers))('what is written of products, %s', (_, make) => {
  let contents: ProductContents;
  beforeAll(async () => {
    contents = await make();
  });

  const writeDraft = async (sku: string, locale?: string): Promise<void> => {
    const texts = await contents.read(of(sku, locale));
    await contents.write(withVersions(texts, [draftOf()]));
  };

  test('is nothing before something is written', async () => {
    expect(await contents.read(of('none'))).toEqual({ ...of('none'), revision: 0, versions: [] });
    expect(await contents.textsOf('hearth', ['none'], 'en-GB')).toEqual([]);
    expect(await contents.proposalsOf('hearth', ['none'])).toEqual([]);
    expect(await contents.readProposals('hearth', 'none')).toMatchObject({
      revision: 0,
      facts: [],
    });
  });

  test('is read as it was written, by product and locale', async () => {
    await writeDraft('mill');
    await writeDraft('mill', 'de-DE');

    const [found, ...others] = await contents.textsOf('hearth', ['mill', 'mill', 'tin'], 'en-GB');

    expect(others).toEqual([]);
    expect(found).toEqual(await contents.read(of('mill')));
    expect(found?.versions).toMatchObject([{ kind: 'care', version: 1 }]);
    expect(await contents.textsOf('northside', ['mill'], 'en-GB')).toEqual([]);
  });

  test('is not overwritten by somebody who has not read it', async () => {
    const before = await contents.read(of('tin'));

    expect(await contents.write(withVersions(before, [draftOf()]))).toBe(true);
    expect(await contents.write(withVersions(before, [draftOf()]))).toBe(false);

    const proposals = await contents.readProposals('hearth', 'tin');
    expect(await contents.writeProposals(proposals)).toBe(true);
    expect(await contents.writeProposals(proposals)).toBe(false);
    expect(await contents.proposalsOf('hearth', ['tin', 'none', 'tin'])).toEqual([
      await contents.readProposals('hearth', 'tin'),
    ]);
  });

  test('is found of more products than one request of DynamoDB reads', async () => {
    const skus = Array.from({ length: 130 }, (__, index) => `many-${index}`);
    for (const sku of skus) await writeDraft(sku);

    const found = await contents.textsOf('hearth', skus, 'en-GB');

    expect(found.map(({ sku }) => sku).toSorted()).toEqual(skus.toSorted());
  });
});

describe.each(Object.entries(makers))('the right to draft, %s', (_, make) => {
  let contents: ProductContents;
  beforeAll(async () => {
    contents = await make();
  });

  const claim = {
    shop: 'hearth',
    sku: 'mill',
    requestId: 'a',
    now: '2026-03-01T10:00:00.000Z',
    until: '2026-03-01T10:10:00.000Z',
  };

  test('is one request’s at a time, until it is released', async () => {
    expect(await contents.claim(claim)).toBe(true);
    expect(await contents.claim(claim)).toBe(true);
    expect(await contents.claim({ ...claim, requestId: 'b' })).toBe(false);
    await contents.release({ ...claim, requestId: 'b' });
    expect(await contents.claim({ ...claim, requestId: 'b' })).toBe(false);

    await contents.release(claim);
    expect(await contents.claim({ ...claim, requestId: 'b' })).toBe(true);
  });

  test('ends by itself when it was not released', async () => {
    const left = { ...claim, sku: 'tin' };
    await contents.claim(left);

    const later = { now: '2026-03-01T10:10:00.001Z', until: '2026-03-01T10:20:00.000Z' };

    expect(await contents.claim({ ...left, ...later, requestId: 'b' })).toBe(true);
  });
});
