import { describe, expect, test } from 'vitest';
import { runStateMachine } from '#rehearsal/asl/run-state-machine.ts';
import { type Definition, resolved } from './definitions.ts';
import { callsOf, namesOf } from './history.ts';
import { marked, takenIn, transitionsOf, untaken } from './transitions.ts';

const definition: Definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'WhichWay',
  States: {
    WhichWay: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.way = 1 %}', Next: 'SendWord' },
        { Condition: '{% $states.input.way = 2 %}', Next: 'SendWord' },
      ],
      Assign: { word: 'none' },
      Default: 'Refuse',
    },
    SendWord: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'send', Payload: '{% $states.input %}' },
      Catch: [
        { ErrorEquals: ['Busy'], Next: 'Rest' },
        { ErrorEquals: ['States.ALL'], Next: 'Rest' },
      ],
      End: true,
    },
    Rest: { Type: 'Succeed' },
    Refuse: { Type: 'Fail', Error: 'Refused' },
  },
};

const go = (way: number, answer: object = { Return: {} }) =>
  runStateMachine(marked(definition), { way }, { mocks: { SendWord: answer } });

const fails = (error: string) => ({ Throw: { Error: error } });

describe('the transitions of a definition', () => {
  test('are every way out of every state', () => {
    expect(transitionsOf(definition)).toEqual([
      'WhichWay/Choices[0] → SendWord',
      'WhichWay/Choices[1] → SendWord',
      'WhichWay/Default → Refuse',
      'SendWord/End',
      'SendWord/Catch[0] → Rest',
      'SendWord/Catch[1] → Rest',
      'Rest/Succeed',
      'Refuse/Fail',
    ]);
  });

  test('are told apart where two lead to one state', async () => {
    const [first, second] = [await go(1), await go(2)];
    const [busy, broken] = [await go(1, fails('Busy')), await go(1, fails('Broken'))];

    expect(takenIn(first.history)).toEqual(['WhichWay/Choices[0] → SendWord', 'SendWord/End']);
    expect(takenIn(second.history)).toEqual(['WhichWay/Choices[1] → SendWord', 'SendWord/End']);
    expect(takenIn(busy.history).slice(1)).toEqual(['SendWord/Catch[0] → Rest', 'Rest/Succeed']);
    expect(takenIn(broken.history).slice(1)).toEqual(['SendWord/Catch[1] → Rest', 'Rest/Succeed']);
  });

  test('that no journey takes are named', async () => {
    const walked = [await go(1), await go(3), await go(1, fails('Busy'))];

    expect(untaken(definition, walked)).toEqual([
      'WhichWay/Choices[1] → SendWord',
      'SendWord/Catch[1] → Rest',
    ]);
    expect(untaken(definition, [...walked, await go(2), await go(1, fails('Broken'))])).toEqual([]);
  });

  test('of a branch that is added are named until a journey takes it', async () => {
    const { WhichWay, ...others } = definition.States;
    const added = { Condition: '{% $states.input.way = 4 %}', Next: 'Rest' };
    const choices = [...(WhichWay?.Choices ?? []), added];
    const longer: Definition = {
      ...definition,
      States: { ...others, WhichWay: { Type: 'Choice', ...WhichWay, Choices: choices } },
    };
    const walked = [await go(1), await go(2), await go(3)];
    const ways = [...walked, await go(1, fails('Busy')), await go(1, fails('Broken'))];

    expect(untaken(longer, ways)).toEqual(['WhichWay/Choices[2] → Rest']);
  });

  test('are followed within a Map, whose own way out is one too', async () => {
    const each = { StartAt: 'WhichWay', States: definition.States };
    const map: Definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Each',
      States: {
        Each: { Type: 'Map', Items: [{ way: 1 }, { way: 2 }], ItemProcessor: each, End: true },
      },
    };

    const walked = await runStateMachine(marked(map), {}, { mocks: { SendWord: { Return: {} } } });

    expect(untaken(map, [walked])).toEqual([
      'WhichWay/Default → Refuse',
      'SendWord/Catch[0] → Rest',
      'SendWord/Catch[1] → Rest',
      'Rest/Succeed',
      'Refuse/Fail',
    ]);
  });

  test('of a kind of state that is not followed are refused', () => {
    const States = { Both: { Type: 'Parallel', End: true as const } };

    expect(() => transitionsOf({ ...definition, States })).toThrow(
      'Both: the ways out of a Parallel',
    );
  });
});

test('marks change nothing in what a journey does, asks for and ends with', async () => {
  const input = {
    shop: 'hearth',
    orderId: '100482',
    careLines: ['mill'],
    useLines: ['mill'],
    nudgeAt: '2026-01-03T00:00:00.000Z',
    checkInLines: [],
    checkInAt: null,
  };
  const mocks = {
    SendCareGuide: {},
    AwaitActivation: { Never: true },
    SendActivationNudge: {},
    CompleteOnboarding: {},
  };

  const plain = await runStateMachine(resolved('onboarding'), input, { mocks });
  const after = await runStateMachine(marked(resolved('onboarding')), input, { mocks });

  expect(after.output).toEqual(plain.output);
  expect(namesOf(after)).toEqual(namesOf(plain));
  expect(callsOf(after)).toEqual(callsOf(plain));
  expect(after.history.map(({ type, timestamp }) => [type, timestamp])).toEqual(
    plain.history.map(({ type, timestamp }) => [type, timestamp]),
  );
});
