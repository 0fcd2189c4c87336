/** The known words that are written most alike, nearest first. */
export const nearest = (word: string, known: readonly string[], most = 3): readonly string[] =>
  known
    .map((each) => ({ each, apart: distance(word.toLowerCase(), each.toLowerCase()) }))
    .toSorted((a, b) => a.apart - b.apart)
    .slice(0, most)
    .map(({ each }) => each);

/** Levenshtein: how many letters have to be put in, left out or changed; a row of the table at a time. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let index = 0; index < from.length; index += 1) {
    const above = row;
    row = [index + 1];
    for (let at = 1; at <= to.length; at += 1)
      row[at] = Math.min(
        (above[at] ?? 0) + 1,
        (row[at - 1] ?? 0) + 1,
        (above[at - 1] ?? 0) + Number(from[index] !== to[at - 1]),
      );
  }
  return row.at(-1) ?? 0;
};

/** `expected a, b or c` */
export const oneOf = (words: readonly string[]): string =>
  words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
