import { describe, expect, test } from 'vitest';
import { detectLanguage } from '#core/adapters/eld-language.ts';
import { draftJsonSchema, readDraft } from '#core/contracts/draft-schema.ts';
import { checkProposal } from '#core/domain/content/checks/check-proposal.ts';
import { isSame, quantitiesOf } from '#core/domain/content/checks/quantities.ts';
import { riskOf } from '#core/domain/content/checks/risk.ts';
import { scoreText } from '#core/domain/content/checks/score-text.ts';
import { lix } from '#core/domain/content/checks/text-rules.ts';
import { ingredients } from '#core/domain/content/checks/lexicon/ingredients.ts';
import { materials } from '#core/domain/content/checks/lexicon/materials.ts';
import { factsOf, honestTexts } from './fixtures.ts';

describe('an amount is read', () => {
  test.each([
    ['1.5 l', 'en', '1500 ml', 'en'],
    ['1.5L', 'en', '1,5 l', 'de'],
    ['half a litre', 'en', '500 ml', 'en'],
    ['half an hour', 'en', '30 minutes', 'en'],
    ['eine halbe Stunde', 'de', '30 Minuten', 'de'],
    ['1 1/2 hours', 'en', '1 1/2 hours', 'en'],
    ['1½ Stunden', 'de', '90 Minuten', 'de'],
    ['10.000 mm', 'de', '10,000 mm', 'en'],
    ['two years', 'en', '24 months', 'en'],
    ['every two weeks', 'en', '14 days', 'en'],
    ['einmal im Monat', 'de', 'monthly', 'en'],
    ['eighty-five percent', 'en', '85 %', 'en'],
    ['fünfundachtzig Prozent', 'de', '85%', 'en'],
    ['30 degrees', 'en', '30 °C', 'en'],
    ['a dozen', 'en', '12', 'en'],
  ] as const)('%s (%s) as %s (%s)', (claim, language, fact, factLanguage) => {
    const [one] = quantitiesOf(claim, language);
    const [other] = quantitiesOf(fact, factLanguage);

    expect(one !== undefined && other !== undefined && isSame(one, other)).toBe(true);
  });

  test.each([
    ['30 °C', '30 °F'],
    ['30 °C', '86 °F'],
    ['1.5 l', '15 l'],
    ['12 months', '365 days'],
    ['30 g', '30 ml'],
    ['30', '30 g'],
  ])('%s is not %s', (claim, fact) => {
    const [one] = quantitiesOf(claim, 'en');
    const [other] = quantitiesOf(fact, 'en');

    expect(one !== undefined && other !== undefined && isSame(one, other)).toBe(false);
  });

  test('with the unit that a list or range says once', () => {
    const read = quantitiesOf('20 × 30 cm, from 2 to 4 minutes', 'en');

    expect(read.map(({ value, unit }) => [value, unit?.id])).toEqual([
      [20, 'cm'],
      [30, 'cm'],
      [2, 'min'],
      [4, 'min'],
    ]);
  });

  test('and a, one and second are none without a unit', () => {
    expect(quantitiesOf('One of the bars has a second lid and a bar of soap', 'en')).toEqual([]);
  });
});

describe('the lexicons', () => {
  test.each([
    ['materials', materials],
    ['ingredients', ingredients],
  ])('%s know at least 120 concepts, each once', (_, rows) => {
    expect(rows.length).toBeGreaterThanOrEqual(120);
    expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
  });
});

describe('a score', () => {
  test('is 1 for a fact word by word and low for words of its own', () => {
    const facts = factsOf('towel', 'en');
    const score = (text: string) =>
      scoreText({ language: 'en', facts, blocks: [{ style: 'paragraph', text, facts: ['care'] }] });

    expect(score('Machine wash at 60 °C. Tumble dry on low.')).toBe(1);
    expect(score('Clouds drift over quiet mountains.')).toBe(0);
  });

  test('of honest texts lies above one half in the middle', () => {
    const scores = honestTexts
      .map(({ product, language, blocks }) =>
        scoreText({ language, blocks, facts: factsOf(product, language) }),
      )
      .toSorted((a, b) => a - b);

    expect(scores[Math.floor(scores.length / 2)]).toBeGreaterThan(0.5);
  });

  test('is 0 in a language without lexicons', () => {
    expect(
      scoreText({
        language: 'fr',
        facts: [],
        blocks: [{ style: 'paragraph', text: 'coton', facts: [] }],
      }),
    ).toBe(0);
  });
});

