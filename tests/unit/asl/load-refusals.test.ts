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
  it.each([
    ['no object', 7, '/', 'got 7'],
    ['no states', { QueryLanguage: 'JSONata', StartAt: 'A' }, '/States', 'at least one state'],
    ['JSONPath by default', { StartAt: 'A', States: { A: pass } }, '/States/A', 'means JSONPath'],
    [
      'JSONPath at the top',
      { ...machine({ A: pass }), QueryLanguage: 'JSONPath' },
      '/QueryLanguage',
      '"JSONPath"',
    ],
    [
      'JSONPath in a state',
      machine({ A: { ...pass, QueryLanguage: 'JSONPath' } }),
      '/States/A/QueryLanguage',
      'JSONata',
    ],
    [
      'a JSONPath field',
      machine({ A: { ...pass, ResultPath: '$' } }),
      '/States/A/ResultPath',
      'JSONPath field',
    ],
    [
      'a JSONPath rule',
      machine({
        A: {
          Type: 'Choice',
          Choices: [{ Variable: '$.a', Condition: true, Next: 'A' }],
          Default: 'B',
        },
        B: pass,
      }),
      '/States/A/Choices[0]/Variable',
      'JSONPath field',
    ],
    [
      'an unknown field',
      machine({ A: { ...pass, Catch: [] } }),
      '/States/A/Catch',
      'not supported here',
    ],
    ['an unknown top field', machine({ A: pass }, { Retry: [] }), '/Retry', 'not supported here'],
    ['StartAt nowhere', { ...machine({ A: pass }), StartAt: 'B' }, '/StartAt', '"B"'],
    ['Next nowhere', machine({ A: { Type: 'Pass', Next: 'B' } }), '/States/A/Next', '"B"'],
    [
      'Default nowhere',
      machine({
        A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'B' }], Default: 'C' },
        B: pass,
      }),
      '/States/A/Default',
      '"C"',
    ],
    [
      'Catch nowhere',
      machine({ A: lambda({ Catch: [{ ErrorEquals: ['E'], Next: 'C' }] }) }),
      '/States/A/Catch[0]/Next',
      '"C"',
    ],
    ['an unreachable state', machine({ A: pass, B: pass }), '/States/B', 'cannot be reached'],
    ['no end', machine({ A: { Type: 'Pass', Next: 'A' } }), '/', 'no state that ends it'],
    ['neither Next nor End', machine({ A: { Type: 'Pass' } }), '/States/A', 'neither Next nor End'],
    ['both Next and End', machine({ A: { ...pass, Next: 'A' } }), '/States/A', 'both Next and End'],
    [
      'a Distributed Map without a kind of executions',
      machine({
        A: {
          ...map,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED' },
            StartAt: 'I',
            States: { I: pass },
          },
        },
      }),
      '/States/A/ItemProcessor/ProcessorConfig/ExecutionType',
      '"STANDARD" or "EXPRESS"',
    ],
    [
      'an ItemReader of an inline Map',
      machine({ A: { ...map, ItemReader: {} } }),
      '/States/A/ItemReader',
      'Distributed',
    ],
    [
      'items that are an object',
      machine({ A: { ...map, Items: { a: 1 } } }),
      '/States/A/Items',
      'an array',
    ],
    [
      'a problem in a branch',
      machine({
        A: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'I', States: { I: { Type: 'Nap' } } }],
          End: true,
        },
      }),
      '/States/A/Branches[0]/States/I/Type',
      '"Nap"',
    ],
    [
      'a syntax error',
      machine({ A: { ...pass, Output: { v: '{% a[1,2) %}' } } }),
      '/States/A/Output/v',
      'not JSONata',
    ],
    [
      'a name at the top level',
      machine({ A: { ...pass, Output: '{% phone %}' } }),
      '/States/A/Output',
      "Reference to 'phone' at the top level",
    ],
    [
      'the root reference',
      machine({ A: { ...pass, Output: '{% $$.a %}' } }),
      '/States/A/Output',
      "Reference to '$$'",
    ],
    [
      '$states.result in a Pass',
      machine({ A: { ...pass, Output: '{% $states.result %}' } }),
      '/States/A/Output',
      '$states.result',
    ],
    [
      '$states.result in Arguments',
      machine({ A: lambda({ Arguments: '{% $states.result %}' }) }),
      '/States/A/Arguments',
      '$states.result',
    ],
    [
      '$states.errorOutput outside Catch',
      machine({ A: lambda({ Output: '{% $states.errorOutput %}' }) }),
      '/States/A/Output',
      '$states.errorOutput',
    ],
    [
      'States.ALL beside others',
      machine({ A: lambda({ Retry: [{ ErrorEquals: ['States.ALL', 'X'] }] }) }),
      '/States/A/Retry[0]/ErrorEquals',
      'stand alone',
    ],
    [
      'States.ALL before others',
      machine({
        A: lambda({
          Catch: [
            { ErrorEquals: ['States.ALL'], Next: 'A' },
            { ErrorEquals: ['X'], Next: 'A' },
          ],
        }),
      }),
      '/States/A/Catch[0]/ErrorEquals',
      'last entry',
    ],
    [
      'an empty ErrorEquals',
      machine({ A: lambda({ Retry: [{ ErrorEquals: [] }] }) }),
      '/States/A/Retry[0]/ErrorEquals',
      'at least one',
    ],
    [
      'a negative MaxAttempts',
      machine({ A: lambda({ Retry: [{ ErrorEquals: ['X'], MaxAttempts: -1 }] }) }),
      '/States/A/Retry[0]/MaxAttempts',
      'got -1',
    ],
    [
      'a BackoffRate below 1',
      machine({ A: lambda({ Retry: [{ ErrorEquals: ['X'], BackoffRate: 0.5 }] }) }),
      '/States/A/Retry[0]/BackoffRate',
      'got 0.5',
    ],
    [
      'an unknown jitter',
      machine({ A: lambda({ Retry: [{ ErrorEquals: ['X'], JitterStrategy: 'SOME' }] }) }),
      '/States/A/Retry[0]/JitterStrategy',
      '"FULL"',
    ],
    [
      'a resource that is no ARN',
      machine({ A: lambda({ Resource: 'f' }) }),
      '/States/A/Resource',
      'arn:aws:states:::',
    ],
    [
      'a heartbeat above the timeout',
      machine({ A: lambda({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }) }),
      '/States/A/HeartbeatSeconds',
      'less than TimeoutSeconds',
    ],
    [
      'both ends of a Wait',
      machine({ A: { ...wait, Timestamp: '2026-01-01T00:00:00Z' } }),
      '/States/A',
      'exactly one of Seconds and Timestamp',
    ],
    [
      'a time without zone',
      machine({ A: { Type: 'Wait', Timestamp: '2016-12-05T21:29:29', End: true } }),
      '/States/A/Timestamp',
      'RFC 3339',
    ],
    [
      'a variable named states',
      machine({ A: { ...pass, Assign: { states: 1 } } }),
      '/States/A/Assign/states',
      'reserved',
    ],
    [
      'no variable name',
      machine({ A: { ...pass, Assign: { '1a': 1 } } }),
      '/States/A/Assign/1a',
      'no variable name',
    ],
    [
      'a variable of an outer scope',
      machine({
        A: { ...pass, End: undefined, Next: 'M', Assign: { x: 1 } },
        M: {
          ...map,
          ItemProcessor: { StartAt: 'I', States: { I: { ...pass, Assign: { x: 2 } } } },
        },
      }),
      '/States/M/ItemProcessor/States/I/Assign/x',
      'outer scope',
    ],
    [
      'a name above 80 characters',
      machine({ ['A'.repeat(81)]: pass }),
      `/States/${'A'.repeat(81)}`,
      '81 characters',
    ],
  ])('refuses %s', (_, definition, path, message) => {
    const plain: unknown = JSON.parse(JSON.stringify(definition));

    expect(problemsOf(plain)).toContainEqual({ path, message: expect.stringContaining(message) });
  });
});
