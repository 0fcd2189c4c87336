import { describe, expect, test } from 'vitest';
import { liveVersion, newestVersion, stateOf } from '#core/domain/content/product-texts.ts';
import type { DrafterAnswer } from '#core/ports/content-drafter.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { apron, cutOff, draft, honest, invented, of, request, rules, setUp } from './drafting.ts';

describe('a product without texts', () => {
  test('is drafted from its facts, and what a rule lets pass is in use at once', async () => {
    const { draftIt, asked, contents, bus } = setUp({ answers: [draft(honest)] });

    const outcome = await draftIt(request);

    expect(asked).toMatchObject([{ locale: 'en-GB', kinds: ['care'], wanted: [] }]);
    expect(asked[0]?.facts.map(({ id }) => id)).toContain('washing');
    expect(outcome).toMatchObject({ calls: 1, inputTokens: 1_000, outputTokens: 100 });
    expect(outcome.usd).toBeCloseTo(0.002, 10);
    expect(outcome.texts).toContainEqual({
      locale: 'en-GB',
      kind: 'care',
      outcome: 'approved',
      version: 1,
    });
    const live = liveVersion(await contents.read(of), 'care');
    expect(live).toMatchObject({ blocks: [honest], risk: 'low', tokens: 1_100 });
    expect(live?.decisions).toMatchObject([{ verdict: 'approve', by: 'rule: simple goods' }]);
    expect(bus.events).toMatchObject([
      {
        type: 'ContentDrafted',
        detail: { kind: 'care', version: 1, state: 'approved', rules: [] },
      },
    ]);
  });

  test('waits for a person where no rule lets it pass', async () => {
    const change = { config: { ...rules, approval: [] } };
    const { draftIt, contents } = setUp({ answers: [draft(honest)], change });

    await draftIt(request);

    const texts = await contents.read(of);
    expect(liveVersion(texts, 'care')).toBeUndefined();
    expect(newestVersion(texts, 'care')).toMatchObject({ decisions: [], violations: [] });
  });

  test('is asked for again with what was wrong, and keeps the better draft', async () => {
    const { draftIt, asked, contents } = setUp({ answers: [draft(invented), draft(honest)] });

    const outcome = await draftIt(request);

    expect(asked[1]?.refused).toMatchObject([{ kind: 'care', violations: [{ block: 0 }] }]);
    expect(outcome.calls).toBe(2);
    expect(liveVersion(await contents.read(of), 'care')?.blocks).toEqual([honest]);
  });

  test('gets no text that breaks a rule, but what was refused is kept with the rule', async () => {
    const { draftIt, contents, bus } = setUp({ answers: [draft(invented), draft(invented)] });

    const { texts } = await draftIt(request);

    expect(texts.find(({ kind }) => kind === 'care')?.outcome).toBe('refused');
    const version = newestVersion(await contents.read(of), 'care');
    expect(version && stateOf(version)).toBe('refused');
    expect(bus.events).toMatchObject([{ detail: { state: 'refused' } }]);
  });

  test('gets none of what was cut off, and the next attempt’s', async () => {
    const { draftIt, asked } = setUp({ answers: [cutOff, draft(honest)] });

    const { texts, outputTokens } = await draftIt(request);

    expect(asked).toHaveLength(2);
    expect(outputTokens).toBe(4_100);
    expect(texts.find(({ kind }) => kind === 'care')?.outcome).toBe('approved');
  });

  test('gets nothing when every attempt is cut off', async () => {
    const { draftIt, contents } = setUp({ answers: [cutOff, cutOff] });

    const { texts } = await draftIt(request);

    expect(texts.find(({ kind }) => kind === 'care')?.outcome).toBe('unusable');
    expect((await contents.read(of)).versions).toEqual([]);
  });

  test('passes the guardrail after our own checks, which has a say too', async () => {
    const guarded: string[] = [];
    const guardrail = {
      check: async ({ text }: { readonly text: string }) => {
        guarded.push(text);
        return ['grounding 0.31 is below 0.7'];
      },
    };
    const { draftIt } = setUp({
      answers: [draft(invented), draft(honest)],
      change: { guardrail },
    });

    const { texts } = await draftIt(request);

    expect(guarded).toEqual([honest.text]);
    expect(texts).toContainEqual({
      locale: 'en-GB',
      kind: 'care',
      outcome: 'refused',
      version: 1,
      rules: ['guardrail'],
    });
  });
});

describe('a draft that was made', () => {
  test('is not made again from the same facts', async () => {
    const { draftIt, asked } = setUp({ answers: [draft(honest)] });
    await draftIt(request);

    const { calls, texts } = await draftIt({ ...request, requestId: 'request-2' });

    expect(asked).toHaveLength(1);
    expect(calls).toBe(0);
    expect(texts.find(({ kind }) => kind === 'care')?.outcome).toBe('unchanged');
  });

  test('is not made again when it was refused', async () => {
    const { draftIt, asked } = setUp({ answers: [draft(invented), draft(invented)] });
    await draftIt(request);

    await draftIt({ ...request, requestId: 'request-2' });

    expect(asked).toHaveLength(2);
  });

  test('is made again once a fact that it cites has changed', async () => {
    const { draftIt, asked, catalogue } = setUp({ answers: [draft(honest), draft(honest)] });
    await draftIt(request);
    const attributes = [
      {
        id: 'washing',
        type: 'care',
        text: { en: 'Wash the apron at 30 °C, inside out, with similar colours.' },
      } as const,
    ];
    await catalogue.save({ ...apron, attributes, updatedAt: '2026-03-05T00:00:00.000Z' });

    await draftIt({ ...request, requestId: 'request-2' });

    expect(asked).toHaveLength(2);
  });

  test('is told of although the bus was away when it was written', async () => {
    const { draftIt, bus } = setUp({ answers: [draft(honest)], busBreaks: breaksOnce() });

    await expect(draftIt(request)).rejects.toThrow(/bus/);
    await draftIt(request);

    expect(bus.events).toMatchObject([{ type: 'ContentDrafted' }]);
  });
});

describe('a kind that nothing came of', () => {
  const nothing: DrafterAnswer = {
    kind: 'draft',
    use: { inputTokens: 1_000, outputTokens: 10 },
    draft: { texts: [], proposals: [] },
  };

  test.each([
    ['was left out', [nothing], 'not-written'],
    ['was cut off', [cutOff, cutOff], 'unusable'],
  ])('since it %s is not asked for with every order', async (_, answers, outcome) => {
    const { draftIt, asked } = setUp({ answers });

    const { texts } = await draftIt(request);
    const again = await draftIt({ ...request, requestId: 'request-2' });

    expect(texts.find(({ kind }) => kind === 'care')?.outcome).toBe(outcome);
    expect(again.calls).toBe(0);
    expect(asked).toHaveLength(answers.length);
  });

  test('is asked for again by somebody who wants that', async () => {
    const { draftIt } = setUp({ answers: [nothing, draft(honest)] });
    await draftIt(request);

    const { texts } = await draftIt({ ...request, requestId: 'request-2', again: true });

    expect(texts.find(({ kind }) => kind === 'care')?.outcome).toBe('approved');
  });
});
