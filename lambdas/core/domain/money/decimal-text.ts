/** Minor units as a decimal of the currency's unit, without a currency: `-12.05` of -1205 with two digits. */
export const decimalText = (amountMinor: number, exponent: number): string => {
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const point = digits.length - exponent;
  const fraction = exponent === 0 ? '' : `.${digits.slice(point)}`;
  return `${amountMinor < 0 ? '-' : ''}${digits.slice(0, point)}${fraction}`;
};
