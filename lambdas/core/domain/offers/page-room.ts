import type { Contenders } from './contenders.ts';
import type { OfferRules } from './session-facts.ts';

/** A page that is being filled with contenders, by their number. */
export interface PageRoom {
  /** In order of their places. */
  readonly placed: readonly number[];
  readonly isFull: () => boolean;
  /** Whether one more of its type, partner and category may be shown, and of its product one at all. */
  readonly fits: (contender: number) => boolean;
  readonly take: (contender: number) => void;
  readonly clear: () => void;
}

/** An empty page. It is used again for each of hundreds of draws, hence cleared and not made anew. */
export const pageRoom = (
  { type, partner, category, product }: Contenders,
  { slots, mostOfType, mostOfPartner, mostOfCategory }: OfferRules,
): PageRoom => {
  const placed: number[] = [];
  const hasFewer = (group: Int32Array, contender: number, most: number): boolean => {
    const own = group[contender];
    if (own === -1) return true;
    let same = 0;
    for (const each of placed) if (group[each] === own) same++;
    return same < most;
  };
  return {
    placed,
    isFull: () => placed.length >= slots,
    fits: (contender) =>
      hasFewer(type, contender, mostOfType) &&
      hasFewer(partner, contender, mostOfPartner) &&
      hasFewer(category, contender, mostOfCategory) &&
      hasFewer(product, contender, 1),
    take: (contender) => placed.push(contender),
    clear: () => placed.splice(0),
  };
};

/**
 * Fills the page with the best score that it allows, until it is full or the best is below the floor.
 * Of equal scores the lower number goes first.
 *
 * @param pool contenders to choose from, each once
 * @param scores by contender
 */
export const fillByScore = (
  room: PageRoom,
  pool: ArrayLike<number>,
  scores: Float64Array,
  floor: number,
): void => {
  while (!room.isFull()) {
    let best = -1;
    let bestScore = -Infinity;
    for (let at = 0; at < pool.length; at++) {
      const contender = pool[at] ?? -1;
      const score = scores[contender] ?? -Infinity;
      const isBetter = score > bestScore || (score === bestScore && contender < best);
      if (isBetter && !room.placed.includes(contender) && room.fits(contender))
        [best, bestScore] = [contender, score];
    }
    if (best === -1 || bestScore < floor) return;
    room.take(best);
  }
};
