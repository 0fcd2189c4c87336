import { month, monthInShort } from '../formats.ts';

/** Ticks of an axis of months; the year stands with the first and with each January. */
export const monthTicks = (
  months: readonly string[],
): readonly { readonly x: number; readonly label: string }[] =>
  monthLabels(months).map((label, x) => ({ x, label }));

export const monthLabels = (months: readonly string[]): readonly string[] =>
  months.map((of, index) =>
    index === 0 || of.endsWith('-01') ? `${monthInShort(of)} ${of.slice(2, 4)}` : monthInShort(of),
  );

/** `Jan 2026 to Jun 2026`, or the one. */
export const monthSpan = (months: readonly string[]): string => {
  const [first = '', last = first] = [months.at(0), months.at(-1)];
  return first === last ? month(first) : `${month(first)} to ${month(last)}`;
};
