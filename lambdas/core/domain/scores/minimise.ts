/** Where a search for the least value of a function ended. */
export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  /** Steps of the simplex, over all restarts. */
  readonly iterations: number;
  /** Whether a restart from here found nothing lower. */
  readonly converged: boolean;
}

interface Vertex {
  readonly at: readonly number[];
  readonly value: number;
}

type Objective = (at: readonly number[]) => number;
type Evaluate = (at: readonly number[]) => Vertex;

/** A simplex has ended when its values differ by less than this share, and its corners by less than this. */
const TOLERANCE = 1e-12;
const EXTENT = 1e-7;

/** Share of the value that a restart has to gain for another one. */
const WORTH_GOING_ON = 1e-9;

/** Of one simplex; four parameters take about 200. */
const MAX_ITERATIONS = 2_000;
const MAX_RESTARTS = 8;

/**
 * The simplex search of Nelder & Mead ("A simplex method for function minimization", Computer
 * Journal 7, 1965) with coefficients 1, 2, ½, ½. It is begun anew from where it ended until that
 * finds nothing lower, as a simplex may collapse before the minimum (Press et al., Numerical
 * Recipes, 3rd ed., §10.5). Points outside are moved to the edge. Deterministic; where `f` is NaN,
 * it does not go.
 *
 * @param start where `f` is finite
 * @param edge no coordinate's magnitude is above it
 */
export const minimise = (f: Objective, start: readonly number[], edge: number): Minimum => {
  const vertexAt = (outside: readonly number[]): Vertex => {
    const at = outside.map((each) => Math.max(-edge, Math.min(edge, each)));
    const value = f(at);
    return { at, value: Number.isNaN(value) ? Infinity : value };
  };
  let best = vertexAt(start);
  let iterations = 0;
  for (let restart = 0; restart < MAX_RESTARTS; restart++) {
    const search = descend(vertexAt, best);
    iterations += search.iterations;
    const gained = best.value - search.best.value;
    if (search.best.value <= best.value) best = search.best;
    // On a ridge a simplex may never get small; what it gains there is rounding.
    if (restart > 0 && gained <= WORTH_GOING_ON * (1 + Math.abs(best.value)))
      return { ...best, iterations, converged: Number.isFinite(best.value) };
  }
  return { ...best, iterations, converged: false };
};

const descend = (vertexAt: Evaluate, from: Vertex) => {
  let simplex = byValue([from, ...from.at.map((_, axis) => vertexAt(moved(from.at, axis)))]);
  for (let iterations = 0; iterations < MAX_ITERATIONS; iterations++) {
    const best = simplex[0] ?? from;
    if (isSmall(simplex, best)) return { best, iterations };
    simplex = step(vertexAt, simplex, best);
  }
  return { best: simplex[0] ?? from, iterations: MAX_ITERATIONS };
};

const step = (vertexAt: Evaluate, simplex: readonly Vertex[], best: Vertex): readonly Vertex[] => {
  const others = simplex.slice(0, -1);
  const worst = simplex.at(-1) ?? best;
  const next = others.at(-1) ?? best;
  const centre = best.at.map(
    (_, axis) => others.reduce((sum, { at }) => sum + (at[axis] ?? 0), 0) / others.length,
  );
  const along = (factor: number): Vertex => vertexAt(between(centre, worst.at, factor));
  const reflected = along(-1);
  if (reflected.value < best.value) {
    const expanded = along(-2);
    return byValue([...others, expanded.value < reflected.value ? expanded : reflected]);
  }
  if (reflected.value < next.value) return byValue([...others, reflected]);
  const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
  if (contracted.value < Math.min(reflected.value, worst.value))
    return byValue([...others, contracted]);
  return byValue([best, ...simplex.slice(1).map(({ at }) => vertexAt(between(best.at, at, 0.5)))]);
};

/** A step along one axis, towards the middle so that an edge is not left out. */
const moved = (at: readonly number[], axis: number): readonly number[] =>
  at.map((each, index) => (index === axis ? each + (each > 0 ? -0.5 : 0.5) : each));

/** `from` and, of the way to `to`, so many times. */
const between = (
  from: readonly number[],
  to: readonly number[],
  times: number,
): readonly number[] => from.map((each, axis) => each + times * ((to[axis] ?? each) - each));

const byValue = (simplex: readonly Vertex[]): readonly Vertex[] =>
  simplex.toSorted((a, b) => (a.value === b.value ? 0 : a.value < b.value ? -1 : 1));

const isSmall = (simplex: readonly Vertex[], best: Vertex): boolean => {
  const worst = simplex.at(-1)?.value ?? best.value;
  return (
    worst - best.value <= TOLERANCE * (1 + Math.abs(best.value)) &&
    simplex.every(({ at }) =>
      at.every((each, axis) => Math.abs(each - (best.at[axis] ?? each)) <= EXTENT),
    )
  );
};
