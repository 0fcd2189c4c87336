import type { PlacedOrder } from '../order-life.ts';
import type { ImportField, ImportMap } from './import-map.ts';
import { firstValue, type Postage, priceOf, type ReadLine, type Rejection } from './read-line.ts';
import type { Row } from './read-rows.ts';

type Amounts = Pick<PlacedOrder, 'total' | 'shipping' | 'discount' | 'tax'>;

/** The total that the file says, or else goods + postage − discount + tax. */
export const amountsOf = (
  rows: readonly Row[],
  read: readonly (ReadLine | Postage)[],
  map: ImportMap,
): Amounts | Rejection => {
  const currency = read[0]?.currency ?? '';
  const said = (field: ImportField): number | undefined | Rejection => {
    const text = firstValue(rows, map, field);
    return text === '' ? undefined : priceOf(text, currency, map);
  };
  const [shipping, discount, tax] = [said('shipping'), said('discount'), said('tax')];
  const total = said('total');
  const problem = [shipping, discount, tax, total].find((each) => typeof each === 'object');
  if (typeof problem === 'object') return problem;
  const charged = numberOf(shipping) + postageOf(read);
  const sum = goodsOf(read) + charged - numberOf(discount) + numberOf(tax);
  const money = (amountMinor: number) => ({ amountMinor, currency });
  return {
    total: money(typeof total === 'number' ? total : sum),
    ...(charged === 0 ? {} : { shipping: money(charged) }),
    ...(numberOf(discount) === 0 ? {} : { discount: money(numberOf(discount)) }),
    ...(numberOf(tax) === 0 ? {} : { tax: money(numberOf(tax)) }),
  };
};

const numberOf = (said: number | undefined | Rejection): number =>
  typeof said === 'number' ? said : 0;

const goodsOf = (read: readonly (ReadLine | Postage)[]): number =>
  read.reduce((sum, each) => sum + (each.kind === 'line' ? each.totalMinor : 0), 0);

const postageOf = (read: readonly (ReadLine | Postage)[]): number =>
  read.reduce((sum, each) => sum + (each.kind === 'postage' ? each.minor : 0), 0);
