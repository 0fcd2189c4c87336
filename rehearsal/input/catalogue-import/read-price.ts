import { type DecimalMark, digitsOf, toMinor } from '../order-import/decimal.ts';
import { shortened } from './catalogue-product.ts';

type ReadPrice =
  | { readonly price: { readonly amountMinor: number; readonly currency: string } }
  | { readonly problem: string };

/** A decimal of the major unit as minor units of its currency: `12.500` KWD is 12500, `1000` JPY is 1000. */
export const readPrice = (text: string, currency: string, mark: DecimalMark = '.'): ReadPrice => {
  const digits = digitsOf(currency);
  if (digits === undefined)
    return {
      problem: `price: got the currency ${shortened(currency)}, expected an ISO 4217 code such as EUR`,
    };
  const amount = toMinor(text, digits, mark);
  switch (amount.kind) {
    case 'minor':
      return amount.minor < 0
        ? { problem: `price: got ${shortened(text)}, expected an amount of zero or more` }
        : { price: { amountMinor: amount.minor, currency } };
    case 'too-precise':
      return {
        problem: `price: got ${shortened(text)}, expected at most ${digits} digits behind the mark, as ${currency} has`,
      };
    case 'unreadable':
      return {
        problem: `price: got ${shortened(text)}, expected a decimal such as 12${mark}90, without a sign of the currency`,
      };
  }
};
