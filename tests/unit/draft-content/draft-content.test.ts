import { describe, expect, test } from 'vitest';
import type { ProductDraftRequest } from '#core/content/draft-product.ts';
import { boughtEvent } from '#lambdas/draft-content/contract.ts';
import { draftContent } from '#lambdas/draft-content/draft-content.ts';

const bought = (placed?: readonly { readonly sku: string }[]) =>
  boughtEvent.parse({
    source: 'afterglow',
    detail: {
      eventId: 'order-changed/1',
      occurredAt: '2026-11-18T09:30:00.250Z',
      shop: 'hearth',
      change: 'OrderPlaced',
      ...(placed === undefined ? {} : { placed }),
    },
  });

const setUp = () => {
  const asked: ProductDraftRequest[] = [];
  const draft = draftContent({
    monthlyBudgetUsd: 25,
    toDraft: async (shop, requests) =>
      requests.filter((request) => request.shop === shop && request.sku !== 'drafted'),
    draft: async (request) => {
      asked.push(request);
      if (request.sku === 'broken') throw new Error('the model is away');
      const nothing = { texts: [], facts: [], calls: 0, inputTokens: 0, outputTokens: 0, usd: 0 };
      return { shop: request.shop, sku: request.sku, ...nothing };
    },
  });
  return { draft, asked };
};

describe('an order', () => {
  test('has each of its products drafted once, from the budget of its month', async () => {
    const { draft, asked } = setUp();

    await draft(bought([{ sku: 'mill' }, { sku: 'tin' }, { sku: 'mill' }]));

    expect(asked.map(({ sku }) => sku)).toEqual(['mill', 'tin']);
    expect(asked[0]).toMatchObject({
      shop: 'hearth',
      budget: { name: 'bought/2026-11', limit: { usd: 25 } },
    });
    expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(2);
  });

  test('has no product looked at that lacks nothing', async () => {
    const { draft, asked } = setUp();

    await draft(bought([{ sku: 'drafted' }, { sku: 'tin' }]));

    expect(asked.map(({ sku }) => sku)).toEqual(['tin']);
  });

  test('that comes again makes the same requests', async () => {
    const { draft, asked } = setUp();

    await draft(bought([{ sku: 'mill' }]));
    await draft(bought([{ sku: 'mill' }]));

    expect(asked[1]).toEqual(asked[0]);
  });

  test('that places nothing asks for nothing', async () => {
    const { draft, asked } = setUp();

    await draft(bought());

    expect(asked).toEqual([]);
  });

  test('comes again when a product could not be drafted, and has the others drafted', async () => {
    const { draft, asked } = setUp();

    await expect(draft(bought([{ sku: 'broken' }, { sku: 'tin' }]))).rejects.toThrow(
      'the model is away',
    );
    expect(asked.map(({ sku }) => sku)).toEqual(['broken', 'tin']);
  });
});
