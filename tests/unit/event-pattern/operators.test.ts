import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparableNumber } from '#rehearsal/event-pattern/comparable-number.ts';
import { compileEventPattern } from '#rehearsal/event-pattern/compile-event-pattern.ts';
import { caseSpellings } from '#rehearsal/event-pattern/ignore-case.ts';
import { matchesEvent } from '#rehearsal/event-pattern/matches-event.ts';
import { matchesWildcard, wildcardPieces } from '#rehearsal/event-pattern/wildcard.ts';

const accepts = (entry: unknown, value: unknown): boolean =>
  matchesEvent(compileEventPattern({ a: [entry] }), { a: value });

describe('wildcard', () => {
  test.each([
    ['*', ['', 'a', '"'], []],
    ['hello', ['hello'], ['hell', 'hello!']],
    ['*hello', ['hello', 'ohello'], ['hello!']],
    ['h*o', ['ho', 'hello'], ['hell', 'o']],
    ['a*b*', ['ab', 'axbx', 'abb'], ['ba', 'xab']],
    ['aa*aa', ['aaaa', 'aaxaa'], ['aaa']],
    ['a\\*b', ['a*b'], ['aXb', 'ab']],
    ['a\\\\*', ['a\\', 'a\\b'], ['a', 'a*']],
    ['日*雨', ['日雨', '日大雨'], ['日大']],
    ['a.c*', ['a.c'], ['abc']],
    ['a*c', ['a\nc'], []],
  ])('%s takes %j and leaves %j', (wildcard, taken, left) => {
    expect(taken.filter((value) => accepts({ wildcard }, value))).toEqual(taken);
    expect(left.filter((value) => accepts({ wildcard }, value))).toEqual([]);
  });

  test('holds for texts only', () => {
    for (const value of [5, true, null]) expect(accepts({ wildcard: '*' }, value)).toBe(false);
  });

  test('agrees with a matcher that tries everything', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\'), maxLength: 10 });
    const wildcard = fc
      .array(fc.constantFrom('a', 'b', '*', '\\*', '\\\\'), { maxLength: 8 })
      .filter((parts) => parts.every((part, at) => part !== '*' || parts[at + 1] !== '*'));
    fc.assert(
      fc.property(wildcard, text, (parts, value) => {
        expect(matchesWildcard(wildcardPieces(parts.join('')), value)).toBe(tryAll(parts, value));
      }),
      { numRuns: 2000 },
    );
  });

  test('takes time in proportion to the value', () => {
    const started = performance.now();

    expect(accepts({ wildcard: '*/x*/y*/z.json' }, '/x/y'.repeat(50_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

/** The definition, slow and plain. */
const tryAll = ([part, ...rest]: readonly string[], value: string): boolean => {
  if (part === undefined) return value === '';
  if (part === '*')
    return tryAll(rest, value) || (value !== '' && tryAll([part, ...rest], value.slice(1)));
  const literal = part.replace('\\', '') || part;
  return value.startsWith(literal) && tryAll(rest, value.slice(literal.length));
};

/** aws/event-ruler, MachineComplexityEvaluator.java; for the limit see wildcard-complexity.ts. */
describe('wildcards that together are too complex', () => {
  const isTaken = (...wildcards: readonly unknown[]): boolean => {
    try {
      compileEventPattern({ a: wildcards });
      return true;
    } catch (error) {
      expect(String(error)).toContain('Rule is too complex - try using fewer wildcard characters');
      return false;
    }
  };
  const ending = (...endings: readonly string[]) =>
    endings.map((name) => ({ wildcard: `*/datasync/*.${name}` }));

  test('a few wildcards are fine', () => {
    expect(isTaken({ wildcard: '*' })).toBe(true);
    expect(isTaken({ wildcard: '*/a/*/b/*.json' })).toBe(true);
    expect(isTaken({ wildcard: '*.bif' }, { wildcard: '*.tif' }, { wildcard: '*.svs' })).toBe(true);
  });

  test('two texts with a common middle are taken and four are refused, as a user reports of the service', () => {
    expect(isTaken(...ending('bif', 'tif'))).toBe(true);
    expect(isTaken(...ending('bif', 'tif', 'tiff', 'svs'))).toBe(false);
  });

  test('many wildcards in one text are refused', () => {
    expect(isTaken({ wildcard: '*a*b*c*d*' })).toBe(true);
    expect(isTaken({ wildcard: '*a*a*a*a*a*a*a*a*' })).toBe(false);
  });

  test('a sequence that repeats after a wildcard is refused, and before one is not', () => {
    expect(isTaken({ wildcard: `*${'a'.repeat(20)}` })).toBe(false);
    expect(isTaken({ wildcard: `${'a'.repeat(20)}*` })).toBe(true);
  });

  test('the same text twice counts once', () => {
    expect(isTaken(...ending('bif', 'bif', 'bif', 'bif', 'bif'))).toBe(true);
  });

  test('negated wildcards count as well', () => {
    expect(isTaken({ 'anything-but': { wildcard: '*a*a*a*a*a*a*a*a*' } })).toBe(false);
  });

  test('wildcards of different fields do not add up', () => {
    const entry = ending('bif', 'tif');

    expect(() => compileEventPattern({ a: entry, b: entry, c: entry })).not.toThrow();
  });

  test('branches of an $or that share a field add up', () => {
    const branches = ending('bif', 'tif', 'tiff', 'svs').map((entry) => ({ a: [entry] }));

    expect(() => compileEventPattern({ $or: branches })).toThrow('Rule is too complex');
  });

  test('the longest pattern is judged in time', () => {
    const started = performance.now();

    isTaken({ wildcard: `*${'abcdefgh'.repeat(500)}` });
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

/** aws/event-ruler, EqualsIgnoreCaseParser.java. */
describe('ignoring case', () => {
  test.each([
    ['STRASSE', 'strasse', true],
    ['ß', 'SS', true],
    ['ß', 'ss', false],
    ['ẞ', 'ß', true],
    ['ß', 'ẞ', false],
    ['Ⱥ', 'ⱥ', true],
    ['é', 'É', true],
    ['😀', '😀', false],
    ['😀', '??', true],
  ])('%s accepts %s: %s', (text, value, expected) => {
    expect(accepts({ 'equals-ignore-case': text }, value)).toBe(expected);
  });

  test('works on the beginning and on the end', () => {
    expect(accepts({ prefix: { 'equals-ignore-case': 'stra' } }, 'STRASSE')).toBe(true);
    expect(accepts({ prefix: { 'equals-ignore-case': 'stre' } }, 'STRASSE')).toBe(false);
    expect(accepts({ suffix: { 'equals-ignore-case': 'aße' } }, 'STRASSE')).toBe(true);
    expect(accepts({ suffix: { 'equals-ignore-case': 'ase' } }, 'STRASSE')).toBe(false);
  });

  test('holds for texts only', () => {
    expect(accepts({ 'equals-ignore-case': 'TRUE' }, true)).toBe(false);
    expect(accepts({ prefix: { 'equals-ignore-case': '' } }, 5)).toBe(false);
    expect(accepts({ suffix: { 'equals-ignore-case': '' } }, 5)).toBe(false);
  });

  test('no spelling of a unit begins or ends with another', () => {
    for (let unit = 0; unit < 65_536; unit += 1) {
      const [spellings = []] = caseSpellings(String.fromCharCode(unit));
      const [lower = '', upper = ''] = spellings;
      if (spellings.length < 2) continue;
      const overlaps = [lower.startsWith(upper), upper.startsWith(lower)].concat([
        lower.endsWith(upper),
        upper.endsWith(lower),
      ]);
      expect([unit, overlaps]).toEqual([unit, [false, false, false, false]]);
    }
  });
});

describe('addresses', () => {
  test.each([
    ['10.0.0.0/24', ['10.0.0.0', '10.0.0.255', '10.0.0.07'], ['10.0.1.0', '9.255.255.255']],
    ['10.0.0.37/24', ['10.0.0.0', '10.0.0.255'], ['10.0.1.0']],
    ['10.0.0.0/31', ['10.0.0.0', '10.0.0.1'], ['10.0.0.2']],
    ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255'], ['host', '1.2.3', '1.2.3.256', '']],
    ['2001:db8::/32', ['2001:db8::1', '2001:0DB8:ffff::'], ['2001:db9::', 'fe80::1']],
    ['2001:db8::/127', ['2001:db8::', '2001:db8::1'], ['2001:db8::2', '2001:db8::%eth0']],
    ['::ffff:a00:0/8', ['10.1.2.3'], ['11.0.0.0']],
  ])('the block %s holds %j and not %j', (cidr, inside, outside) => {
    expect(inside.filter((value) => accepts({ cidr }, value))).toEqual(inside);
    expect(outside.filter((value) => accepts({ cidr }, value))).toEqual([]);
  });

  test('a number is no address', () => {
    expect(accepts({ cidr: '0.0.0.0/0' }, 167772161)).toBe(false);
  });

  test('a text that is an address stands for it in every spelling', () => {
    expect(accepts('::1', '0:0:0:0:0:0:0:1')).toBe(true);
    expect(accepts('10.0.0.1', '10.0.0.01')).toBe(true);
    expect(accepts('10.0.0.1', '10.0.0.10')).toBe(false);
    expect(accepts('2001:DB8::1', '2001:db8::1')).toBe(true);
  });

  test('a text that only looks like an address is a text', () => {
    expect(accepts('10.0.0.256', '10.0.0.256')).toBe(true);
    expect(accepts('1.2.3', '1.2.3')).toBe(true);
    expect(accepts('12:30', '12:30')).toBe(true);
    expect(accepts('::1::', '::1::')).toBe(true);
  });

  test('of the other family are judged by the digits that they share', () => {
    expect(accepts({ cidr: '0.0.0.0/0' }, '2001:db8::1')).toBe(true);
    expect(accepts({ cidr: '10.0.0.0/8' }, '2001:db8::1')).toBe(false);
    expect(accepts({ cidr: '2001::/16' }, '32.1.13.184')).toBe(true);
    expect(accepts({ cidr: '2001:db8::/32' }, '32.1.13.184')).toBe(false);
  });

  test('blocks agree with arithmetic', () => {
    const address = fc.nat(0xffffffff);
    const write = (bits: number) =>
      [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.');
    fc.assert(
      fc.property(address, address, fc.nat(31), (base, value, maskBits) => {
        const block = (bits: number) => Math.floor(bits / 2 ** (32 - maskBits));
        expect(accepts({ cidr: `${write(base)}/${maskBits}` }, write(value))).toBe(
          block(base) === block(value),
        );
      }),
    );
  });
});

/** aws/event-ruler, ComparableNumber.java. */
describe('a comparable number', () => {
  test.each([
    ['0', 0],
    ['-0', 0],
    ['0e5', 0],
    ['1.50', 1.5],
    ['-12E-1', -1.2],
    ['9007199254740992', 9007199254740992],
    ['1e308', 1e308],
    ['5e-324', 5e-324],
    ['0.1', 0.1],
  ])('%s is %d', (lexeme, value) => {
    expect(comparableNumber(lexeme)).toBe(value);
  });

  test.each([
    '9007199254740993',
    '1e400',
    '-1e400',
    '1e-400',
    '0.1000000000000000055511151231257827',
  ])('%s is none', (lexeme) => {
    expect(comparableNumber(lexeme)).toBeUndefined();
  });

  test('every double that JSON can say is one', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(comparableNumber(JSON.stringify(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
