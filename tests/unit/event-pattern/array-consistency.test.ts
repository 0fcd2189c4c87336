import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileEventPattern } from '#rehearsal/event-pattern/compile-event-pattern.ts';
import { matchesEvent } from '#rehearsal/event-pattern/matches-event.ts';

const matches = (pattern: unknown, event: unknown): boolean =>
  matchesEvent(compileEventPattern(pattern), event);

describe('exists', () => {
  test('true holds for a leaf, whatever its value', () => {
    for (const leaf of ['', 0, false, null, ['x'], [[null]]]) {
      expect(matches({ a: { b: [{ exists: true }] } }, { a: { b: leaf } })).toBe(true);
    }
  });

  test('false holds when the parents are missing or are no objects', () => {
    for (const event of [{}, { a: 'text' }, { a: null }, { a: [] }, { a: { c: 1 } }]) {
      expect(matches({ a: { b: [{ exists: false }] } }, event)).toBe(true);
    }
    expect(matches({ a: { b: [{ exists: false }] } }, { a: { b: null } })).toBe(false);
  });

  test('false beside other fields of an array of objects looks into the element that they settled', () => {
    const pattern = { items: { kind: ['gift'], price: [{ exists: false }] } };

    expect(matches(pattern, { items: [{ kind: 'gift' }, { kind: 'sale', price: 1 }] })).toBe(true);
    expect(matches(pattern, { items: [{ kind: 'gift', price: 2 }, { kind: 'sale' }] })).toBe(false);
  });

  test('false on the first field in order looks at every element, as nothing is settled yet', () => {
    const pattern = { items: { absent: [{ exists: false }], kind: ['gift'] } };

    expect(matches(pattern, { items: [{ kind: 'gift' }, { kind: 'sale', absent: 1 }] })).toBe(
      false,
    );
    expect(matches(pattern, { items: [{ kind: 'gift' }, { kind: 'sale' }] })).toBe(true);
  });
});

/** README of aws/event-ruler, "JSON Array Matching". */
describe('arrays of objects', () => {
  const employees = {
    employees: [
      { firstName: 'John', lastName: 'Doe' },
      { firstName: 'Anna', lastName: 'Smith' },
      { firstName: 'Peter', lastName: 'Jones' },
    ],
  };
  const anna = (lastName: string) => ({
    employees: { firstName: ['Anna'], lastName: [lastName] },
  });

  test('match fields of one element', () => {
    expect(matches({ employees: { firstName: ['Anna'] } }, employees)).toBe(true);
    expect(matches(anna('Smith'), employees)).toBe(true);
  });

  test('do not match fields taken from two elements', () => {
    expect(matches(anna('Jones'), employees)).toBe(false);
  });

  test('are seen through when arrays are nested', () => {
    const teams = { employees: [employees.employees.slice(0, 2), employees.employees.slice(2)] };

    expect(matches(anna('Smith'), teams)).toBe(true);
    expect(matches(anna('Jones'), teams)).toBe(false);
  });

  test('two arrays are independent of each other', () => {
    const pattern = { a: { x: [1] }, b: { y: [2] } };

    expect(matches(pattern, { a: [{ x: 0 }, { x: 1 }], b: [{ y: 2 }, { y: 0 }] })).toBe(true);
  });

  test('arrays inside elements keep to their element', () => {
    const pattern = { parcels: { carrier: ['ups'], lines: { sku: ['A'] } } };
    const shipped = (ups: string, dhl: string) => ({
      parcels: [
        { carrier: 'ups', lines: [{ sku: 'Z' }, { sku: ups }] },
        { carrier: 'dhl', lines: [{ sku: dhl }] },
      ],
    });

    expect(matches(pattern, shipped('A', 'B'))).toBe(true);
    expect(matches(pattern, shipped('B', 'A'))).toBe(false);
  });

  test('a wrong element first does not hide the right one', () => {
    const pattern = { a: { x: [1], y: [1], z: [1] } };

    expect(
      matches(pattern, {
        a: [
          { x: 1, y: 1 },
          { x: 1, z: 1 },
          { x: 1, y: 1, z: 1 },
        ],
      }),
    ).toBe(true);
  });

  test('a thousand elements are no trouble', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => ({ x: 1, y: index % 7, z: index }));

    expect(matches({ lines: { x: [1], y: [3], z: [997] } }, { lines })).toBe(true);
    expect(matches({ lines: { x: [1], y: [4], z: [997] } }, { lines })).toBe(false);
  });

  test('plain values in an array are not bound to an element', () => {
    expect(matches({ a: ['x'], b: ['y'] }, { a: ['x', 'z'], b: ['z', 'y'] })).toBe(true);
  });

  test('agree with trying every element when the pattern looks into one array', () => {
    const entry = fc.record({ x: fc.nat(2), y: fc.nat(2), z: fc.nat(2) }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(entry), fc.nat(2), fc.nat(2), (entries, x, y) => {
        expect(matches({ a: { x: [x], y: [y] } }, { a: entries })).toBe(
          entries.some((one) => one.x === x && one.y === y),
        );
      }),
    );
  });
});

