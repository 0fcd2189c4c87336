import { describe, expect, test } from 'vitest';
import { checkRules } from '#core/domain/content/checks/rules.ts';
import { contentKinds } from '#core/domain/content/content.ts';
import { badTexts, honestTexts, products, violationsOf } from './fixtures.ts';

const count = <Value>(all: readonly Value[], isCounted: (value: Value) => boolean): number =>
  all.filter(isCounted).length;

describe('the set', () => {
  test('is large enough, in both languages', () => {
    expect(products.length).toBeGreaterThanOrEqual(25);
    expect(badTexts.length).toBeGreaterThanOrEqual(170);
    expect(honestTexts.length).toBeGreaterThanOrEqual(110);
    for (const language of ['en', 'de']) {
      expect(count(badTexts, (each) => each.language === language)).toBeGreaterThanOrEqual(75);
      expect(count(honestTexts, (each) => each.language === language)).toBeGreaterThanOrEqual(50);
    }
  });

  test('has honest texts of every kind', () => {
    expect(new Set(honestTexts.map(({ kind }) => kind))).toEqual(new Set(contentKinds));
  });

  test('breaks every rule of a text at least four times', () => {
    const rules = Object.keys(checkRules).filter((rule) => rule !== 'schema');

    const rare = rules.filter((rule) => count(badTexts, (each) => each.rule === rule) < 4);

    expect(rare).toEqual([]);
  });
});

describe('a bad text is refused for its rule, where it breaks it', () => {
  test.each(badTexts)('$rule, $product $language: $note', (bad) => {
    const found = violationsOf(bad);

    expect(found).toContainEqual(expect.objectContaining({ rule: bad.rule }));
    expect(found.filter(({ rule }) => rule === bad.rule).map(({ block }) => block)).toContain(
      bad.block,
    );
  });
});

describe('an honest text passes', () => {
  test.each(honestTexts)('$product $language $kind', (honest) => {
    expect(violationsOf(honest)).toEqual([]);
  });
});
