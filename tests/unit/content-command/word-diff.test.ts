import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffLines } from '../../../bin/content/review-in-words.ts';
import { wordDiff } from '../../../bin/content/word-diff.ts';

const words = fc.array(fc.constantFrom('wash', 'dry', 'at', '30', '40', '\n'), { maxLength: 12 });

describe('a difference of words', () => {
  test('gives back both texts', () => {
    fc.assert(
      fc.property(words, words, (old, late) => {
        const parts = wordDiff(old, late);

        const without = (kind: string) =>
          parts.filter((part) => part.kind !== kind).flatMap((part) => part.words);
        expect(without('added')).toEqual(old);
        expect(without('removed')).toEqual(late);
      }),
    );
  });

  test('marks nothing of a text that is the same', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(wordDiff(text, text).every(({ kind }) => kind === 'same')).toBe(true);
      }),
    );
  });

  test('marks no more than what stands between the words of a sentence that stay', () => {
    fc.assert(
      fc.property(words, words, (text, more) => {
        const marked = wordDiff(text, [...text, ...more]).filter(({ kind }) => kind !== 'same');

        expect(marked.flatMap((part) => part.words)).toHaveLength(more.length);
      }),
    );
  });

  test('says first what goes and then what comes instead', () => {
    expect(wordDiff(['wash', 'at', '40', 'daily'], ['wash', 'at', '30', 'daily'])).toEqual([
      { kind: 'same', words: ['wash', 'at'] },
      { kind: 'removed', words: ['40'] },
      { kind: 'added', words: ['30'] },
      { kind: 'same', words: ['daily'] },
    ]);
  });

  test('is printed with a line for each block', () => {
    const lines = diffLines(wordDiff(['wash', 'it', '\n', 'dry'], ['wash', 'them', '\n', 'air']));

    expect(lines).toEqual(['    wash [-it-] {+them+}', '    [-dry-] {+air+}']);
  });

  test('that takes a whole block away is printed block by block', () => {
    const lines = diffLines(wordDiff(['wash', '\n', 'dry', 'it'], ['wash']));

    expect(lines).toEqual(['    wash', '    [-dry it-]']);
  });
});
