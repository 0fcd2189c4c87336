import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileEventPattern } from '#rehearsal/event-pattern/compile-event-pattern.ts';
import { InvalidEventPattern } from '#rehearsal/event-pattern/invalid-event-pattern.ts';

const reasonOf = (pattern: unknown): string => {
  try {
    compileEventPattern(pattern);
    return 'valid';
  } catch (error) {
    return error instanceof InvalidEventPattern ? error.reason : `not a refusal: ${String(error)}`;
  }
};

const field = (entry: string): string => reasonOf(`{"a":[${entry}]}`);

/** Wording and order of checks: aws/event-ruler, JsonRuleCompiler.java. */
describe('the shape of a pattern', () => {
  test.each([
    ['[]', 'Filter is not an object'],
    ['"x"', 'Filter is not an object'],
    ['5', 'Filter is not an object'],
    ['{}', 'Empty objects are not allowed'],
    ['{"detail":{}}', 'Empty objects are not allowed'],
    ['{"a":[]}', 'Empty arrays are not allowed'],
    ['{"a":"x"}', '"a" must be an object or an array'],
    ['{"a":{"b":null}}', '"b" must be an object or an array'],
    ['{"a":[["x"]]}', 'Match value must be String, number, true, false, or null'],
    ['{"a":["x"]', 'Invalid JSON: unexpected end of text'],
    ['{"a":["x"]} {}', 'Invalid JSON: unexpected "{" at position 12'],
    ['{"a":[NaN]}', 'Invalid JSON: unexpected "N" at position 6'],
  ])('%s is refused: %s', (pattern, reason) => {
    expect(reasonOf(pattern)).toBe(reason);
  });

  test('the message is the one that the service sends', () => {
    expect(() => compileEventPattern({ source: 'orders' })).toThrow(
      'Event pattern is not valid. Reason: "source" must be an object or an array',
    );
  });

  test('more than 4096 characters are refused', () => {
    const overhead = '{"a":[""]}'.length;

    expect(reasonOf({ a: ['x'.repeat(4096 - overhead)] })).toBe('valid');
    expect(reasonOf({ a: ['x'.repeat(4097 - overhead)] })).toBe(
      'Member must have length less than or equal to 4096, got 4097',
    );
  });

  test('more than 256 fields are refused', () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, [1]]));

    expect(reasonOf(fields(256))).toBe('valid');
    expect(reasonOf(fields(257))).toBe('Size of rule exceeds max value of 256');
  });

  test('a value that JSON cannot say is refused, not thrown on', () => {
    const circular: Record<string, unknown> = {};
    circular['a'] = circular;

    expect(reasonOf(circular)).toBe('Invalid JSON: the value cannot be written as JSON');
    expect(reasonOf({ a: [10n] })).toBe('Invalid JSON: the value cannot be written as JSON');
    expect(reasonOf(undefined)).toBe('Invalid JSON: unexpected "u" at position 0');
  });
});

describe('match expressions', () => {
  test.each([
    ['{}', 'Match expression name not found'],
    ['{"foo":"x"}', 'Unrecognized match type foo'],
    ['{"constructor":"x"}', 'Unrecognized match type constructor'],
    ['{"exactly":1}', 'exact match pattern must be a string'],
    ['{"prefix":1}', 'prefix match pattern must be a string'],
    ['{"prefix":["x"]}', 'prefix match pattern must be a string'],
    ['{"prefix":{}}', 'Prefix expression name not found'],
    ['{"prefix":{"suffix":"x"}}', 'Unsupported prefix pattern: suffix'],
    ['{"prefix":{"equals-ignore-case":1}}', 'equals-ignore-case match pattern must be a string'],
    ['{"prefix":{"equals-ignore-case":"x","y":1}}', 'Only one key allowed in match expression'],
    ['{"prefix":"x","suffix":"y"}', 'Only one key allowed in match expression'],
    ['{"prefix":1,"suffix":"y"}', 'prefix match pattern must be a string'],
    ['{"suffix":null}', 'suffix match pattern must be a string'],
    ['{"suffix":{}}', 'Suffix expression name not found'],
    ['{"suffix":{"prefix":"x"}}', 'Unsupported suffix pattern: prefix'],
    ['{"equals-ignore-case":["x"]}', 'equals-ignore-case match pattern must be a string'],
    ['{"wildcard":1}', 'wildcard match pattern must be a string'],
    ['{"exists":"true"}', 'exists match pattern must be either true or false.'],
    ['{"exists":null}', 'exists match pattern must be either true or false.'],
    ['{"exists":true,"prefix":"x"}', 'Only one key allowed in match expression'],
  ])('%s is refused: %s', (entry, reason) => {
    expect(field(entry)).toBe(reason);
  });
});

