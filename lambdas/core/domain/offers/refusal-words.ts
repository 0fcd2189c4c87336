import type { Ineligibility } from './decision.ts';

/** Each reason as the end of a sentence, in the order in which they are asked. */
export const refusalWords: Readonly<Record<Ineligibility, string>> = {
  'not-active': 'it was taken off',
  'not-yet': 'its time has not begun',
  over: 'its time is over',
  'no-creative': 'it says nothing in a language of this customer or of the shop',
  'no-page': 'it leads nowhere: it has no address, and the shop has no such page',
  category: 'the order does not hold what the offer asks for, or holds what it excludes',
  'price-band': "the order's total is outside what the offer asks for",
  region: 'the order goes to a country that the offer is not for',
  customer:
    'the offer is for other customers (with or without account, new or returning, members or not)',
  gift: 'the order is a gift, and its buyer cannot tell how it is',
  'return-open': 'the customer is sending something back',
  'already-has-it': 'the customer has it already',
  dismissed: 'the customer dismissed it not long ago',
  capped: 'the customer was shown it as often as it may be',
  'budget-spent': 'its budget does not hold one more success',
  paced: 'its budget is spent ahead of time, and goes on as more of it is released',
  'out-of-stock': 'none is left of it',
  'product-unknown': "the catalogue has no such product, or no price in the shop's currency",
  'nothing-related': 'no product that is left goes with the order',
  'margin-floor': 'its product would earn less than the shop wants of one',
};
