import type { State, Workflow } from './definition.ts';
import type { Place } from './problems.ts';

const assignedIn = (state: State): readonly string[] => {
  const assigns = [
    state.assign,
    ...(state.type === 'Choice' ? state.choices.map(({ assign }) => assign) : []),
    ...('catch' in state ? state.catch.map(({ assign }) => assign) : []),
  ];
  return assigns.flatMap((assign) => [...(assign?.keys() ?? [])]);
};

type Inner = {
  readonly workflow: Workflow;
  readonly path: string;
  /** Executions of their own see no variable of the execution that started them. */
  readonly isApart: boolean;
};

export const innerWorkflows = (name: string, state: State): readonly Inner[] => {
  if (state.type === 'Map')
    return [
      {
        workflow: state.processor,
        path: `States/${name}/ItemProcessor`,
        isApart: state.distribution !== undefined,
      },
    ];
  if (state.type !== 'Parallel') return [];
  return state.branches.map((workflow, index) => ({
    workflow,
    path: `States/${name}/Branches[${index}]`,
    isApart: false,
  }));
};

/**
 * AWS refuses a branch or an iteration that assigns a variable its surroundings assign too: the
 * name would mean two things.
 */
export const checkVariableScopes = (
  { states }: Workflow,
  place: Place,
  outer: ReadonlySet<string> = new Set(),
): void => {
  const own = new Set<string>();
  for (const [name, state] of states)
    for (const variable of assignedIn(state)) {
      own.add(variable);
      if (outer.has(variable))
        place
          .at(`States/${name}/Assign/${variable}`)
          .refuse(
            `the variable "${variable}" is already assigned in an outer scope; choose another name.`,
          );
    }
  const visible = new Set([...outer, ...own]);
  for (const [name, state] of states)
    for (const { workflow, path, isApart } of innerWorkflows(name, state))
      checkVariableScopes(workflow, place.at(path), isApart ? new Set() : visible);
};