describe('anything-but', () => {
  const MIXED =
    'Inside anything but list, either all values are number or string, mixed type is not supported';
  const SCALARS = 'Value of anything-but must be an array or single string/number value.';
  const LIST = 'Inside anything but list, start|null|boolean is not supported.';

  test.each([
    ['null', SCALARS],
    ['true', SCALARS],
    ['[]', MIXED],
    ['["x",1]', MIXED],
    ['["x",null]', LIST],
    ['[{"prefix":"x"}]', LIST],
    ['[9007199254740993]', 'Cannot compare number : 9007199254740993'],
    ['1e400', 'Cannot compare number : 1e400'],
    ['{}', 'Anything-But expression name not found'],
    ['{"exists":true}', 'Unsupported anything-but pattern: exists'],
    ['{"cidr":"10.0.0.0/8"}', 'Unsupported anything-but pattern: cidr'],
    ['{"prefix":null}', SCALARS],
    ['{"prefix":{"equals-ignore-case":"x"}}', SCALARS],
    ['{"prefix":1}', 'prefix/suffix match pattern must be a string'],
    ['{"suffix":["x",null]}', 'prefix/suffix match pattern must be a string'],
    ['{"prefix":""}', 'Null prefix/suffix not allowed'],
    ['{"suffix":["x",""]}', 'Null prefix/suffix not allowed'],
    ['{"prefix":[]}', 'Empty arrays are not allowed'],
    [
      '{"equals-ignore-case":[1]}',
      'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    ],
    ['{"wildcard":[1]}', 'wildcard match pattern must be a string'],
    ['{"wildcard":["ok","a**"]}', 'Consecutive wildcard characters at pos 2'],
    ['{"prefix":"x","suffix":"y"}', 'Too many elements in numeric expression'],
  ])('of %s is refused: %s', (operand, reason) => {
    expect(field(`{"anything-but":${operand}}`)).toBe(reason);
  });

  test('with a second key beside it is refused in the words for numbers', () => {
    expect(field('{"anything-but":"x","prefix":"y"}')).toBe(
      'Too many elements in numeric expression',
    );
  });
});

describe('numeric', () => {
  test.each([
    ['5', 'Value of numeric must be an array.'],
    ['[]', 'Invalid member in numeric match: ]'],
    ['[5]', 'Invalid member in numeric match: 5'],
    ['[{}]', 'Invalid member in numeric match: {'],
    ['["!=",5]', 'Unrecognized numeric range operator: !='],
    ['["="]', 'Value of equals must be numeric'],
    ['["=","5"]', 'Value of equals must be numeric'],
    ['["<",null]', 'Value of < must be numeric'],
    ['["<=",true]', 'Value of <= must be numeric'],
    ['[">"]', 'Value of > must be numeric'],
    ['[">=","x"]', 'Value of >= must be numeric'],
    ['["=",5,"<",6]', 'Too many elements in numeric expression'],
    ['["<",5,">",1]', 'Too many elements in numeric expression'],
    ['[">",5,6]', 'Bad value in numeric range: 6'],
    ['[">",5,"=",6]', 'Bad numeric range operator: ='],
    ['[">",5,"<"]', 'Value of < must be numeric'],
    ['[">",5,"<","6"]', 'Value of < must be numeric'],
    ['[">",5,"<",6,"<"]', 'Too many terms in numeric range expression'],
    ['[">",5,"<",5]', 'Bottom must be less than top'],
    ['[">=",6,"<=",5]', 'Bottom must be less than top'],
    ['["=",9007199254740993]', 'Cannot compare number : 9007199254740993'],
    ['[">",1e400]', 'Cannot compare number : 1e400'],
  ])('%s is refused: %s', (operand, reason) => {
    expect(field(`{"numeric":${operand}}`)).toBe(reason);
  });

  test('with a second key beside it is refused', () => {
    expect(field('{"numeric":["=",5],"prefix":"y"}')).toBe(
      'Too many elements in numeric expression',
    );
  });

  test('limits beyond five billion are taken, as since event-ruler compares doubles', () => {
    expect(field('{"numeric":[">",-1e300,"<",1e300]}')).toBe('valid');
  });
});

/** aws/event-ruler, CIDR.java. */
describe('cidr', () => {
  test.each([
    ['5', 'prefix match pattern must be a string'],
    ['"10.0.0.0"', "Malformed CIDR, one '/' required"],
    ['"10.0.0.0/"', "Malformed CIDR, one '/' required"],
    ['"10.0.0.0/8/9"', "Malformed CIDR, one '/' required"],
    ['"10.0.0.0/x"', 'Malformed CIDR, mask bits must be an integer'],
    ['"10.0.0.0/8.0"', 'Malformed CIDR, mask bits must be an integer'],
    ['"10.0.0.0/2147483648"', 'Malformed CIDR, mask bits must be an integer'],
    ['"10.0.0.0/-1"', 'Malformed CIDR, mask bits must not be negative'],
    ['"10.0.0.0/32"', 'IPv4 mask bits must be < 32'],
    ['"2001:db8::/128"', 'IPv6 mask bits must be < 128'],
    ['"10.0.0.256/8"', 'Invalid IP address: 10.0.0.256'],
    ['"1:2:3/8"', 'Invalid IP address: 1:2:3'],
    ['"host/8"', 'Nonstandard IP address: host'],
    ['"/8"', 'Nonstandard IP address: '],
  ])('%s is refused: %s', (operand, reason) => {
    expect(field(`{"cidr":${operand}}`)).toBe(reason);
  });
});

describe('wildcard', () => {
  test.each([
    ['a**', 'Consecutive wildcard characters at pos 2'],
    ['**', 'Consecutive wildcard characters at pos 1'],
    ['雨**', 'Consecutive wildcard characters at pos 4'],
    ['a\\b', 'Invalid escape character at pos 2'],
    ['a\\', 'Invalid escape character at pos 2'],
    ['a*\\', 'Invalid escape character at pos 3'],
  ])('%s is refused: %s', (text, reason) => {
    expect(reasonOf({ a: [{ wildcard: text }] })).toBe(reason);
  });
});

describe('$or', () => {
  test.each([
    ['{"$or":{"a":["x"]}}', 'valid'],
    ['{"$or":"x"}', 'It must be an Array followed with $or.'],
    ['{"$or":[{"a":["x"]}]}', 'There must have at least 2 Objects in $or relationship.'],
    ['{"$or":[{"a":["x"]},5]}', 'Only JSON object is allowed in array of $or relationship.'],
    ['{"$or":[{"a":["x"]},{}]}', 'Empty objects are not allowed'],
    [
      '{"$or":[{"prefix":["x"]},{"a":["x"]}]}',
      'prefix is Ruler reserved fieldName which cannot be used inside $or.',
    ],
    [
      '{"$or":[{"b":{"=":["x"]}},{"a":["x"]}]}',
      '= is Ruler reserved fieldName which cannot be used inside $or.',
    ],
  ])('%s: %s', (pattern, reason) => {
    expect(reasonOf(pattern)).toBe(reason);
  });

  test('a thousand combinations are allowed and no more', () => {
    const or = (size: number) => Array.from({ length: size }, (_, index) => ({ a: [index] }));
    const combined = (x: number, y: number, z: number) =>
      reasonOf({ $or: or(x), b: { $or: or(y) }, c: { $or: or(z) } });

    expect(combined(10, 10, 10)).toBe('valid');
    expect(combined(10, 10, 11)).toBe('Event pattern contains more than 1000 rule combinations');
  });
});

describe('repeated paths', () => {
  const repeated = '{"detail":{"a":["x"]},"detail.a":["y"]}';

  test('are allowed as EventBridge allows them', () => {
    expect(reasonOf(repeated)).toBe('valid');
  });

  test('are refused on request, in the words of event-ruler', () => {
    expect(() => compileEventPattern(repeated, { duplicatePaths: 'refuse' })).toThrow(
      'Event pattern is not valid. Reason: Path `detail.a` cannot be allowed multiple times',
    );
    expect(() =>
      compileEventPattern('{"a":["x"],"$or":[{"a":["y"]},{"b":["z"]}]}', {
        duplicatePaths: 'refuse',
      }),
    ).toThrow('Path `a` cannot be allowed multiple times');
  });

  test('in branches of one $or are no repetition', () => {
    expect(() =>
      compileEventPattern('{"$or":[{"a":["x"]},{"a":["y"]}]}', { duplicatePaths: 'refuse' }),
    ).not.toThrow();
  });
});

/** JSON of the kind that patterns are made of, right and wrong. */
const patternLike = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.constant('*a**')),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        ...'a b $or prefix suffix numeric anything-but exists cidr wildcard exactly < __proto__'.split(
          ' ',
        ),
        'equals-ignore-case',
      ),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
}));

describe('whatever it is given', () => {
  test('the compiler answers or refuses, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json(), patternLike.value), (pattern) => {
        expect(reasonOf(pattern)).not.toMatch(/^not a refusal/);
      }),
      { numRuns: 3000 },
    );
  });

  test('nesting without end is refused', () => {
    expect(reasonOf('['.repeat(4000))).toBe('Invalid JSON: nested deeper than 1000');
  });

  test('text and the object that it says compile alike', () => {
    fc.assert(
      fc.property(patternLike.value, (pattern) => {
        expect(reasonOf(JSON.stringify(pattern))).toBe(
          typeof pattern === 'string' ? 'Filter is not an object' : reasonOf(pattern),
        );
      }),
    );
  });
});
