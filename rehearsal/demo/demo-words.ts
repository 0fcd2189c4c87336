/** What a sample shop's confirmation page says, beside names and amounts. */
export interface DemoWords {
  readonly thanks: string;
  readonly confirmed: string;
  readonly order: string;
  readonly goods: string;
  readonly discount: string;
  readonly shipping: string;
  readonly free: string;
  readonly tax: string;
  readonly total: string;
  readonly added: string;
}

const en: DemoWords = {
  thanks: 'Thank you',
  confirmed: 'Your order is confirmed. We will write to you as soon as it is on its way.',
  order: 'Order',
  goods: 'Goods',
  discount: 'Discount',
  shipping: 'Shipping',
  free: 'free',
  tax: 'Sales tax',
  total: 'Total',
  added: 'added just now',
};

const de: DemoWords = {
  thanks: 'Vielen Dank',
  confirmed: 'Ihre Bestellung ist bestätigt. Wir schreiben Ihnen, sobald sie unterwegs ist.',
  order: 'Bestellung',
  goods: 'Waren',
  discount: 'Rabatt',
  shipping: 'Versand',
  free: 'kostenlos',
  tax: 'Umsatzsteuer',
  total: 'Summe',
  added: 'gerade hinzugefügt',
};

/** In German or else in English: the sample shops speak no other language. */
export const demoWords = (locale: string): DemoWords => (/^de\b/i.test(locale) ? de : en);
