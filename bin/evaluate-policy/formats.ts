const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const digits = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 });
const percentFormat = new Intl.NumberFormat('en-GB', {
  style: 'percent',
  maximumSignificantDigits: 3,
});

/** `21,307` */
export const count = (value: number): string => whole.format(value);

/** `0.004534`, `12.35` */
export const significant = (value: number): string => digits.format(value).replace('-', '−');

/** `8.1%` */
export const shareInWords = (share: number): string => percentFormat.format(share);
