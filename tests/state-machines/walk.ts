import { describe, expect, test } from 'vitest';
import { runStateMachine, type RunResult } from '#rehearsal/asl/run-state-machine.ts';
import {
  type Definition,
  type InputOf,
  type MachineName,
  machines,
  resolved,
  type State,
} from './definitions.ts';
import { sentIn } from './history.ts';
import { type Recordable, unrecorded } from './recorded-inputs.ts';
import { marked, untaken } from './transitions.ts';

/** When every journey starts. */
export const START = '2026-11-18T09:30:00.000Z';

/** So many seconds after the start. */
export const later = (seconds: number): string =>
  new Date(Date.parse(START) + seconds * 1000).toISOString();

export const HOUR = 3600;
export const DAY = 24 * HOUR;

export const never = { Never: true };

/** What a Task answers when nothing is said of it: its wait never ends, everything else succeeds. */
const usualAnswer = ({ Resource }: State): object => {
  if (String(Resource).endsWith('.waitForTaskToken')) return never;
  if (String(Resource).endsWith('startQueryExecution.sync'))
    return { Return: { QueryExecution: { QueryExecutionId: 'query' } } };
  return String(Resource).endsWith(':putEvents')
    ? { FailedEntryCount: 0, Entries: [] }
    : { Return: { StatusCode: 200, Payload: { kind: 'send' } } };
};

export interface Journeys<Name extends MachineName> {
  readonly name: Name;
  /** Runs the journey of one order; `answers` are the engine's mocks, by state. */
  readonly walk: (
    input: InputOf<Name>,
    answers?: Readonly<Record<string, unknown>>,
  ) => Promise<RunResult>;
  /** The same with an input that the contract does not know. */
  readonly walkWith: (
    input: unknown,
    answers?: Readonly<Record<string, unknown>>,
  ) => Promise<RunResult>;
  /** Every journey so far. */
  readonly walked: readonly RunResult[];
}

const tasksOf = ({ States }: Definition): readonly (readonly [string, State])[] =>
  Object.entries(States).flatMap(([name, state]) => [
    ...(state.Type === 'Task' ? [[name, state] as const] : []),
    ...(state.ItemProcessor === undefined ? [] : tasksOf(state.ItemProcessor)),
  ]);

export const journeysOf = <Name extends MachineName>(name: Name): Journeys<Name> => {
  const definition = marked(resolved(name));
  const tasks = tasksOf(definition);
  const usual = Object.fromEntries(tasks.map(([state, task]) => [state, usualAnswer(task)]));
  const walked: RunResult[] = [];
  const walkWith: Journeys<Name>['walkWith'] = async (input, answers = {}) => {
    const mocks = { ...usual, ...answers };
    const result = await runStateMachine(definition, input, { startTime: START, mocks });
    walked.push(result);
    return result;
  };
  const walk: Journeys<Name>['walk'] = (input, answers) =>
    walkWith(machines[name].input.parse(input), answers);
  return { name, walk, walkWith, walked };
};

const sentOnJourneys = <Name extends MachineName>({
  name,
  walked,
}: Journeys<Name>): readonly Recordable[] =>
  walked.flatMap(sentIn).map(({ state, to, input }) => ({ to, from: `${name}.${state}`, input }));

/** The last tests of a definition's file: they look back at the journeys of the others. */
export const lookBackAt = <Name extends MachineName>(journeys: Journeys<Name>): void => {
  describe('the journeys of this file', () => {
    test('take every transition of the definition', () => {
      expect(untaken(resolved(journeys.name), journeys.walked)).toEqual([]);
    });

    test('send nothing of a shape that is not on record', async () => {
      expect(await unrecorded(sentOnJourneys(journeys))).toEqual([]);
    });
  });
};