/** README of aws/event-ruler, "Or relationship". */
describe('$or', () => {
  test('may stand beside other fields', () => {
    const pattern = {
      source: ['aws.cloudwatch'],
      $or: [{ metricName: ['CPUUtilization'] }, { namespace: ['AWS/EC2', 'AWS/ES'] }],
    };

    expect(matches(pattern, { source: 'aws.cloudwatch', namespace: 'AWS/ES' })).toBe(true);
    expect(matches(pattern, { source: 'aws.cloudwatch', namespace: 'AWS/S3' })).toBe(false);
    expect(matches(pattern, { source: 'aws.ec2', namespace: 'AWS/ES' })).toBe(false);
  });

  test('may hold an and, and another or', () => {
    const pattern = {
      $or: [
        { a: [1], b: [1] },
        { c: [1], $or: [{ d: [1] }, { e: [1] }] },
      ],
    };

    expect(matches(pattern, { a: 1, b: 1 })).toBe(true);
    expect(matches(pattern, { a: 1 })).toBe(false);
    expect(matches(pattern, { c: 1, e: 1 })).toBe(true);
    expect(matches(pattern, { c: 1 })).toBe(false);
  });

  test('may stand at two levels, which both have to hold', () => {
    const pattern = {
      $or: [{ a: [1] }, { b: [1] }],
      detail: { $or: [{ c: [1] }, { d: [1] }] },
    };

    expect(matches(pattern, { b: 1, detail: { c: 1 } })).toBe(true);
    expect(matches(pattern, { b: 1, detail: { e: 1 } })).toBe(false);
  });

  test('a field inside and outside keeps what was written last', () => {
    const before = '{"a":["1"],"$or":[{"a":["2"]},{"b":["3"]}]}';
    const after = '{"$or":[{"a":["2"]},{"b":["3"]}],"a":["1"]}';

    expect(matches(before, { a: '2' })).toBe(true);
    expect(matches(before, { a: '1' })).toBe(false);
    expect(matches(before, { a: '1', b: '3' })).toBe(true);
    expect(matches(after, { a: '2' })).toBe(false);
    expect(matches(after, { a: '1' })).toBe(true);
  });

  test('is an ordinary name when an object follows', () => {
    const pattern = { source: ['x'], $or: { a: [1] } };

    expect(matches(pattern, { source: 'x', $or: { a: 1 } })).toBe(true);
    expect(matches(pattern, { source: 'x', a: 1 })).toBe(false);
  });

  test('is an ordinary name when its objects use the names of operators', () => {
    const pattern = { $or: [{ numeric: ['=', 123] }, { prefix: 'abc' }] };

    expect(matches(pattern, { $or: 123 })).toBe(true);
    expect(matches(pattern, { $or: 'abcd' })).toBe(true);
    expect(matches(pattern, { $or: 'x' })).toBe(false);
  });

  test('is an ordinary name when its values are plain', () => {
    expect(matches({ $or: ['x', 'y'] }, { $or: 'y' })).toBe(true);
  });

  test('is the same as patterns apart', () => {
    const condition = fc.record({ name: fc.constantFrom('a', 'b', 'c'), value: fc.nat(2) });
    const event = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(2));
    fc.assert(
      fc.property(fc.array(condition, { minLength: 2, maxLength: 4 }), event, (branches, fact) => {
        const patterns = branches.map(({ name, value }) => ({ [name]: [value] }));
        expect(matches({ $or: patterns }, fact)).toBe(
          patterns.some((pattern) => matches(pattern, fact)),
        );
      }),
    );
  });
});
