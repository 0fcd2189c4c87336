/**
 * Names a set of offers in 16 hexadecimal digits: FNV-1a of 64 bits (G. Fowler, L. C. Noll, K.-P. Vo, D.
 * Eastlake, "The FNV Non-Cryptographic Hash Algorithm", draft-eastlake-fnv) over their ids in order,
 * a line each, in UTF-8. Two logs with one name were drawn of the same offers.
 *
 * @param sortedIds in order of code units
 */
export const candidateSetOf = (sortedIds: readonly string[]): string =>
  fnv1a64(sortedIds.join('\n'));

const TWO_32 = 2 ** 32;

/** The prime is 2⁴⁰ + 0x1b3; products of its low part with 32 bits are exact in doubles. */
export const fnv1a64 = (text: string): string => {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of new TextEncoder().encode(text)) {
    const mixed = (low ^ byte) >>> 0;
    const product = mixed * 0x1b3;
    low = product >>> 0;
    high = (high * 0x1b3 + Math.floor(product / TWO_32) + (mixed << 8)) >>> 0;
  }
  return hex(high) + hex(low);
};

const hex = (word: number): string => word.toString(16).padStart(8, '0');
