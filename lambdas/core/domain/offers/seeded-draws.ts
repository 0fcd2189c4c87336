import { drawBeta } from './draw-beta.ts';

/** Draws that a text alone decides: the same seed, the same draws in the same order. Not for secrets. */
export interface Draws {
  /** In [0, 1), with 53 bits. */
  readonly uniform: () => number;
  /** A draw of Beta(α, β). */
  readonly beta: (alpha: number, beta: number) => number;
}

/** Made in one go, which keeps the generator's state in registers. */
const BLOCK = 512;

const TWO_26 = 2 ** 26;
const TWO_MINUS_53 = 2 ** -53;

/** Rounds after which every bit of the state depends on every bit of the seed. */
const WARM_UP = 15;

/**
 * A generator seeded by a text, such as a session's id.
 *
 * sfc32 of C. Doty-Humphrey's PractRand (public domain), two outputs a draw for 53 bits; its state is
 * three FNV-1a hashes of the seed, each finished as in MurmurHash3 (A. Appleby, public domain).
 */
export const seededDraws = (seed: string): Draws => {
  const state = Int32Array.of(hash(seed, 1), hash(seed, 2), hash(seed, 3), 1);
  const block = new Float64Array(BLOCK);
  for (let round = 0; round < WARM_UP; round++) fill(state, block.subarray(0, 1));
  let at = BLOCK;
  const uniform = (): number => {
    if (at === BLOCK) {
      fill(state, block);
      at = 0;
    }
    return block[at++] ?? 0;
  };
  return { uniform, beta: (alpha, beta) => drawBeta(uniform, alpha, beta) };
};

const fill = (state: Int32Array, block: Float64Array): void => {
  let [a, b, c, counter] = [state[0] ?? 0, state[1] ?? 0, state[2] ?? 0, state[3] ?? 0];
  for (let index = 0; index < block.length; index++) {
    const high = (((a + b) | 0) + counter) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + high) | 0;
    const low = (((a + b) | 0) + (counter + 1)) | 0;
    counter = (counter + 2) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + low) | 0;
    // 27 bits and 26, as Python's random() takes them of a 32 bit generator.
    block[index] = ((high >>> 5) * TWO_26 + (low >>> 6)) * TWO_MINUS_53;
  }
  state.set([a, b, c, counter]);
};

const hash = (text: string, salt: number): number => {
  let value = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1);
  for (let at = 0; at < text.length; at++)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
};
