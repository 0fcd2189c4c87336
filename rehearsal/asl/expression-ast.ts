import { isJsonObject, isObject, type Json } from './json.ts';

/** `$variable.name.name`: no array steps, no predicates, no functions. */
export type SimplePath = { readonly variable: string; readonly names: readonly string[] };

/** The path met an array on its way; only JSONata knows how to map over it. */
export const NOT_SIMPLE = Symbol('not a simple path');

export type AstReading = {
  /** The members of `$states` that it names, such as `input`. */
  readonly statesMembers: readonly string[];
  readonly references: readonly string[];
  readonly simplePath: SimplePath | undefined;
  readonly refusals: readonly string[];
  /** `[]` makes JSONata put a mark on the very array it finds, which must not be the data's own. */
  readonly marksArrays: boolean;
};

type Node = Readonly<Record<string, unknown>>;

const nodesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const hasOnly = (node: Node, keys: readonly string[]): boolean =>
  Object.keys(node).every((key) => keys.includes(key));

const plainKeys = ['type', 'value', 'position'];

const isPlainNode = (node: unknown, type: string): node is Node & { readonly value: string } =>
  isObject(node) &&
  node['type'] === type &&
  typeof node['value'] === 'string' &&
  hasOnly(node, plainKeys);

const readSimplePath = (ast: Node): SimplePath | undefined => {
  const steps = ast['type'] === 'path' && hasOnly(ast, ['type', 'steps']) ? ast['steps'] : [ast];
  const [first, ...rest] = nodesOf(steps);
  if (!isPlainNode(first, 'variable') || first.value === '' || first.value === '$')
    return undefined;
  const names: string[] = [];
  for (const step of rest) {
    if (!isPlainNode(step, 'name')) return undefined;
    names.push(step.value);
  }
  return { variable: first.value, names };
};

/** What JSONata answers for the path: a final array as it is, nothing for a missing name. */
export const followSimplePath = (
  path: SimplePath,
  root: Json,
): Json | undefined | typeof NOT_SIMPLE => {
  let value: Json = root;
  for (const name of path.names) {
    if (Array.isArray(value)) return NOT_SIMPLE;
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
    const member: Json | undefined = value[name];
    if (member === undefined) return undefined;
    value = member;
  }
  return value;
};

type Walk = {
  readonly references: Set<string>;
  readonly refusals: Set<string>;
  readonly statesMembers: Set<string>;
  marksArrays: boolean;
};

const noteStatesMember = (path: Node, walk: Walk): void => {
  const [first, second] = nodesOf(path['steps']);
  if (!isObject(first) || first['type'] !== 'variable' || first['value'] !== 'states') return;
  if (isObject(second) && second['type'] === 'name' && typeof second['value'] === 'string')
    walk.statesMembers.add(second['value']);
};

/** Inside a step, a predicate or a sort there is a context item; a bare name reads it. */
const walkPath = (node: Node, isTop: boolean, walk: Walk): void => {
  noteStatesMember(node, walk);
  nodesOf(node['steps']).forEach((step, index) => walkNode(step, isTop && index === 0, walk));
  walkNode(node['group'], false, walk);
};

const noteReference = (node: Node, walk: Walk): void => {
  const name = node['value'];
  if (typeof name !== 'string') return;
  if (name === '$') walk.refusals.add("Reference to '$$' is not supported.");
  else if (name !== '') walk.references.add(name);
};

const noteTopLevelName = (node: Node, walk: Walk): void => {
  walk.refusals.add(
    `Reference to '${String(node['value'])}' at the top level is not supported.` +
      ' Read the input as $states.input and a variable as $name.',
  );
};

const contextChanging = new Set([
  'stages',
  'predicate',
  'group',
  'terms',
  'pattern',
  'update',
  'delete',
]);

const walkMembers = (node: Node, isTop: boolean, walk: Walk): void => {
  for (const [key, member] of Object.entries(node))
    if (key !== 'ancestor' && key !== 'slot' && key !== 'seekingParent')
      walkNode(member, isTop && !contextChanging.has(key), walk);
};

const walkNode = (node: unknown, isTop: boolean, walk: Walk): void => {
  if (Array.isArray(node)) node.forEach((item) => walkNode(item, isTop, walk));
  if (!isObject(node)) return;
  walk.marksArrays ||= node['keepSingletonArray'] === true;
  if (node['type'] === 'path') return walkPath(node, isTop, walk);
  if (node['type'] === 'variable') noteReference(node, walk);
  if (node['type'] === 'name' && isTop) noteTopLevelName(node, walk);
  walkMembers(node, isTop, walk);
};

/** What the engine and the loader need to know of a parsed expression. */
export const readAst = (ast: unknown): AstReading => {
  const walk: Walk = {
    references: new Set(),
    refusals: new Set(),
    statesMembers: new Set(),
    marksArrays: false,
  };
  walkNode(ast, true, walk);
  return {
    marksArrays: walk.marksArrays,
    references: [...walk.references],
    statesMembers: [...walk.statesMembers],
    refusals: [...walk.refusals],
    simplePath: isObject(ast) ? readSimplePath(ast) : undefined,
  };
};
