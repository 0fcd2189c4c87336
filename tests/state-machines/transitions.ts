import * as z from 'zod';
import type { HistoryEvent } from '#rehearsal/asl/history.ts';
import type { Definition, State } from './definitions.ts';

/**
 * A way out of a state, as the definition has it: `WhatIsNew/Choices[1] → AwaitCheckIn`. Two branches
 * that lead to one state are two.
 */
export type Transition = string;

const nextOf = (name: string, { Type, Next, Default }: State): readonly Transition[] => {
  if (Type === 'Choice') return Default === undefined ? [] : [`${name}/Default → ${Default}`];
  if (Type === 'Fail' || Type === 'Succeed') return [`${name}/${Type}`];
  return [Next === undefined ? `${name}/End` : `${name}/Next → ${Next}`];
};

const choice = (name: string, index: number, next: string): Transition =>
  `${name}/Choices[${index}] → ${next}`;

const caught = (name: string, index: number, next: string): Transition =>
  `${name}/Catch[${index}] → ${next}`;

const followed = new Set(['Task', 'Choice', 'Pass', 'Wait', 'Map', 'Succeed', 'Fail']);

const waysOut = ([name, state]: readonly [string, State]): readonly Transition[] => {
  if (!followed.has(state.Type))
    throw new Error(`${name}: the ways out of a ${state.Type} state are not followed`);
  const { Choices = [], Catch = [] } = state;
  return [
    ...Choices.map(({ Next }, index) => choice(name, index, Next)),
    ...nextOf(name, state),
    ...Catch.map(({ Next }, index) => caught(name, index, Next)),
  ];
};

/** Every way from state to state that the definition has, within its Maps too, and every way out of it. */
export const transitionsOf = ({ States }: Definition): readonly Transition[] =>
  Object.entries(States).flatMap(([name, state]) => [
    ...waysOut([name, state]),
    ...(state.ItemProcessor === undefined ? [] : transitionsOf(state.ItemProcessor)),
  ]);

/** The variable that a marked definition keeps the transition in that was taken last; one of a Map is named for it. */
const MARK = 'transitionTaken';

const markedState = (name: string, state: State, mark: string): State => {
  const { Type, Choices, Catch, Assign, ItemProcessor } = state;
  const [next] = nextOf(name, state);
  // A Fail or a Succeed assigns nothing; that it was entered says enough.
  if (Type === 'Fail' || Type === 'Succeed') return state;
  const choices = Choices?.map((each, index) => ({
    ...each,
    Assign: { ...each.Assign, [mark]: choice(name, index, each.Next) },
  }));
  const catchers = Catch?.map((each, index) => ({
    ...each,
    Assign: { ...each.Assign, [mark]: caught(name, index, each.Next) },
  }));
  return {
    ...state,
    ...(next === undefined ? {} : { Assign: { ...Assign, [mark]: next } }),
    ...(choices === undefined ? {} : { Choices: choices }),
    ...(catchers === undefined ? {} : { Catch: catchers }),
    ...(ItemProcessor === undefined
      ? {}
      : { ItemProcessor: marked(ItemProcessor, `${MARK}In${name}`) }),
  };
};

/**
 * The definition with a mark on each transition: a variable that only this way out assigns, so that
 * the history says which of two branches to one state was taken. Nothing else changes.
 */
export const marked = (definition: Definition, mark: string = MARK): Definition => ({
  ...definition,
  States: Object.fromEntries(
    Object.entries(definition.States).map(([name, state]) => [
      name,
      markedState(name, state, mark),
    ]),
  ),
});

const exited = z.object({
  stateExitedEventDetails: z.object({ assignedVariables: z.record(z.string(), z.string()) }),
});

const ended = z.object({
  type: z.enum(['FailStateEntered', 'SucceedStateEntered']),
  stateEnteredEventDetails: z.object({ name: z.string() }),
});

const takenAt = (event: HistoryEvent): readonly Transition[] => {
  const assigned = exited.safeParse(event).data?.stateExitedEventDetails.assignedVariables ?? {};
  const [, mark] = Object.entries(assigned).find(([name]) => name.startsWith(MARK)) ?? [];
  if (mark !== undefined) return [z.string().parse(JSON.parse(mark))];
  const end = ended.safeParse(event).data;
  return end === undefined
    ? []
    : [`${end.stateEnteredEventDetails.name}/${end.type.replace('StateEntered', '')}`];
};

/** The transitions that an execution of a marked definition took, in order. */
export const takenIn = (history: readonly HistoryEvent[]): readonly Transition[] =>
  history.flatMap(takenAt);

/** The transitions of the definition that none of these executions took. */
export const untaken = (
  definition: Definition,
  walked: readonly { readonly history: readonly HistoryEvent[] }[],
): readonly Transition[] => {
  const taken = new Set(walked.flatMap(({ history }) => takenIn(history)));
  return transitionsOf(definition).filter((each) => !taken.has(each));
};
