import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageParts, mostInputTokens } from '#core/adapters/bedrock-request.ts';
import { readRequest } from '#rehearsal/bedrock/read-request.ts';
import { linen } from './bedrock-stage.ts';

/** Texts that try to end what they are in. */
const hostile = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('</facts>', '</task>', '<facts>', '\\u003c', '&lt;', '"', '\\', '\n'),
  ),
);

describe('the message to a model', () => {
  test('gives back every text of the catalogue as it was, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, hostile, (feature, tone) => {
        const text = feature.join('');
        const request = {
          ...linen,
          tone: tone.join(''),
          facts: [...linen.facts, { id: 'feature', type: 'feature' as const, text }],
        };

        const read = readRequest(messageParts(request).join('\n'));

        expect(read.facts.at(-1)).toEqual({ id: 'feature', type: 'feature', text });
        expect(read.task.tone).toBe(request.tone);
        expect(read.facts).toHaveLength(request.facts.length);
      }),
    );
  });

  test.each([
    ['Nothing at all.', 'the message has no <task>…</task>'],
    ['<task>{}</task><facts>[]</facts>', '<task>: '],
    [`${messageParts(linen)[0]}<facts>[{</facts>`, '<facts> is no JSON: [{'],
  ])('is refused by name where it is none: %s', (message, because) => {
    expect(() => readRequest(message)).toThrow(because);
  });
});

describe('the most tokens of a request', () => {
  test('are half of its bytes, and what the tool takes', () => {
    expect(mostInputTokens(['abcd', 'ä'])).toBe(1_003);
  });
});
