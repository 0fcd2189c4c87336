import config from '#config';
import { moneyIn } from '#core/domain/messages/formats.ts';
import type { Money } from '#core/domain/money.ts';
import type { PlacedOrder } from '../input/order-life.ts';
import { productOf } from '../input/sample-catalogue.ts';
import { type DemoWords, demoWords } from './demo-words.ts';

/** An order as its page shows it; the page's script asks for it again when something was added. */
export interface OrderView {
  readonly locale: string;
  readonly words: DemoWords;
  readonly lines: readonly LineView[];
  /** Label and amount. */
  readonly sums: readonly (readonly [string, string])[];
  readonly total: string;
}

export interface LineView {
  readonly lineId: string;
  readonly name: string;
  readonly quantity: number;
  readonly amount: string;
  readonly picture: string;
  /** Whether it was taken up on the page. */
  readonly isAdded: boolean;
}

export const pictureOf = (sku: string): string => `/demo/pictures/${sku.toLowerCase()}.svg`;

export const orderView = (order: PlacedOrder): OrderView => {
  const locale = order.contact.locale ?? config.shops[order.shop]?.locales[0] ?? 'en';
  const words = demoWords(locale);
  const money = moneyIn(locale);
  return {
    locale,
    words,
    lines: order.lines.map((line) => ({
      lineId: line.lineId,
      name: line.name ?? productOf(line.sku).name,
      quantity: line.quantity,
      amount: money(valueOf(line)),
      picture: pictureOf(line.sku),
      isAdded: line.origin !== undefined,
    })),
    sums: sumsOf(order, words, money),
    total: money(order.total),
  };
};

type Line = PlacedOrder['lines'][number];

const valueOf = ({ total, unitPrice, quantity }: Line): Money =>
  total ?? { ...unitPrice, amountMinor: unitPrice.amountMinor * quantity };

/** Tax is what is left: what was added brought its own. */
const sumsOf = (
  { lines, total, discount, shipping }: PlacedOrder,
  words: DemoWords,
  money: (amount: Money) => string,
): OrderView['sums'] => {
  const { currency } = total;
  const goods = lines.reduce((sum, line) => sum + valueOf(line).amountMinor, 0);
  const less = discount?.amountMinor ?? 0;
  const sent = shipping?.amountMinor ?? 0;
  const tax = total.amountMinor - goods + less - sent;
  const inWords = (amountMinor: number) => money({ amountMinor, currency });
  return [
    [words.goods, inWords(goods)],
    ...(less === 0 ? [] : [[words.discount, inWords(-less)] as const]),
    ...(shipping === undefined
      ? []
      : [[words.shipping, sent === 0 ? words.free : inWords(sent)] as const]),
    ...(tax === 0 ? [] : [[words.tax, inWords(tax)] as const]),
  ];
};
