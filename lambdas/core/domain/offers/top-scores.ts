/**
 * The numbers of the highest scores, best first; of equal ones the lower number first.
 *
 * @param most how many
 * @param leftOut numbers that are none of them
 */
export const topScores = (
  scores: Float64Array,
  most: number,
  leftOut?: ReadonlySet<number>,
): readonly number[] => {
  const top: number[] = [];
  let least = -Infinity;
  for (let each = 0; each < scores.length; each++) {
    const score = scores[each] ?? 0;
    if (score <= least || leftOut?.has(each) === true) continue;
    insert(top, each, scores);
    if (top.length > most) top.pop();
    if (top.length === most) least = scores[top.at(-1) ?? 0] ?? 0;
  }
  return top;
};

const insert = (top: number[], number: number, scores: Float64Array): void => {
  const score = scores[number] ?? 0;
  let at = top.length;
  while (at > 0 && (scores[top[at - 1] ?? 0] ?? 0) < score) at--;
  top.splice(at, 0, number);
};