describe('a risk', () => {
  const riskOfProduct = (sku: string, kind: 'care' | 'upsell', cited: readonly string[]) =>
    riskOf(kind, { facts: factsOf(sku, 'en'), cited: new Set(cited) });

  test('is high where the product has a warning, whether the guide cites it or not', () => {
    expect(riskOfProduct('kettle', 'care', ['descale'])).toBe('high');
  });

  test('is that of what it cites, for an offer', () => {
    expect(riskOfProduct('kettle', 'upsell', ['material'])).toBe('low');
    expect(riskOfProduct('kettle', 'upsell', ['power'])).toBe('medium');
  });

  test('is low for a textile without either, high once it counts as a cosmetic', () => {
    const facts = factsOf('merino', 'en');

    expect(riskOf('care', { facts, cited: new Set(), careCategory: 'textile' })).toBe('low');
    expect(riskOf('care', { facts, cited: new Set(), careCategory: 'cosmetic' })).toBe('high');
  });
});

describe('a proposal', () => {
  const facts = factsOf('granola', 'en');
  const proposal = {
    fact: 'daysOfSupply',
    value: 10,
    evidence: ['contents'],
    confidence: 0.8,
    because: 'Ten portions, one a day.',
  } as const;
  const rules = (changes: object) =>
    checkProposal({ ...proposal, ...changes }, facts).map(({ rule }) => rule);

  test.each([
    ['a number of the evidence', {}],
    ['a quotient of two', { value: 400 / 40 }],
    ['a category of care', { fact: 'careCategory', value: 'food', evidence: ['name'] }],
  ])('passes with %s', (_, changes) => {
    expect(rules(changes)).toEqual([]);
  });

  test.each([
    ['a number from nowhere', { value: 33 }, 'proposal-evidence'],
    ['no evidence', { evidence: [] }, 'proposal-evidence'],
    ['evidence that is none', { evidence: ['nowhere'] }, 'proposal-evidence'],
    ['the name alone', { evidence: ['name'] }, 'proposal-evidence'],
    ['too many days', { value: 4000 }, 'proposal-value'],
    ['words for days', { value: 'ten' }, 'proposal-value'],
    [
      'a kind that there is not',
      { fact: 'kind', value: 'edible', evidence: ['name'] },
      'proposal-value',
    ],
    ['more than certainty', { confidence: 1.2 }, 'proposal-confidence'],
    ['no number for confidence', { confidence: Number.NaN }, 'proposal-confidence'],
    ['a link', { because: 'See www.granola.example' }, 'proposal-because'],
    ['a long reason', { because: 'so '.repeat(200) }, 'proposal-because'],
  ])('with %s is refused', (_, changes, rule) => {
    expect(rules(changes)).toContain(rule);
  });
});

describe('an answer', () => {
  const good = {
    kind: 'care',
    blocks: [{ style: 'paragraph', text: 'Wash it.', facts: ['care'] }],
  };

  test('is read with what fits, and says what does not', () => {
    const read = readDraft({
      texts: [good, { kind: 'upsell', blocks: 'none' }, 7],
      proposals: [{}],
    });

    expect(read.ok && read.draft).toEqual({ texts: [good], proposals: [] });
    expect(read.ok && read.unread.map(({ kind, violation }) => [kind, violation.rule])).toEqual([
      ['upsell', 'schema'],
      [undefined, 'schema'],
      [undefined, 'schema'],
    ]);
  });

  test('has one text of a kind: the first', () => {
    const read = readDraft({ texts: [good, { ...good, blocks: [] }], proposals: [] });

    expect(read.ok && [read.draft.texts.length, read.unread.length]).toEqual([1, 1]);
  });

  test.each([['text'], [null], [{ proposals: [] }], [{ texts: [], proposals: [], more: 1 }]])(
    '%j is none',
    (value) => {
      expect(readDraft(value).ok).toBe(false);
    },
  );

  test('is asked for with plain keywords and every field described', () => {
    const json = JSON.stringify(draftJsonSchema);

    expect(json).not.toMatch(/\$schema|minimum|pattern|\$ref/);
    expect(json.match(/"description"/g)?.length).toBeGreaterThanOrEqual(12);
  });
});

describe('the language of a sentence', () => {
  test.each([
    ['Wipe the board with a damp cloth after use.', 'en'],
    ['Wischen Sie das Brett nach dem Gebrauch feucht ab.', 'de'],
    ['Nettoyez la poêle avec une éponge douce.', 'fr'],
  ])('%s is %s', (sentence, language) => {
    expect(detectLanguage(sentence)?.language).toBe(language);
  });
});

test('LIX is words a sentence and the percentage of long words', () => {
  // 10 words in 2 sentences, and one of the words has more than six letters: 5 + 10.
  expect(lix('The kettle boils the water. Instructions come with it, always.')).toBe(15);
});
