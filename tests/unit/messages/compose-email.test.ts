import { expect, test } from 'vitest';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';
import type { LinkClaims } from '#core/ports/link-signer.ts';
import { composeEmail, type EmailRequest } from '#lambdas/deliver-email/compose-email.ts';
import { placing, sampleLine, sampleNow, sampleOrder } from '#lib/messages/sample-orders.ts';
import { sampleShop } from '#lib/messages/sample-shop.ts';
import { orderConfirmation } from '#touches/order-confirmation/touch.ts';
import { inMemoryMessageTemplates } from './in-memory-message-templates.ts';

const template = (greeting: string) => ({
  email: {
    subject: `${greeting} {{ order.id }}`,
    html: '{% for line in order.items.lines %}<p>{{ line.name }}</p>{% endfor %}<a href="{{ links.orderStatus }}"></a>',
    text: '{{ customer.name }} {{ order.placedOn }} {{ links.unsubscribe }}',
  },
});

const survey = {
  email: {
    subject: 'Well?',
    html: '{% for answer in survey.answers %}<a href="{{ answer.url }}"></a>{% endfor %}',
    text: '{% for line in told.lines %}{{ line.guideUrl }} {{ line.reviewUrl }}{% endfor %}',
  },
};

const satisfactionSurvey = { ...orderConfirmation, name: 'satisfaction-survey' } as const;
const packagingInsert = { ...orderConfirmation, name: 'packaging-insert' } as const;

const marketing = { ...orderConfirmation, name: 'win-back', purpose: 'marketing' } as const;

const templates = inMemoryMessageTemplates({
  'order-confirmation': { en: template('Order'), de: template('Bestellung') },
  'win-back': { en: template('Hello') },
  'satisfaction-survey': { en: survey },
  'packaging-insert': { en: { insert: { text: 'Thanks' } } },
});

const setUp = (shop: ShopIdentity = sampleShop) => {
  const signed: LinkClaims[] = [];
  const compose = composeEmail({
    templates,
    render: liquidMessageRenderer(),
    signLink: async (claims) => {
      signed.push(claims);
      return 'token';
    },
    digest: (text) => Buffer.from(text).toString('hex'),
    readTexts: async () => [],
    shops: { hearth: shop },
  });
  return { compose, signed };
};

const request = (change: Partial<EmailRequest> = {}): EmailRequest => ({
  touch: orderConfirmation,
  touchId: 'order-confirmation',
  subjects: [],
  order: sampleOrder(placing()),
  products: [],
  to: 'mia@mail.example',
  now: sampleNow,
  ...change,
});

const speaking = (locale: string | undefined) =>
  sampleOrder(placing({ contact: locale === undefined ? {} : { locale } }));

test('an e-mail goes from the shop, in the customer’s language', async () => {
  const email = await setUp().compose(request({ order: speaking('de-AT') }));

  expect(email).toMatchObject({
    from: { name: 'Hearth & Grain', address: 'orders@mail.hearth.example' },
    to: 'mia@mail.example',
    subject: 'Bestellung 100482',
    templateLanguage: 'de',
    locale: 'de-DE',
    composedAt: sampleNow,
  });
  expect(email.text).toContain('18. November 2026');
});

test('what the customer’s profile says counts where the order says nothing', async () => {
  const profile = { locale: 'de', name: 'Mia Profil' };
  const customer = { ...newCustomer('hearth', 'c-17'), profile };

  const email = await setUp().compose(request({ order: speaking(undefined), customer }));

  expect(email.templateLanguage).toBe('de');
  expect(email.text).toContain('Mia Profil');
});

test('the same request gives the same e-mail', async () => {
  const first = await setUp().compose(request());
  const second = await setUp().compose(request());

  expect(second).toEqual(first);
});

test('the same touch has the same Message-ID at any time, another touch another', async () => {
  const { compose } = setUp();
  const later = { now: '2026-11-23T12:00:00.000Z' };

  const first = await compose(request());
  const again = await compose(request(later));
  const other = await compose(request({ touchId: 'dispatch-notice:P1' }));

  expect(first.headers['Message-ID']).toMatch(/^<[\da-f]+@mail\.hearth\.example>$/);
  expect(again.headers['Message-ID']).toBe(first.headers['Message-ID']);
  expect(other.headers['Message-ID']).not.toBe(first.headers['Message-ID']);
});

