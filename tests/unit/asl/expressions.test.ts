import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { compileExpression, evaluateExpression } from '#rehearsal/asl/expression.ts';
import { Scope } from '#rehearsal/asl/scope.ts';
import { outputOf, run } from './run.ts';

const host = { now: () => 0, random: () => 0.5, uuid: () => 'id' };

const failureOf = async (output: unknown, input: unknown = {}): Promise<string> => {
  const { error, cause } = await run({ P: { Type: 'Pass', Output: output, End: true } }, input);
  return `${error} ${cause}`;
};

describe('an expression', () => {
  it('is a whole string between {% and %}, and nothing else is', async () => {
    const output = await outputOf(
      {
        expression: '{% 1 + 1 %}',
        padded: ' {% states.input %} ',
        open: '{% 1',
        path: '$.input',
        keyLikeJsonPath: { 'a.$': '$' },
        nested: [{ deep: '{% $states.input.a %}' }, null, 1.5, true],
      },
      { a: [1] },
    );

    expect(output).toEqual({
      expression: 2,
      padded: ' {% states.input %} ',
      open: '{% 1',
      path: '$.input',
      keyLikeJsonPath: { 'a.$': '$' },
      nested: [{ deep: [1] }, null, 1.5, true],
    });
  });

  it('answers a simple path as JSONata does, for any value', async () => {
    const names = ['a', 'b', 'input'];
    const value = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, 0, 1, '', 'x', true, false),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('json'), { maxKeys: 3 }),
      ),
    })).json;
    await fc.assert(
      fc.asyncProperty(
        value,
        fc.array(fc.constantFrom(...names), { maxLength: 4 }),
        async (json, path) => {
          const text = ['$states', 'input', ...path].join('.');
          const states = { input: JSON.parse(JSON.stringify(json)) };
          const mine: unknown = await evaluateExpression(compileExpression(text), {
            states,
            scope: new Scope(),
            host,
          });

          const theirs: unknown = await jsonata(text).evaluate(undefined, { states });

          expect(JSON.stringify(mine)).toBe(JSON.stringify(theirs));
        },
      ),
    );
  });

  it('keeps a null that it finds', async () => {
    expect(
      await outputOf({ v: '{% $states.input.bar %}', l: ['{% null %}', 1] }, { bar: null }),
    ).toEqual({ v: null, l: [null, 1] });
  });

  it('gives plain arrays, without the marks of a JSONata sequence', async () => {
    const output = await outputOf('{% $states.input.items[price > 1] %}', {
      items: [{ price: 1 }, { price: 2 }, { price: 3 }],
    });

    expect(output).toStrictEqual([{ price: 2 }, { price: 3 }]);
    expect(Object.keys(Array.isArray(output) ? output : {})).toEqual(['0', '1']);
  });

  it('unwraps a sequence of one, unless [] asks for the array', async () => {
    const input = { items: [{ price: 1 }, { price: 2 }] };

    expect(await outputOf('{% $states.input.items[price > 1] %}', input)).toEqual({ price: 2 });
    expect(await outputOf('{% $states.input.items[price > 1][] %}', input)).toStrictEqual([
      { price: 2 },
    ]);
  });

  it('fails the state when it returns nothing, naming the field as AWS does', async () => {
    expect(await failureOf({ a: { b: [1, '{% $states.input.missing %}'] } })).toBe(
      "States.QueryEvaluationError An error occurred while executing the state 'P' (entered at the event id #2). " +
        "The JSONata expression '$states.input.missing' specified for the field 'Output/a/b[1]' returned nothing (undefined).",
    );
  });

  it('fails the state when it throws, with the message of JSONata', async () => {
    expect(await failureOf('{% $states.input.a + 1 %}', { a: 'x' })).toContain(
      "The JSONata expression '$states.input.a + 1' specified for the field 'Output' threw an error during evaluation: The left side of the \"+\" operator must evaluate to a number",
    );
  });

  it('fails the state when it returns a function', async () => {
    expect(await failureOf('{% function($x) { $x } %}')).toContain(
      'returned an unsupported result type.',
    );
  });

  it('records which field failed', async () => {
    const { history } = await run({ P: { Type: 'Pass', Output: { v: '{% $nope %}' }, End: true } });

    expect(history.slice(2)).toMatchObject([
      {
        type: 'EvaluationFailed',
        id: 3,
        previousEventId: 2,
        evaluationFailedEventDetails: {
          error: 'States.QueryEvaluationError',
          location: 'Output/v',
          state: 'P',
        },
      },
      { type: 'ExecutionFailed', id: 4, previousEventId: 3 },
    ]);
  });

  it('reads virtual time', async () => {
    const output = await outputOf({
      now: '{% $now() %}',
      day: "{% $now('[D01].[M01].[Y0001]') %}",
      ms: '{% $millis() %}',
    });

    expect(output).toEqual({
      now: '2026-01-01T00:00:00.000Z',
      day: '01.01.2026',
      ms: Date.UTC(2026, 0, 1),
    });
  });

  it('writes numbers JSON has no literal for as their names', async () => {
    expect(await outputOf("{% $parseInteger('abc', '0') %}")).toBe('NaN');
  });

  it('nests 100 levels deep and no deeper, as on AWS', async () => {
    const sum = (terms: number): string =>
      `{% ${Array.from({ length: terms }, () => '1').join('+')} %}`;

    expect(await outputOf(sum(100))).toBe(100);
    expect(await failureOf(sum(101))).toContain('Stack overflow');
  });

  it('cannot change the data it reads', async () => {
    const input = { items: [1] };

    await outputOf(
      { a: '{% $states.input.items[] %}', b: '{% $append($states.input.items, 2) %}' },
      input,
    );

    expect(input).toStrictEqual({ items: [1] });
    expect(Object.keys(input.items)).toEqual(['0']);
  });
});

