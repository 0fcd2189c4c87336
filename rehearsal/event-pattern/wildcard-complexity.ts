import type { Alternative } from './compile-event-pattern.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';
import type { ValuePattern } from './value-pattern.ts';
import type { WildcardPieces } from './wildcard.ts';

/**
 * How many wildcard prefixes one value may match at once. AWS publishes the error and not the number: 10 is what an
 * open-source emulator states for the service, and it fits reports of what the service took and refused.
 */
const LIMIT = 10;

/** Sets of states looked at before a field counts as too complex; patterns of 4096 characters that pass need far fewer. */
const MAX_STATE_SETS = 20_000;

/**
 * Refuses what EventBridge calls too complex, measured as by event-ruler's MachineComplexityEvaluator. Alternatives that
 * differ only from some field on share that field's machine, so their wildcards are counted together.
 */
export const refuseComplexWildcards = (alternatives: readonly Alternative[]): void => {
  for (const wildcards of machines(alternatives)) {
    if (isTooComplex(buildStates(wildcards))) {
      throw new InvalidEventPattern(
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      );
    }
  }
};

/** One entry of a pattern that holds wildcards; `id` is equal for equal entries, which count once. */
type WildcardEntry = { readonly id: string; readonly wildcards: readonly WildcardPieces[] };

const machines = (alternatives: readonly Alternative[]): readonly (readonly WildcardEntry[])[] => {
  const byMachine = new Map<string, WildcardEntry[]>();
  for (const fields of alternatives) {
    let machine = '';
    for (const { path, values } of fields) {
      machine += ` ${JSON.stringify(path)}`;
      const entries = values.flatMap(wildcardEntry);
      if (entries.length > 0)
        byMachine.set(machine, [...(byMachine.get(machine) ?? []), ...entries]);
      machine += JSON.stringify(values);
    }
  }
  return [...byMachine.values()].map((entries) => [
    ...new Map(entries.map((entry) => [entry.id, entry])).values(),
  ]);
};

const wildcardEntry = (pattern: ValuePattern): readonly WildcardEntry[] => {
  const parts = pattern.kind === 'anything-but' ? pattern.excluded : [pattern];
  const wildcards = parts.flatMap((part) => (part.kind === 'wildcard' ? [part.pieces] : []));
  return wildcards.length === 0 ? [] : [{ id: JSON.stringify(pattern), wildcards }];
};

/** A prefix of wildcard texts: where a byte leads from it, where anything leads (a wildcard), and whose it is. */
type State = {
  readonly onByte: Map<number, Set<State>>;
  onAnything: State | undefined;
  readonly entries: Set<string>;
};

const newState = (): State => ({ onByte: new Map(), onAnything: undefined, entries: new Set() });

const ANYTHING = 'anything';

const buildStates = (entries: readonly WildcardEntry[]): State => {
  const start = newState();
  for (const { id, wildcards } of entries) {
    for (const pieces of wildcards) addWildcard(start, id, stepsOf(pieces));
  }
  return start;
};

const stepsOf = (pieces: WildcardPieces): readonly (number | typeof ANYTHING)[] =>
  pieces.flatMap((piece, index) => [
    ...(index === 0 ? [] : ([ANYTHING] as const)),
    ...Buffer.from(piece),
  ]);

/** Texts share states up to and including their first wildcard; from there on each has its own. */
const addWildcard = (
  start: State,
  id: string,
  steps: readonly (number | typeof ANYTHING)[],
): void => {
  let from: readonly State[] = [start];
  let isShared = true;
  for (const step of steps) {
    const [current = start] = from;
    const next = step === ANYTHING ? passAnything(current) : passByte(from, step, isShared);
    next.entries.add(id);
    if (step === ANYTHING) isShared = false;
    // A wildcard may stand for nothing: the byte after it leads on from before it as well.
    from = step === ANYTHING ? [next, current] : [next];
  }
};

const passAnything = (current: State): State => {
  const loop = current.onAnything ?? newState();
  loop.onAnything = loop;
  current.onAnything = loop;
  return loop;
};

const passByte = (from: readonly State[], byte: number, isShared: boolean): State => {
  const existing = isShared ? [...(from[0]?.onByte.get(byte) ?? [])][0] : undefined;
  const next = existing ?? newState();
  for (const state of from) {
    state.onByte.set(byte, new Set([...(state.onByte.get(byte) ?? []), next]));
  }
  return next;
};

const isTooComplex = (start: State): boolean => {
  const ids = new Map<State, number>();
  const idOf = (state: State): number => ids.get(state) ?? ids.set(state, ids.size).size - 1;
  const keyOf = (states: ReadonlySet<State>) =>
    [...states]
      .map(idOf)
      .sort((a, b) => a - b)
      .join();
  const seen = new Set<string>();
  const pending: ReadonlySet<State>[] = [new Set([start])];
  for (let active = pending.pop(); active !== undefined; active = pending.pop()) {
    for (const next of successors(active)) {
      if (simultaneousPrefixes(next) > LIMIT || seen.size > MAX_STATE_SETS) return true;
      const key = keyOf(next);
      if (!seen.has(key)) pending.push(next);
      seen.add(key);
    }
  }
  return false;
};

/** Where each byte that makes a difference leads, and where all the others do. */
const successors = (active: ReadonlySet<State>): readonly ReadonlySet<State>[] => {
  const states = [...active];
  const loops = states.flatMap(({ onAnything }) => onAnything ?? []);
  const bytes = new Set(states.flatMap(({ onByte }) => [...onByte.keys()]));
  const byByte = [...bytes].map((byte) => [
    ...loops,
    ...states.flatMap(({ onByte }) => [...(onByte.get(byte) ?? [])]),
  ]);
  return [loops, ...byByte].filter((next) => next.length > 0).map((next) => new Set(next));
};

/** A value that matches "foo" so far matches "foo*" too, so a wildcard that comes next counts with the state before it. */
const simultaneousPrefixes = (active: ReadonlySet<State>): number => {
  let count = 0;
  for (const { entries, onAnything } of active) {
    count += entries.size;
    if (onAnything !== undefined && !active.has(onAnything)) count += onAnything.entries.size;
  }
  return count;
};
