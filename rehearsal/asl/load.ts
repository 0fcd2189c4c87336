import type { State, StateMachine, Workflow } from './definition.ts';
import { isJsonObject, type Json, toJson } from './json.ts';
import { checkFields } from './load-fields.ts';
import { type LoadContext, loadState } from './load-states.ts';
import { checkMapRuns } from './load-map-runs.ts';
import { loadNumber } from './load-templates.ts';
import { checkVariableScopes } from './load-scopes.ts';
import { InvalidDefinition, Place, type Problem } from './problems.ts';

const MAX_SECONDS = 99_999_999;
/** AWS: a state's name has at most 80 characters. */
const MAX_NAME_LENGTH = 80;

const targetsOf = (state: State): readonly (readonly [field: string, target: string])[] => [
  ...(state.next === undefined
    ? []
    : [[state.type === 'Choice' ? 'Default' : 'Next', state.next] as const]),
  ...(state.type === 'Choice'
    ? state.choices.map(({ next }, index) => [`Choices[${index}]/Next`, next] as const)
    : []),
  ...('catch' in state
    ? state.catch.map(({ next }, index) => [`Catch[${index}]/Next`, next] as const)
    : []),
];

const reachableFrom = ({ startAt, states }: Workflow): ReadonlySet<string> => {
  const reached = new Set<string>();
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = states.get(name);
    if (state === undefined || reached.has(name)) continue;
    reached.add(name);
    open.push(...targetsOf(state).map(([, target]) => target));
  }
  return reached;
};

const isTerminal = (state: State): boolean =>
  state.type === 'Succeed' ||
  state.type === 'Fail' ||
  (state.type !== 'Choice' && state.next === undefined);

/** Every target exists, every state can be reached, and some state ends the workflow. */
const checkGraph = (workflow: Workflow, place: Place): void => {
  const { startAt, states } = workflow;
  const names = [...states.keys()].map((name) => `"${name}"`).join(', ');
  if (!states.has(startAt))
    place.at('StartAt').mismatch(startAt, `a state of this workflow: ${names}`);
  for (const [name, state] of states)
    for (const [field, target] of targetsOf(state))
      if (!states.has(target))
        place.at(`States/${name}/${field}`).mismatch(target, `a state of this workflow: ${names}`);
  const reached = reachableFrom(workflow);
  for (const name of states.keys())
    if (!reached.has(name)) place.at(`States/${name}`).refuse('cannot be reached from StartAt.');
  if (![...states.values()].some(isTerminal))
    place.refuse('has no state that ends it (End: true, Succeed or Fail).');
};

const workflowFields = ['StartAt', 'States', 'Comment'];
const machineFields = [...workflowFields, 'QueryLanguage', 'TimeoutSeconds', 'Version'];

const loadStates = (value: Json, place: Place, context: LoadContext): Map<string, State> => {
  const states = new Map<string, State>();
  if (!isJsonObject(value)) return states;
  for (const [name, source] of Object.entries(value)) {
    if (name.length > MAX_NAME_LENGTH)
      place
        .at(name)
        .refuse(`has a name of ${name.length} characters; supported: ${MAX_NAME_LENGTH}.`);
    const state = loadState(name, source, place.at(name), context);
    if (state !== undefined) states.set(name, state);
  }
  return states;
};

const workflowLoader =
  (queryLanguage: Json | undefined) =>
  (value: Json | undefined, place: Place, supported: readonly string[]): Workflow => {
    if (!isJsonObject(value)) {
      place.mismatch(value, 'an object with StartAt and States');
      return { startAt: '', states: new Map() };
    }
    checkFields(value, supported, place);
    const { StartAt: startAt, States: sources } = value;
    const load = workflowLoader(queryLanguage);
    const context: LoadContext = {
      queryLanguage,
      loadWorkflow: (inner, at, extra = []) => load(inner, at, [...workflowFields, ...extra]),
    };
    if (!isJsonObject(sources) || Object.keys(sources).length === 0)
      place.at('States').mismatch(sources, 'an object of at least one state');
    const states = loadStates(sources ?? null, place.at('States'), context);
    const workflow = { startAt: typeof startAt === 'string' ? startAt : '', states };
    if (typeof startAt !== 'string') place.at('StartAt').mismatch(startAt, 'the name of a state');
    // A state that was refused is missing from the graph: what else is wrong would only confuse.
    else if (isJsonObject(sources) && states.size === Object.keys(sources).length)
      checkGraph(workflow, place);
    return workflow;
  };

const checkTopLanguage = (language: Json | undefined, place: Place): void => {
  if (language !== undefined && language !== 'JSONata')
    place.at('QueryLanguage').mismatch(language, '"JSONata"');
};

/**
 * Validates an Amazon States Language definition (plain JSON) with QueryLanguage JSONata and
 * compiles its expressions.
 * @throws InvalidDefinition listing every problem, with where it is, what was got and what would do
 */
export const loadStateMachine = (definition: unknown): StateMachine => {
  const problems: Problem[] = [];
  const top = new Place('', problems);
  const source = toJson(definition);
  if (!isJsonObject(source)) {
    top.mismatch(source, 'an object with StartAt and States');
    throw new InvalidDefinition(problems);
  }
  checkTopLanguage(source['QueryLanguage'], top);
  const workflow = workflowLoader(source['QueryLanguage'])(source, top, machineFields);
  checkVariableScopes(workflow, top);
  checkMapRuns(workflow, top);
  const timeoutSeconds = loadNumber(
    source['TimeoutSeconds'],
    { min: 1, max: MAX_SECONDS, isWhole: true },
    top.at('TimeoutSeconds'),
  );
  if (problems.length > 0) throw new InvalidDefinition(problems);
  return { source, workflow, timeoutSeconds };
};
