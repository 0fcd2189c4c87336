import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileEventPattern } from '#rehearsal/event-pattern/compile-event-pattern.ts';
import { InvalidEvent, matchesEvent } from '#rehearsal/event-pattern/matches-event.ts';

const matches = (pattern: unknown, event: unknown): boolean =>
  matchesEvent(compileEventPattern(pattern), event);

/** aws/event-ruler, ComparableNumber.java and JsonRuleCompiler.writeRules. */
describe('numbers', () => {
  test.each(['1', '1.0', '1e0', '10e-1', '0.1E+1'])('%s is one', (lexeme) => {
    expect(matches('{"a":[1]}', `{"a":${lexeme}}`)).toBe(true);
    expect(matches(`{"a":[${lexeme}]}`, { a: 1 })).toBe(true);
  });

  test('minus zero is zero', () => {
    expect(matches('{"a":[0]}', '{"a":-0.0}')).toBe(true);
  });

  test('are not the text that spells them', () => {
    expect(matches({ a: [1] }, { a: '1' })).toBe(false);
    expect(matches({ a: ['1'] }, { a: 1 })).toBe(false);
  });

  test('beyond what a double holds are equal when spelt alike', () => {
    const id = '820982911946154508';

    expect(matches(`{"a":[${id}]}`, `{"a":${id}}`)).toBe(true);
    expect(matches('{"a":[9007199254740993]}', '{"a":9007199254740993}')).toBe(true);
    expect(matches('{"a":[9007199254740993]}', '{"a":9007199254740992}')).toBe(false);
    expect(matches('{"a":[9007199254740993]}', '{"a":9007199254740993.0}')).toBe(false);
  });

  test('beyond what a double holds have no order', () => {
    expect(matches('{"a":[{"numeric":[">",0]}]}', '{"a":9007199254740993}')).toBe(false);
    expect(matches('{"a":[{"numeric":[">",0]}]}', '{"a":9007199254740992}')).toBe(true);
  });

  test('beyond what a double holds are anything but another number', () => {
    expect(matches('{"a":[{"anything-but":9007199254740992}]}', '{"a":9007199254740993}')).toBe(
      true,
    );
  });

  test.each([
    ['["<",5]', ['4.999999', '-1e300'], ['5', '5.000001']],
    ['["<=",5]', ['5', '5.0'], ['5.000001']],
    ['[">",5]', ['5.000001', '1e300'], ['5']],
    ['[">=",-5.5]', ['-5.5', '0'], ['-5.500001']],
    ['[">",0,"<",1]', ['0.5'], ['0', '1']],
    ['[">=",0,"<=",1]', ['0', '1'], ['-0.1', '1.1']],
  ])('numeric %s takes %j and leaves %j', (operand, taken, left) => {
    for (const lexeme of taken) {
      expect(matches(`{"a":[{"numeric":${operand}}]}`, `{"a":${lexeme}}`)).toBe(true);
    }
    for (const lexeme of left) {
      expect(matches(`{"a":[{"numeric":${operand}}]}`, `{"a":${lexeme}}`)).toBe(false);
    }
  });

  test('numeric ranges order as numbers do', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(number, number, number, (a, b, value) => {
        fc.pre(a < b);
        const pattern = { a: [{ numeric: ['>=', a, '<', b] }] };
        expect(matches(pattern, { a: value })).toBe(value >= a && value < b);
      }),
    );
  });
});

describe('texts', () => {
  test('true, false and null are not the texts that spell them', () => {
    for (const literal of [true, false, null]) {
      expect(matches({ a: [literal] }, { a: literal })).toBe(true);
      expect(matches({ a: [literal] }, { a: String(literal) })).toBe(false);
      expect(matches({ a: [String(literal)] }, { a: literal })).toBe(false);
    }
  });

  test('an escape in JSON is the character', () => {
    expect(matches('{"a":["\\u96e8"]}', '{"a":"雨"}')).toBe(true);
    expect(matches({ a: [{ suffix: '雨' }] }, { a: '大雨' })).toBe(true);
    expect(matches({ a: [{ prefix: '大' }] }, { a: '大雨' })).toBe(true);
  });

  test('a composed and a decomposed letter differ', () => {
    expect(matches({ a: ['\u00e9'] }, { a: 'e\u0301' })).toBe(false);
  });

  test('an empty prefix or suffix holds for every text and for nothing else', () => {
    for (const operator of ['prefix', 'suffix']) {
      expect(matches({ a: [{ [operator]: '' }] }, { a: '' })).toBe(true);
      expect(matches({ a: [{ [operator]: '' }] }, { a: 5 })).toBe(false);
      expect(matches({ a: [{ [operator]: '' }] }, { a: null })).toBe(false);
    }
  });

  test('exactly is the long form of a text', () => {
    expect(matches({ a: [{ exactly: 'x' }] }, { a: 'x' })).toBe(true);
    expect(matches({ a: [{ exactly: 'x' }] }, { a: 'X' })).toBe(false);
  });

  test('prefix and suffix agree with those of the language', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (affix, value) => {
        fc.pre(!affix.includes('"'));
        expect(matches({ a: [{ prefix: affix }] }, { a: value })).toBe(value.startsWith(affix));
        expect(matches({ a: [{ suffix: affix }] }, { a: value })).toBe(value.endsWith(affix));
      }),
    );
  });
});