describe('the functions Step Functions adds', () => {
  it.each([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2,3], 2.9)', [[1, 2], [3]]],
    ['$range(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
    ['$range(5, 5, 1)', 5],
    ["$hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ["$hash('', 'MD5')", 'd41d8cd98f00b204e9800998ecf8427e'],
    ['$parse(\'{"a":[1,2]}\')', { a: [1, 2] }],
  ])('%s', async (expression, expected) => {
    expect(await outputOf(`{% ${expression} %}`)).toEqual(expected);
  });

  it.each([
    '$partition([], 2)',
    '$partition([1], 0)',
    '$range(1, 5)',
    '$range(1, 5, -1)',
    "$hash('x')",
  ])('%s returns nothing', async (expression) => {
    expect(await failureOf(`{% ${expression} %}`)).toContain('returned nothing (undefined)');
  });

  it.each([
    ["$hash('x', 'sha-256')", 'SHA-256'],
    ["$parse('{')", 'JSON'],
    ['$range(1, 360146, 1)', 'memory limit exceeded'],
    ["$eval('1')", 'non-function'],
  ])('%s fails', async (expression, problem) => {
    expect(await failureOf(`{% ${expression} %}`)).toContain(problem);
  });

  it('partitions without losing, adding or reordering anything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 25 }),
        async (items, size) => {
          const chunks = await outputOf(
            '{% $partition($states.input.items, $states.input.size) %}',
            { items, size },
          );

          expect(Array.isArray(chunks) ? chunks.flat() : chunks).toEqual(items);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('draws the same number for the same seed, and others without one', async () => {
    const output = await outputOf({
      a: '{% $random(7) %}',
      b: '{% $random(7) %}',
      c: '{% $random() %}',
      d: '{% $random() %}',
    });

    expect(output).toMatchObject({ a: expect.any(Number), c: expect.any(Number) });
    const { a, b, c, d } = JSON.parse(JSON.stringify(output));
    expect([a === b, c === d]).toEqual([true, false]);
  });

  it('makes version 4 UUIDs', async () => {
    expect(await outputOf('{% $uuid() %}')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('lets a variable hide a function of the same name', async () => {
    const { output } = await run({
      A: { Type: 'Pass', Assign: { now: 'a word' }, Next: 'B' },
      B: { Type: 'Pass', Output: '{% $now %}', End: true },
    });

    expect(output).toBe('a word');
  });
});
