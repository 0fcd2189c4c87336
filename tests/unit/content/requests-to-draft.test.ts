import { describe, expect, test } from 'vitest';
import config from '#config';
import { requestsToDraft } from '#core/content/requests-to-draft.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import { apron, draft, honest, invented, request, setUp } from './drafting.ts';

const configured = config.shops['hearth'];
if (configured === undefined) throw new Error('the sample shop is configured');
const hearth: ShopConfig = { ...configured, locales: ['en-GB'] };

/** The apron in a shop of one language, drafted for `request`. */
const drafted = async (answers = [draft(honest)]) => {
  const world = setUp({ answers, change: { shops: { hearth } } });
  await world.draftIt(request);
  let reads = 0;
  const find: typeof world.catalogue.find = (...asked) => {
    reads += 1;
    return world.catalogue.find(...asked);
  };
  const catalogue = { ...world.catalogue, find };
  const toDraft = requestsToDraft({ ...world.deps, catalogue });
  return { ...world, toDraft, reads: () => reads };
};

const later = { ...request, requestId: 'request-2' };
const skusOf = (requests: readonly { readonly sku: string }[]) => requests.map(({ sku }) => sku);

describe('of the products of an order', () => {
  test('those are drafted that have no texts yet, or that nobody knows', async () => {
    const { toDraft, catalogue } = await drafted();
    await catalogue.save({ ...apron, sku: 'HG-MIT' });
    const requests = ['HG-APR', 'HG-MIT', 'unknown'].map((sku) => ({ ...later, sku }));

    expect(skusOf(await toDraft('hearth', requests))).toEqual(['HG-MIT', 'unknown']);
  });

  test('one is not drafted again whose text was refused', async () => {
    const { toDraft } = await drafted([draft(invented), draft(invented)]);

    expect(await toDraft('hearth', [later])).toEqual([]);
  });

  test('one is drafted again whose facts have changed', async () => {
    const { toDraft, catalogue } = await drafted([draft(invented), draft(invented)]);
    await catalogue.save({ ...apron, name: 'Long apron', updatedAt: '2026-03-03T00:00:00.000Z' });

    expect(await toDraft('hearth', [later])).toEqual([later]);
  });

  test('one is looked at again that this request wrote: it may not have told of it', async () => {
    const { toDraft } = await drafted();

    expect(await toDraft('hearth', [request])).toEqual([request]);
  });

  test('all are left to the draft, which says why, when their shop is not configured', async () => {
    const { toDraft } = await drafted();

    expect(await toDraft('gone', [{ ...later, shop: 'gone' }])).toHaveLength(1);
  });

  test('many are read at once', async () => {
    const { toDraft, reads } = await drafted();
    const requests = Array.from({ length: 50 }, (_, index) => ({ ...later, sku: `sku-${index}` }));

    await toDraft('hearth', [later, ...requests]);

    expect(reads()).toBe(1);
  });
});
