import jsonata from 'jsonata';
import { addedFunctions, seededRandom } from './functions.ts';
import type { Json, JsonObject } from './json.ts';
import {
  type AstReading,
  followSimplePath,
  NOT_SIMPLE,
  readAst,
  type SimplePath,
} from './expression-ast.ts';
import type { Scope } from './scope.ts';

/** What an expression takes from the run: virtual time, draws and ids. */
export type Host = {
  readonly now: () => number;
  readonly random: () => number;
  readonly uuid: () => string;
};

/** Everything an expression can see. */
export type Bindings = {
  readonly states: JsonObject;
  readonly scope: Scope;
  readonly host: Host;
};

/**
 * An expression ready to run. Its `simplePath` is set when it only follows names from a variable:
 * that is answered without JSONata, with JSONata's answer. `refusals` say why AWS would not take it.
 */
export type CompiledExpression = AstReading & { readonly evaluator: jsonata.Expression };

/**
 * AWS nests no expression deeper and lets none run longer. The time is real time: it only keeps a
 * recursion without end from hanging the run.
 */
const limits = { stack: 100, timeout: 5000 } as const;

const fromMillis = jsonata('$fromMillis($millis, $picture, $timezone)');

type HostFunction = (host: Host) => (...args: never[]) => unknown;

const hostFunctions: ReadonlyMap<string, HostFunction> = new Map<string, HostFunction>([
  [
    'now',
    (host) => (picture?: string, timezone?: string) =>
      picture === undefined
        ? new Date(host.now()).toISOString()
        : fromMillis.evaluate(undefined, { millis: host.now(), picture, timezone }),
  ],
  ['millis', (host) => () => host.now()],
  [
    'random',
    (host) => (seed?: number) => (seed === undefined ? host.random() : seededRandom(seed)()),
  ],
  ['uuid', (host) => () => host.uuid()],
]);

/** Enough for any real set of definitions; a batch of generated ones must not grow without end. */
const MAX_COMPILED = 20_000;
const compiled = new Map<string, CompiledExpression>();

const compileAfresh = (source: string): CompiledExpression => {
  const evaluator = jsonata(source, limits);
  for (const [name, [implementation, signature]] of Object.entries(addedFunctions))
    evaluator.registerFunction(name, implementation, signature);
  // Step Functions has no $eval: calling it fails as calling anything that is no function does.
  evaluator.assign('eval', undefined);
  return { evaluator, ...readAst(evaluator.ast()) };
};

/**
 * Compiles JSONata once per source text.
 * @throws what JSONata throws for a syntax error: `{ code, message, position }`
 */
export const compileExpression = (source: string): CompiledExpression => {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  const fresh = compileAfresh(source);
  compiled.set(source, fresh);
  return fresh;
};

const valueOf = (name: string, { states, scope, host }: Bindings): unknown => {
  if (name === 'states') return states;
  const variable = scope.lookup(name);
  return variable === undefined ? hostFunctions.get(name)?.(host) : variable;
};

const evaluateByJsonata = (
  { evaluator, references, marksArrays }: CompiledExpression,
  bindings: Bindings,
): Promise<unknown> => {
  const bound: Record<string, unknown> = {};
  for (const name of references) {
    const value = valueOf(name, bindings);
    if (value === undefined) continue;
    bound[name] = marksArrays && typeof value !== 'function' ? structuredClone(value) : value;
  }
  return evaluator.evaluate(undefined, bound);
};

const evaluateSimply = (
  path: SimplePath,
  { states, scope }: Bindings,
): Json | undefined | typeof NOT_SIMPLE => {
  const root = path.variable === 'states' ? states : scope.lookup(path.variable);
  // An unassigned name may be a built-in function; JSONata knows.
  return root === undefined ? NOT_SIMPLE : followSimplePath(path, root);
};

/**
 * The raw result: a plain value, undefined for nothing, or a promise of what JSONata answers.
 * A simple path answers at once, which spares most of the cost of running a hundred thousand
 * executions.
 */
export const evaluateExpression = (expression: CompiledExpression, bindings: Bindings): unknown => {
  const { simplePath } = expression;
  if (simplePath !== undefined) {
    const value = evaluateSimply(simplePath, bindings);
    if (value !== NOT_SIMPLE) return value;
  }
  return evaluateByJsonata(expression, bindings);
};
