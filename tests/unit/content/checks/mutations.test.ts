import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContentBlock } from '#core/domain/content/content.ts';
import { type FixtureText, factsOf, honestTexts, violationsOf } from './fixtures.ts';

const rulesOf = (text: FixtureText): readonly string[] =>
  violationsOf(text).map(({ rule }) => rule);

const withBlock = (
  text: FixtureText,
  at: number,
  change: (block: ContentBlock) => string,
): FixtureText => ({
  ...text,
  blocks: text.blocks.map((block, index) =>
    index === at ? { ...block, text: change(block) } : block,
  ),
});

/** Each honest text with each of its blocks. */
const places = honestTexts.flatMap((text) => text.blocks.map((block, at) => ({ text, block, at })));

const pick = <Value>(values: readonly Value[]) => fc.constantFrom(...values);

describe('an honest text that is changed is refused', () => {
  test('with one number changed', () => {
    const numbered = places.filter(({ block }) =>
      /(?<![\p{L}\d.,/])\d+(?![\d.,]*\d|\p{L})/u.test(block.text),
    );

    fc.assert(
      fc.property(pick(numbered), fc.integer({ min: 1013, max: 9977 }), ({ text, at }, number) => {
        const changed = withBlock(text, at, ({ text: words }) =>
          words.replace(/(?<![\p{L}\d.,/])\d+(?![\d.,]*\d|\p{L})/u, String(number)),
        );

        const rules = rulesOf(changed);

        expect(
          ['number', 'unit', 'temperature', 'warning-dropped'].some((rule) => rules.includes(rule)),
        ).toBe(true);
      }),
    );
  });

  test('with a warning block dropped', () => {
    const warned = places.filter(
      ({ text, block }) => block.style === 'warning' && text.blocks.length > 1,
    );

    fc.assert(
      fc.property(pick(warned), ({ text, at }) => {
        const changed = { ...text, blocks: text.blocks.filter((_, index) => index !== at) };

        expect(rulesOf(changed)).toContain('warning-dropped');
      }),
    );
  });

  test('with a warning turned into a paragraph', () => {
    const warned = places.filter(({ block }) => block.style === 'warning');

    fc.assert(
      fc.property(pick(warned), ({ text, at }) => {
        const blocks = text.blocks.map((block, index) =>
          index === at ? { ...block, style: 'paragraph' as const } : block,
        );

        expect(rulesOf({ ...text, blocks })).toContain('warning-dropped');
      }),
    );
  });

  test('with a material swapped for another', () => {
    const others = {
      en: ['ebony', 'pewter', 'mohair', 'granite', 'nubuck'],
      de: ['Ebenholz', 'Hartzinn', 'Mohair', 'Granit', 'Nubuk'],
    };
    const swaps = {
      en: /\b(?:stainless steel|oak|cotton|merino wool|linen|beech|walnut|stoneware|cork|leather|terracotta)\b/iu,
      de: /(?<!\p{L})(?:Edelstahl|Eiche|Bio-Baumwolle|Merinowolle|Leinen|Buche|Nussbaum|Kork|Leder|Terrakotta|Keramik)(?!\p{L})/u,
    };
    const made = places.flatMap((place) => {
      const { language } = place.text;
      return (language === 'en' || language === 'de') && swaps[language].test(place.block.text)
        ? [{ ...place, language } as const]
        : [];
    });

    fc.assert(
      fc.property(pick(made), fc.nat(4), ({ text, at, language }, other) => {
        const changed = withBlock(text, at, ({ text: words }) =>
          words.replace(swaps[language], others[language][other] ?? ''),
        );

        const rules = rulesOf(changed);

        expect(['material', 'warning-dropped'].some((rule) => rules.includes(rule))).toBe(true);
      }),
    );
  });

  test('with an address added', () => {
    fc.assert(
      fc.property(pick(places), fc.domain(), ({ text, at }, domain) => {
        const changed = withBlock(text, at, ({ text: words }) => `${words} https://${domain}`);

        expect(violationsOf(changed)).toContainEqual(
          expect.objectContaining({ rule: 'link', block: at }),
        );
      }),
    );
  });

  test('with a hidden character in a word', () => {
    fc.assert(
      fc.property(
        pick(places),
        pick(['\u200b', '\u200d', '\u202e', '\u00ad', '\ufeff', '\u2066', '\u0000']),
        ({ text, at }, hidden) => {
          const changed = withBlock(
            text,
            at,
            ({ text: words }) => `${words.slice(0, 3)}${hidden}${words.slice(3)}`,
          );

          expect(violationsOf(changed)).toContainEqual(
            expect.objectContaining({ rule: 'markup', block: at }),
          );
        },
      ),
    );
  });

  test('with its facts no longer cited', () => {
    fc.assert(
      fc.property(pick(places), ({ text, at }) => {
        const blocks = text.blocks.map((block, index) =>
          index === at ? { ...block, facts: [] } : block,
        );

        expect(violationsOf({ ...text, blocks })).toContainEqual(
          expect.objectContaining({ rule: 'uncited', block: at }),
        );
      }),
    );
  });
});

test('whatever a text is made of, it is checked, and nothing of it throws', () => {
  const [honest] = honestTexts;
  if (honest === undefined) throw new Error('honest.jsonl is empty.');

  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom('en', 'de'),
      (words, language) => {
        const blocks = [{ style: 'paragraph' as const, text: words, facts: ['name', 'toString'] }];

        const found = violationsOf({ ...honest, language, blocks });

        expect(found.map(({ rule }) => rule)).toContain('unknown-fact');
      },
    ),
  );
});

describe('an honest text stays honest', () => {
  test('with its paragraphs in another order', () => {
    const loose = honestTexts.filter(({ blocks }) => blocks.every(({ style }) => style !== 'step'));

    fc.assert(
      fc.property(
        pick(loose).chain((text) =>
          fc
            .shuffledSubarray([...text.blocks], { minLength: text.blocks.length })
            .map((blocks) => ({ ...text, blocks })),
        ),
        (shuffled) => {
          expect(violationsOf(shuffled)).toEqual([]);
        },
      ),
    );
  });

  test('when it cites more than it needs, of facts without warnings', () => {
    fc.assert(
      fc.property(pick(places), ({ text, at }) => {
        const more = factsOf(text.product, text.language).filter(({ type }) => type === 'category');
        const blocks = text.blocks.map((block, index) =>
          index === at && block.style !== 'warning'
            ? { ...block, facts: [...block.facts, ...more.map(({ id }) => id)] }
            : block,
        );

        expect(violationsOf({ ...text, blocks })).toEqual([]);
      }),
    );
  });
});
