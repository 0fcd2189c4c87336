/**
 * The double a JSON number stands for, or undefined when it stands for none exactly: event-ruler's
 * `ComparableNumber.generate` refuses a number whose shortest double spelling has another value, such as
 * 9007199254740993 or 1e400. What it refuses is compared by its text alone.
 */
export const comparableNumber = (lexeme: string): number | undefined => {
  const value = Number(lexeme);
  if (!Number.isFinite(value) || normalise(lexeme) !== normalise(String(value))) return undefined;
  return value === 0 ? 0 : value;
};

/** One spelling per decimal value: sign, digits without outer zeros, power of ten. */
const normalise = (lexeme: string): string => {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(lexeme) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const exponent = Number(power) - fraction.length + (digits.length - significant.length);
  return `${sign}${significant}e${exponent}`;
};
