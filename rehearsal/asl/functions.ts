import { createHash } from 'node:crypto';

const algorithms = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/** AWS bounds a $range before building it. */
const MAX_RANGE = 360_145;

const partition = (array: readonly unknown[] | undefined, size: number | undefined): unknown => {
  const step = Math.trunc(size ?? 0);
  if (array === undefined || array.length === 0 || step < 1) return undefined;
  const chunks: unknown[] = [];
  for (let at = 0; at < array.length; at += step) chunks.push(array.slice(at, at + step));
  return chunks;
};

const range = (first?: number, last?: number, step?: number): unknown => {
  const [from, to, by] = [first, last, step].map((n) => (n === undefined ? NaN : Math.trunc(n)));
  if (from === undefined || to === undefined || by === undefined) return undefined;
  const length = Math.floor((to - from) / by) + 1;
  if (!Number.isFinite(length) || length < 1) return undefined;
  if (length > MAX_RANGE)
    throw new Error(
      'Expression evaluation memory limit exceeded: Check for excessive memory usage',
    );
  // Math.trunc can answer -0, which JSON would not say; adding 0 makes it 0.
  const values = Array.from({ length }, (_, index) => from + index * by + 0);
  return length === 1 ? values[0] : values;
};

const hash = (text: string | undefined, algorithm: string | undefined): string | undefined => {
  if (text === undefined || algorithm === undefined) return undefined;
  const name = algorithms.get(algorithm);
  if (name === undefined)
    throw new Error(
      `$hash: got the algorithm "${algorithm}"; use one of ${[...algorithms.keys()].join(', ')}.`,
    );
  return createHash(name).update(text).digest('hex');
};

const parse = (text: string | undefined): unknown =>
  text === undefined ? undefined : JSON.parse(text);

/** mulberry32: a small generator, so that $random(seed) answers the same on every machine. */
export const seededRandom = (seed: number): (() => number) => {
  let state = Math.trunc(seed) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/**
 * The functions that Step Functions adds to JSONata and that need nothing from the run, with their
 * JSONata signatures. $uuid, $random, $now and $millis depend on the run: see `hostFunctions`.
 * Undefined answers (a chunk size of 0, a step of the wrong sign, no algorithm) are AWS's.
 */
export const addedFunctions = {
  partition: [partition, '<an?:a>'],
  range: [range, '<n?n?n?:x>'],
  hash: [hash, '<s-s?:s>'],
  parse: [parse, '<s-:x>'],
} as const;
