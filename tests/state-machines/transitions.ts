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

const followed = new Set(['Task', 'Choice', 'Pass', 'Wait', 'Succeed', 'Fail']);

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

/** Every way from state to state that the definition has, and every way out of it. */
export const transitionsOf = ({ States }: Definition): readonly Transition[] =>
  Object.entries(States).flatMap(waysOut);

/** The variable that a marked definition keeps the transition in that was taken last. */
const MARK = 'transitionTaken';

const markedState = (name: string, state: State): State => {
  const { Type, Choices, Catch, Assign } = state;
  const [next] = nextOf(name, state);
  // A Fail or a Succeed assigns nothing; that it was entered says enough.
  if (Type === 'Fail' || Type === 'Succeed') return state;
  const marked = Choices?.map((each, index) => ({
    ...each,
    Assign: { ...each.Assign, [MARK]: choice(name, index, each.Next) },
  }));
  const catchers = Catch?.map((each, index) => ({
    ...each,
    Assign: { ...each.Assign, [MARK]: caught(name, index, each.Next) },
  }));
  return {
    ...state,
    ...(next === undefined ? {} : { Assign: { ...Assign, [MARK]: next } }),
    ...(marked === undefined ? {} : { Choices: marked }),
    ...(catchers === undefined ? {} : { Catch: catchers }),
  };
};

/**
 * The definition with a mark on each transition: a variable that only this way out assigns, so that
 * the history says which of two branches to one state was taken. Nothing else changes.
 */
export const marked = (definition: Definition): Definition => ({
  ...definition,
  States: Object.fromEntries(
    Object.entries(definition.States).map(([name, state]) => [name, markedState(name, state)]),
  ),
});

const exited = z.object({
  stateExitedEventDetails: z.object({ assignedVariables: z.object({ [MARK]: z.string() }) }),
});

const ended = z.object({
  type: z.enum(['FailStateEntered', 'SucceedStateEntered']),
  stateEnteredEventDetails: z.object({ name: z.string() }),
});

const takenAt = (event: HistoryEvent): readonly Transition[] => {
  const mark = exited.safeParse(event).data?.stateExitedEventDetails.assignedVariables[MARK];
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
