/**
 * A generator of draws in [0, 1) that the seed's text alone decides, so that two runs are the same.
 * Not for secrets.
 *
 * sfc32 of C. Doty-Humphrey's PractRand (public domain), its state from three FNV-1a hashes of the
 * seed, each finished as in MurmurHash3 (A. Appleby, public domain).
 */
export const seededRandom = (seed: string): (() => number) => {
  let [a, b, c, counter] = [hash(seed, 1), hash(seed, 2), hash(seed, 3), 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  return next;
};

const hash = (text: string, salt: number): number => {
  let value = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1);
  for (let at = 0; at < text.length; at++)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
};
