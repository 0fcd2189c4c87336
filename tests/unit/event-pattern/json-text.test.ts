import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidJson, nodeOf, parseJson, writeJson } from '#rehearsal/event-pattern/json-text.ts';

describe('reading JSON text', () => {
  test('keeps the digits of numbers, the order of names and their repetition', () => {
    const text = '{"b":[1.0,12345678901234567890,1e0],"2":true,"1":null,"b":""}';

    expect(writeJson(parseJson(text))).toBe(text);
  });

  test('agrees with the parser of the language on every JSON value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(writeJson(parseJson(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('a plain value is what its text says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(nodeOf(value)).toEqual(parseJson(JSON.stringify(value)));
      }),
    );
    const sparse = { at: undefined, list: [Number.NaN, -0, 1e21], at2: { '1': 1, a: true } };
    expect(nodeOf(sparse)).toEqual(parseJson(JSON.stringify(sparse)));
  });

  test.each([[new Date(0)], [{ at: new Date(0) }], [[() => 1]], [{ n: 1n }]])(
    'what is not plain is no node: %#',
    (value) => expect(nodeOf(value)).toBeUndefined(),
  );

  test('agrees with the parser of the language on what is JSON', () => {
    const nearly = fc.string({
      unit: fc.constantFrom(...'{}[]",:\\ue0-1+.ntrflas \n\u0001'.split('')),
    });
    fc.assert(
      fc.property(nearly, (text) => {
        expect(isTaken(parseJson, text)).toBe(isTaken(JSON.parse, text));
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    '',
    '  ',
    '{',
    '{"a"}',
    '{"a":1,}',
    '[1,]',
    '01',
    '.5',
    '1.',
    '"\t"',
    '"\\x"',
    "{'a':1}",
  ])('refuses %j', (text) => {
    expect(() => parseJson(text)).toThrow(InvalidJson);
  });

  test('refuses nesting beyond a thousand', () => {
    expect(() => parseJson('['.repeat(1000) + ']'.repeat(1000))).not.toThrow();
    expect(() => parseJson('['.repeat(1001) + ']'.repeat(1001))).toThrow('nested deeper than 1000');
  });
});

const isTaken = (parse: (text: string) => unknown, text: string): boolean => {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
};
