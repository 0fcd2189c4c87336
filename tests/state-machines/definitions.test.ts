import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { noticeTouches } from '#core/domain/orders/notices.ts';
import { visitTouches } from '#core/domain/journeys/visits.ts';
import { loadStateMachine } from '#rehearsal/asl/load.ts';
import { touches } from '#touches/registry.ts';
import { type Definition, machines, resolved, sourceOf, type State } from './definitions.ts';

const contracts = Object.values(machines);

const statesOf = ({ States }: Definition): readonly (readonly [string, State])[] =>
  Object.entries(States).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.ItemProcessor === undefined ? [] : statesOf(state.ItemProcessor)),
  ]);

const tasksOf = (name: (typeof contracts)[number]['name']): readonly (readonly [string, State])[] =>
  statesOf(resolved(name)).filter(([, { Type }]) => Type === 'Task');

const waitsForToken = ([, { Resource }]: readonly [string, State]): boolean =>
  String(Resource).endsWith('.waitForTaskToken');

describe.each(contracts)('the definition of $name', ({ name, substitutions }) => {
  test('loads in the rehearsal’s engine', () => {
    expect(() => loadStateMachine(resolved(name))).not.toThrow();
  });

  test('has no error that asl-validator knows', () => {
    expect(validate(resolved(name)).errorsText()).toBe('');
  });

  test('has the placeholders of its contract, and no others', () => {
    const placeholders = new Set(
      sourceOf(name)
        .matchAll(/\$\{(\w+)\}/g)
        .map(([, placeholder]) => placeholder),
    );

    expect(placeholders).toEqual(new Set(substitutions));
  });

  test('asks only for touches that there are', () => {
    const asked = sourceOf(name)
      .matchAll(/"touch": "([^"{]+)"/g)
      .map(([, touch]) => touch);

    expect(new Set(asked).difference(new Set(Object.keys(touches)))).toEqual(new Set());
  });

  test('tries each of its tasks again', () => {
    const once = tasksOf(name).filter(
      ([, { Retry }]) => !Array.isArray(Retry) || Retry.length === 0,
    );

    expect(once.map(([state]) => state)).toEqual([]);
  });

  test('waits for no token without an end, and goes on when it has come', () => {
    const endless = tasksOf(name)
      .filter(waitsForToken)
      .filter(
        ([, { TimeoutSeconds, Catch = [] }]) =>
          TimeoutSeconds === undefined ||
          !Catch.some((each) => JSON.stringify(each['ErrorEquals']).includes('States.Timeout')),
      );

    expect(endless.map(([state]) => state)).toEqual([]);
  });
});

test('an event or a visit asks only for touches that there are', () => {
  expect(Object.keys(touches)).toEqual(expect.arrayContaining([...noticeTouches, ...visitTouches]));
});
