import { describe, expect, test } from 'vitest';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { DrafterAnswer } from '#core/ports/content-drafter.ts';
import { apron, draft, honest, invented, request, rules, setUp } from './drafting.ts';

describe('the budget', () => {
  test('is charged what the calls took', async () => {
    const { draftIt, budget } = setUp({ answers: [draft(invented), draft(honest)] });

    await draftIt(request);

    const { usd, tokens } = await budget.used('bought/2026-03');
    expect(tokens).toBe(2_200);
    expect(usd).toBeCloseTo(0.004, 10);
  });

  test('without room for the most that a call can take has no call made', async () => {
    const { draftIt, asked, budget } = setUp({ answers: [] });
    const tight = { ...request, budget: { name: 'run/a', limit: { usd: 1, tokens: 5_999 } } };

    expect((await draftIt(tight)).stopped).toBe('over-budget');

    expect(asked).toEqual([]);
    expect((await budget.used('run/a')).tokens).toBe(0);
  });

  test('has back what was set aside for a call that was not let in, not for one that broke off', async () => {
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    const { draftIt, budget } = setUp({ answers: [throttled, new Error('gone')] });

    await expect(draftIt(request)).rejects.toThrow('slow down');
    expect((await budget.used('bought/2026-03')).tokens).toBe(0);

    await expect(draftIt(request)).rejects.toThrow('gone');
    expect((await budget.used('bought/2026-03')).tokens).toBe(6_000);
  });
});

describe('a product', () => {
  test('that the catalogue does not know is drafted when it does', async () => {
    const { draftIt, asked } = setUp({ answers: [] });

    expect((await draftIt({ ...request, sku: 'HG-OTHER' })).stopped).toBe('unknown-item');

    expect(asked).toEqual([]);
  });

  test('that is drafted by another request is left to that', async () => {
    const { draftIt, asked, contents } = setUp({ answers: [] });
    await contents.claim({
      shop: 'hearth',
      sku: 'HG-APR',
      requestId: 'another',
      now: '2026-03-02T09:59:00.000Z',
      until: '2026-03-02T10:09:00.000Z',
    });

    expect((await draftIt(request)).stopped).toBe('being-drafted');

    expect(asked).toEqual([]);
  });

  test('with nothing to make a text of is not asked for', async () => {
    const { draftIt, asked } = setUp({ answers: [], item: { ...apron, attributes: [] } });

    const { texts } = await draftIt(request);

    expect(asked).toEqual([]);
    expect(new Set(texts.map(({ outcome }) => outcome))).toEqual(new Set(['no-facts']));
  });
});

describe('facts that nobody states', () => {
  const bare: CatalogItem = { ...apron, category: 'Novelties', facts: {} };
  const proposal = {
    fact: 'careCategory',
    value: 'textile',
    evidence: ['washing'],
    confidence: 0.95,
    because: 'It is washed at 30 °C.',
  } as const;
  const proposing: DrafterAnswer = {
    kind: 'draft',
    use: { inputTokens: 1_000, outputTokens: 100 },
    draft: { texts: [{ kind: 'care', blocks: [honest] }], proposals: [proposal] },
  };

  test('are proposed, and count at once where the configuration trusts them', async () => {
    const { draftIt, asked, catalogue } = setUp({
      answers: [proposing],
      item: bare,
      change: { config: { ...rules, factConfidence: 0.9 } },
    });

    const { facts } = await draftIt(request);

    expect(asked[0]?.wanted).toContain('careCategory');
    expect(facts).toEqual([{ fact: 'careCategory', outcome: 'approved' }]);
    const [item] = await catalogue.find('hearth', ['HG-APR']);
    expect(item?.approvedFacts).toEqual({ careCategory: 'textile' });
  });

  test('wait for a person otherwise', async () => {
    const { draftIt, catalogue, contents } = setUp({ answers: [proposing], item: bare });

    await draftIt(request);

    const [item] = await catalogue.find('hearth', ['HG-APR']);
    expect(item?.approvedFacts ?? {}).toEqual({});
    expect((await contents.readProposals('hearth', 'HG-APR')).facts).toMatchObject([
      { fact: 'careCategory', value: 'textile', decisions: [] },
    ]);
  });

  test('are not proposed again from the same facts', async () => {
    const { draftIt, asked } = setUp({ answers: [proposing], item: bare });
    await draftIt(request);

    await draftIt({ ...request, requestId: 'request-2' });

    expect(asked).toHaveLength(1);
  });
});
