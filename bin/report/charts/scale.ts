/** From values to places. */
export type Scale = (value: number) => number;

export const linear =
  ([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale =>
  (value) =>
    to === from ? start : start + ((value - from) / (to - from)) * (end - start);

/** 1, 2 or 5 times a power of ten: P. S. Heckbert, "Nice numbers for graph labels", Graphics Gems (1990) 61–63. */
export const niceStep = (span: number, most: number): number => {
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - ROUNDING)) ?? 10;
  return step * power;
};

const ROUNDING = 1e-9;

/** A spread below it is none: numbers end near 1e-308, and their logarithms are no use before. */
const SMALLEST = 1e-12;

/** Round numbers that reach from the least to the largest value and zero, in order, about so many. */
export const ticksOf = (values: readonly number[], most = 5): readonly number[] => {
  const [least, largest] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (largest - least < SMALLEST) return [0, 1];
  const step = niceStep(largest - least, most);
  const first = Math.floor(least / step + ROUNDING);
  const last = Math.ceil(largest / step - ROUNDING);
  return Array.from({ length: last - first + 1 }, (_, at) => tidy((first + at) * step));
};

/** 0.30000000000000004 is .3. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** A coordinate; a hundredth of a pixel is more than anyone sees. */
export const at = (value: number): number => Math.round(value * 100) / 100;

/** Which of so many labels are shown where only so many fit: always the last. */
export const isLabelled = (index: number, labels: number, fit: number): boolean =>
  (labels - 1 - index) % Math.max(1, Math.ceil(labels / Math.max(1, fit))) === 0;
