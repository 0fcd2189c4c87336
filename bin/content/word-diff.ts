/** A run of words that both texts have, or one of them. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly words: readonly string[];
}

/**
 * What to take out of one list of words and put into it to get the other: by a longest common subsequence, so
 * that as few words as possible are marked. Of a run that was replaced, the old words come first.
 *
 * Time and room are |old| × |new| after what both begin and end with: a text has some hundred words.
 *
 * Source: Wagner and Fischer, The String-to-String Correction Problem, J. ACM 21 (1974).
 */
export const wordDiff = (old: readonly string[], late: readonly string[]): readonly DiffPart[] => {
  const head = commonHead(old, late);
  const tail = commonHead(old.slice(head).toReversed(), late.slice(head).toReversed());
  const before = old.slice(head, old.length - tail);
  const after = late.slice(head, late.length - tail);
  return joined([
    { kind: 'same', words: old.slice(0, head) },
    ...middleOf(before, after),
    { kind: 'same', words: old.slice(old.length - tail) },
  ]);
};

const commonHead = (a: readonly string[], b: readonly string[]): number => {
  const differs = a.findIndex((word, at) => word !== b[at]);
  return differs === -1 ? a.length : differs;
};

const middleOf = (old: readonly string[], late: readonly string[]): readonly DiffPart[] => {
  const lengths = commonLengths(old, late);
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < late.length) {
    const [removed, added] = [old[i], late[j]];
    if (removed !== undefined && removed === added) {
      parts.push({ kind: 'same', words: [removed] });
      [i, j] = [i + 1, j + 1];
    } else if (
      added === undefined ||
      (removed !== undefined && lengthAt(lengths, i + 1, j) >= lengthAt(lengths, i, j + 1))
    ) {
      parts.push({ kind: 'removed', words: removed === undefined ? [] : [removed] });
      i += 1;
    } else {
      parts.push({ kind: 'added', words: [added] });
      j += 1;
    }
  }
  return parts;
};

const lengthAt = (lengths: readonly Uint32Array[], i: number, j: number): number =>
  lengths[i]?.[j] ?? 0;

/** At [i][j]: how many words the longest common subsequence of what follows i and j has. */
const commonLengths = (old: readonly string[], late: readonly string[]): readonly Uint32Array[] => {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(late.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = late.length - 1; j >= 0; j -= 1) {
      const length =
        old[i] === late[j]
          ? lengthAt(lengths, i + 1, j + 1) + 1
          : Math.max(lengthAt(lengths, i + 1, j), lengthAt(lengths, i, j + 1));
      lengths[i]?.fill(length, j, j + 1);
    }
  return lengths;
};

/** Neighbours of one kind as one part; between words that stay, what goes comes before what is new. */
const joined = (parts: readonly DiffPart[]): readonly DiffPart[] => {
  const done: DiffPart[] = [];
  let [removed, added]: [string[], string[]] = [[], []];
  const flush = (): void => {
    if (removed.length > 0) done.push({ kind: 'removed', words: removed });
    if (added.length > 0) done.push({ kind: 'added', words: added });
    [removed, added] = [[], []];
  };
  for (const { kind, words } of parts) {
    if (kind === 'removed') removed.push(...words);
    else if (kind === 'added') added.push(...words);
    else if (words.length > 0) {
      flush();
      const last = done.at(-1);
      if (last?.kind === 'same') done[done.length - 1] = { kind, words: [...last.words, ...words] };
      else done.push({ kind, words });
    }
  }
  flush();
  return done;
};
