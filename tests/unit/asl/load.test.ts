import { describe, expect, it } from 'vitest';
import { loadStateMachine } from '#rehearsal/asl/load.ts';
import { InvalidDefinition, type Problem } from '#rehearsal/asl/problems.ts';
import { lambda, machine } from './run.ts';

const problemsOf = (definition: unknown): readonly Problem[] => {
  try {
    loadStateMachine(definition);
    return [];
  } catch (thrown) {
    if (thrown instanceof InvalidDefinition) return thrown.problems;
    throw thrown;
  }
};

const pass = { Type: 'Pass', End: true };
const wait = { Type: 'Wait', Seconds: 1, End: true };
const map = { Type: 'Map', ItemProcessor: { StartAt: 'I', States: { I: pass } }, End: true };

describe('loading a definition', () => {
  it('takes every state type', () => {
    const definition = machine(
      {
        P: { Type: 'Pass', Comment: 'c', Assign: { a: 1 }, Output: {}, Next: 'T' },
        T: lambda({
          End: undefined,
          Next: 'C',
          TimeoutSeconds: '{% $a %}',
          HeartbeatSeconds: 5,
          Credentials: { RoleArn: "{% 'arn' %}" },
          Retry: [
            {
              ErrorEquals: ['X'],
              IntervalSeconds: 1,
              MaxAttempts: 0,
              BackoffRate: 1.5,
              MaxDelaySeconds: 9,
              JitterStrategy: 'NONE',
            },
          ],
          Catch: [
            {
              ErrorEquals: ['States.ALL'],
              Next: 'F',
              Assign: { e: '{% $states.errorOutput %}' },
              Output: {},
            },
          ],
        }),
        C: { Type: 'Choice', Choices: [{ Condition: true, Next: 'W' }], Default: 'F' },
        W: { Type: 'Wait', Timestamp: '2026-01-01T00:00:00Z', Next: 'Pa' },
        Pa: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'I', States: { I: pass } }],
          Arguments: {},
          Next: 'M',
        },
        M: {
          ...map,
          Items: [1],
          ItemSelector: {},
          MaxConcurrency: 3,
          ToleratedFailurePercentage: 12.5,
          End: undefined,
          Next: 'S',
        },
        S: { Type: 'Succeed', Output: 1 },
        F: { Type: 'Fail', Error: 'E', Cause: "{% 'c' %}" },
      },
      { Comment: 'all', TimeoutSeconds: 60, Version: '1.0' },
    );

    expect(problemsOf(JSON.parse(JSON.stringify(definition)))).toEqual([]);
  });

  it('lists every problem, with its place', () => {
    const problems = problemsOf(
      machine({ A: { Type: 'Pass', Result: 1, Next: 'Nowhere' }, B: { Type: 'Psas' } }),
    );

    expect(problems.map(({ path }) => path)).toEqual(['/States/A/Result', '/States/B/Type']);
  });

  it('says state, field, what it got and what it supports in one message', () => {
    const load = (): unknown => loadStateMachine(machine({ A: { ...wait, Seconds: -1 } }));

    expect(load).toThrow(
      '/States/A/Seconds: got -1; supported: a whole number from 0 to 99999999, or an expression "{% … %}".',
    );
  });

  it('takes QueryLanguage state by state', () => {
    const states = { A: { ...pass, QueryLanguage: 'JSONata' } };

    expect(problemsOf({ StartAt: 'A', States: states })).toEqual([]);
  });

  it.each([
    '$states.input.items[value > 3]',
    '$states.input.{"a": b}',
    '$map($states.input.a, function($x) { $x.b })',
    '$states.input^(price)',
    '$states.input{kind: $sum(price)}',
  ])('takes names that a context item stands behind: %s', (expression) => {
    expect(problemsOf(machine({ A: { ...pass, Output: `{% ${expression} %}` } }))).toEqual([]);
  });
});