test('all links of a message have one token, which says whose message it is and ends after 180 days', async () => {
  const { compose, signed } = setUp();

  const { html } = await compose(request({ customerId: 'c-17' }));

  expect(html).toContain(
    'href="https://links.hearth.example/c?t=token&amp;u=https://www.hearth.example/orders/status"',
  );
  expect(signed).toEqual([
    {
      audience: 'message',
      shop: 'hearth',
      orderId: '100482',
      touchId: 'order-confirmation',
      customerId: 'c-17',
      channel: 'email',
      expiresAt: '2027-05-21T12:00:00.000Z',
    },
  ]);
});

test('an answer is our survey page with the token and the score', async () => {
  const { html } = await setUp().compose(request({ touch: satisfactionSurvey }));

  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link)).toEqual(
    [1, 2, 3, 4, 5].map(
      (score) => `https://links.hearth.example/survey?t=token&amp;score=${score}`,
    ),
  );
});

test('what is known of a product is told with its line', async () => {
  const products = [{ sku: 'SKU-mill', name: 'Mill', guideUrl: 'https://www.hearth.example/mill' }];
  const order = sampleOrder(placing({ lines: [sampleLine('mill', 'Mill', 100)] }));

  const { text } = await setUp().compose(request({ touch: satisfactionSurvey, order, products }));

  expect(text.trim()).toBe(
    'https://links.hearth.example/c?t=token&u=https://www.hearth.example/mill https://links.hearth.example/c?t=token&u=https://www.hearth.example/review?sku=SKU-mill',
  );
});

test('a touch that is no e-mail is refused by name', async () => {
  await expect(setUp().compose(request({ touch: packagingInsert }))).rejects.toThrow(
    'packaging-insert has no e-mail in "en"',
  );
});

test('a transactional e-mail says that it is automatic, and has nothing to unsubscribe from', async () => {
  const { headers } = await setUp().compose(request());

  expect(headers['Auto-Submitted']).toBe('auto-generated');
  expect(headers['Feedback-ID']).toBe('order-confirmation:transactional:hearth:afterglow');
  expect(Object.keys(headers).filter((name) => name.startsWith('List-'))).toEqual([]);
});

test('marketing can be unsubscribed from by one click', async () => {
  const { headers, text } = await setUp().compose(request({ touch: marketing }));

  expect(headers['List-Unsubscribe']).toBe('<https://links.hearth.example/unsubscribe?t=token>');
  expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  expect(text).toContain('https://links.hearth.example/unsubscribe?t=token');
});

test('extraordinarily long names make the list shorter, not the message too long', async () => {
  const lines = Array.from({ length: 50 }, (_, index) =>
    sampleLine(`${index}`, 'x'.repeat(4000), 100),
  );

  const { html } = await setUp().compose(request({ order: sampleOrder(placing({ lines })) }));

  expect(html.match(/<p>/g)).toHaveLength(20);
  expect(Buffer.byteLength(html)).toBeLessThan(102_000);
});

test('an order of a shop that is not configured is refused by name', async () => {
  const order = { ...sampleOrder(placing()), shop: 'elsewhere' };

  await expect(setUp().compose(request({ order }))).rejects.toThrow(
    'no shop "elsewhere" is configured; there are: hearth',
  );
});

test.each([
  ['Pacific/Pago_Pago', '17 November 2026'],
  ['Atlantis/Capital', '18 November 2026'],
  [undefined, '18 November 2026'],
])(
  'dates are those of the customer’s zone, or of the shop’s where none is known: %s',
  async (timeZone, day) => {
    const customer = { ...newCustomer('hearth', 'c-17'), profile: { timeZone } };

    const { text } = await setUp().compose(request({ customer, order: speaking('en-GB') }));

    expect(text).toContain(day);
  },
);
