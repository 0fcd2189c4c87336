import type { Resource } from '../assembly/cloud.ts';
import { stageOfMachine } from '../cost/stage-of-machine.ts';
import type { GraphEdge, GraphState, GraphView } from './views.ts';

export type Graph = Pick<GraphView, 'machine' | 'comment' | 'startAt' | 'states' | 'edges'>;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => ({ ...Object(value) });

const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.map(fieldsOf) : [];

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** A deployed state machine as a graph: its states, and every way from one to another. */
export const graphOf = ({ logicalId, properties }: Resource): Graph => {
  const definition = fieldsOf(JSON.parse(String(properties['DefinitionString'])));
  const { states, edges } = workflowOf(definition);
  return {
    machine: stageOfMachine(logicalId),
    comment: textOf(definition['Comment']) ?? '',
    startAt: String(definition['StartAt']),
    states,
    edges,
  };
};

/** With the states of what runs inside a Map or a Parallel, which hang on it. */
const workflowOf = (definition: Fields): Pick<Graph, 'states' | 'edges'> => {
  const parts = Object.entries(fieldsOf(definition['States'])).map(([name, state]) =>
    partsOf(name, fieldsOf(state)),
  );
  return {
    states: parts.flatMap(({ states }) => states),
    edges: parts.flatMap(({ edges }) => edges),
  };
};

const partsOf = (name: string, state: Fields): Pick<Graph, 'states' | 'edges'> => {
  const inner = [
    ...('ItemProcessor' in state ? [fieldsOf(state['ItemProcessor'])] : []),
    ...listOf(state['Branches']),
  ];
  const insides = inner.map(workflowOf);
  const hangs = inner.map(({ StartAt }): GraphEdge => ({
    from: name,
    to: String(StartAt),
    kind: 'each',
    label: 'for each',
  }));
  return {
    states: [stateOf(name, state), ...insides.flatMap(({ states }) => states)],
    edges: [...edgesOf(name, state), ...hangs, ...insides.flatMap(({ edges }) => edges)],
  };
};

const stateOf = (name: string, state: Fields): GraphState => ({
  name,
  type: String(state['Type']),
  comment: textOf(state['Comment']),
  isEnd: state['End'] === true || ['Succeed', 'Fail'].includes(String(state['Type'])),
});

const edgesOf = (from: string, state: Fields): readonly GraphEdge[] => {
  const next = textOf(state['Next']);
  const otherwise = textOf(state['Default']);
  return [
    ...(next === undefined ? [] : [{ from, to: next, kind: 'next' } as const]),
    ...listOf(state['Choices']).map(({ Next, Condition }) => ({
      from,
      to: String(Next),
      kind: 'choice' as const,
      label: conditionOf(Condition),
    })),
    ...(otherwise === undefined
      ? []
      : [{ from, to: otherwise, kind: 'default', label: 'else' } as const]),
    ...listOf(state['Catch']).map(({ Next, ErrorEquals }) => ({
      from,
      to: String(Next),
      kind: 'catch' as const,
      label: [ErrorEquals].flat().join(', '),
    })),
  ];
};

/** `{% $news = 'reviewed' %}` without its marks. */
const conditionOf = (condition: unknown): string =>
  String(condition).replace(/^\{%\s*|\s*%\}$/g, '');