describe('anything-but', () => {
  test('is the opposite of what it excludes on every value that is there', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const operand = fc.oneof(
      fc.string().map((text) => [text, text]),
      fc.integer().map((number) => [number, number]),
      fc.string({ minLength: 1 }).map((prefix) => [{ prefix }, { prefix }]),
      fc.string({ minLength: 1 }).map((suffix) => [{ suffix }, { suffix }]),
      fc.string().map((text) => [{ 'equals-ignore-case': text }, { 'equals-ignore-case': text }]),
    );
    fc.assert(
      fc.property(operand, scalar, ([plain, excluded], value) => {
        expect(matches({ a: [{ 'anything-but': excluded }] }, { a: value })).toBe(
          !matches({ a: [plain] }, { a: value }) || isAddressLike(plain),
        );
      }),
    );
  });

  test('takes lists of every kind', () => {
    const leaves = (operand: unknown, value: unknown) =>
      !matches({ a: [{ 'anything-but': operand }] }, { a: value });

    expect(leaves(['x', 'y'], 'y')).toBe(true);
    expect(leaves([1, 2], 2.0)).toBe(true);
    expect(leaves([1, 2], '2')).toBe(false);
    expect(leaves({ prefix: ['us-', 'eu-'] }, 'eu-west-1')).toBe(true);
    expect(leaves({ suffix: ['.png', '.jpg'] }, 'a.jpg')).toBe(true);
    expect(leaves({ 'equals-ignore-case': ['x', 'y'] }, 'Y')).toBe(true);
    expect(leaves({ wildcard: ['a*', '*b'] }, 'cab')).toBe(true);
    expect(leaves({ wildcard: ['a*', '*b'] }, 'bac')).toBe(false);
  });

  test('needs a value: a missing field does not match', () => {
    expect(matches({ a: [{ 'anything-but': 'x' }] }, { b: 'y' })).toBe(false);
    expect(matches({ a: [{ 'anything-but': 'x' }] }, { a: [] })).toBe(false);
  });

  test('is satisfied by one element of an array', () => {
    expect(matches({ a: [{ 'anything-but': 'x' }] }, { a: ['x', 'y'] })).toBe(true);
    expect(matches({ a: [{ 'anything-but': 'x' }] }, { a: ['x', 'x'] })).toBe(false);
  });

  test('of an address compares texts', () => {
    expect(matches({ a: [{ 'anything-but': '10.0.0.1' }] }, { a: '10.0.0.01' })).toBe(true);
  });
});

const isAddressLike = (value: unknown): boolean =>
  typeof value === 'string' && /^[\d.:a-f]+$/i.test(value);

describe('several entries for a field', () => {
  test('match when one does', () => {
    const pattern = { a: ['x', { prefix: 'y' }, { numeric: ['>', 5] }, { exists: false }] };

    expect(matches(pattern, { a: 'x' })).toBe(true);
    expect(matches(pattern, { a: 'yes' })).toBe(true);
    expect(matches(pattern, { a: 6 })).toBe(true);
    expect(matches(pattern, {})).toBe(true);
    expect(matches(pattern, { a: 5 })).toBe(false);
  });

  test('a block of addresses beside a prefix leaves the prefix be', () => {
    const pattern = { a: [{ cidr: '10.0.0.0/8' }, { prefix: '192.' }, 'host', 7] };

    expect(matches(pattern, { a: '192.168.0.1' })).toBe(true);
    expect(matches(pattern, { a: '10.1.1.1' })).toBe(true);
    expect(matches(pattern, { a: 'host' })).toBe(true);
    expect(matches(pattern, { a: 7 })).toBe(true);
  });
});

describe('names', () => {
  test('of repeated objects in a pattern all fields count', () => {
    const pattern = '{"d":{"a":[1]},"d":{"b":[1]}}';

    expect(matches(pattern, { d: { a: 1, b: 1 } })).toBe(true);
    expect(matches(pattern, { d: { b: 1 } })).toBe(false);
  });

  test('a field that has to be a leaf and an object at once matches nothing', () => {
    expect(matches({ a: ['x'], 'a.b': ['y'] }, { a: 'x' })).toBe(false);
    expect(matches({ a: ['x'], 'a.b': ['y'] }, { a: ['x', { b: 'y' }] })).toBe(true);
  });

  test('like those of every object are names like others', () => {
    expect(matches('{"__proto__":["x"]}', '{"__proto__":"x"}')).toBe(true);
    expect(matches({ constructor: [{ exists: true }] }, {})).toBe(false);
  });

  test('may be empty', () => {
    expect(matches({ '': ['x'] }, { '': 'x' })).toBe(true);
    expect(matches({ '': ['x'] }, { a: 'x' })).toBe(false);
  });
});

describe('the event', () => {
  test('may be text or an object', () => {
    expect(matches({ a: ['x'] }, '{"a":"x"}')).toBe(true);
    expect(matches({ a: ['x'] }, { a: 'x' })).toBe(true);
  });

  test.each([['[]'], ['"x"'], ['5'], ['null'], [[]], [5], [null]])(
    '%j is no object and says so',
    (event) => {
      expect(() => matches({ a: ['x'] }, event)).toThrow(
        new InvalidEvent('Event must be a JSON object'),
      );
    },
  );

  test('that is no JSON says where', () => {
    expect(() => matches({ a: ['x'] }, '{"a":}')).toThrow(
      'Event is not valid. Invalid JSON: unexpected "}" at position 5',
    );
  });

  test('matches a pattern made of its own leaves', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const event = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), leaf, {
      minKeys: 1,
      maxKeys: 5,
    });
    fc.assert(
      fc.property(event, (fact) => {
        const pattern = Object.fromEntries(
          Object.entries(fact).map(([name, value]) => [name, [value]]),
        );
        expect(matches(pattern, fact)).toBe(true);
      }),
    );
  });
});
