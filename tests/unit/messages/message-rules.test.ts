import { describe, expect, test } from 'vitest';
import { changed, copyOf, problemsOf } from './changed-messages.ts';

const after = (mark: string, addition: string) => (content: string) =>
  content.replace(mark, () => `${mark}${addition}`);

describe('a marketing message', () => {
  test('without the link that ends it is refused, in either part', async () => {
    const html = changed('win-back', 'design/footer-marketing.en.mjml', (mjml) =>
      mjml.replaceAll('links.unsubscribe', 'links.help'),
    );
    const text = changed('win-back', 'design/footer-marketing.en.liquid', (liquid) =>
      liquid.replaceAll('links.unsubscribe', 'links.help'),
    );

    expect(await problemsOf(html)).toMatch(/email\.en\.mjml: .*lacks the unsubscribe link/);
    expect(await problemsOf(text)).toMatch(/text\.en\.liquid: .*lacks the unsubscribe link/);
  });

  test('that does not say why the customer gets it is refused', async () => {
    const source = changed('win-back', 'email.de.mjml', (mjml) =>
      mjml.replace('footer-marketing.de', 'footer.de'),
    );

    expect(await problemsOf(source)).toMatch(
      /email\.de\.mjml: is marketing and does not say why .* footer-marketing\.de/,
    );
  });
});

describe('a transactional message', () => {
  test.each(['offers', 'links.referral', 'links.loyalty', 'links.subscription', 'links.review'])(
    'may not use %s',
    async (name) => {
      const source = changed('refund', 'text.en.liquid', (text) => `${text}{{ ${name} }}`);

      expect(await problemsOf(source)).toMatch(
        /refund\/text\.en\.liquid:\d+: .* refund is transactional, and only marketing may/,
      );
    },
  );

  test('may not link to the product’s page, by whatever name', async () => {
    const source = changed(
      'refund',
      'text.en.liquid',
      (text) => `${text}{% for line in order.items.lines %}{{ line.productUrl }}{% endfor %}`,
    );

    expect(await problemsOf(source)).toContain('refund uses "order.items.lines[].productUrl"');
  });

  test('whose subject does not name the order is refused', async () => {
    const source = changed('refund', 'email.en.mjml', (mjml) =>
      mjml.replace(/(<mj-title>.*)\{\{ order\.id \}\}/, '$1'),
    );

    expect(await problemsOf(source)).toContain('has a subject that does not name the order');
  });

  test.each([
    [
      'email.en.mjml',
      after('</h1></mj-text>', '<mj-text><a href="{{ links.help }}">x</a></mj-text>'),
    ],
    ['text.en.liquid', (text: string) => `{{ links.website }}\n${text}`],
  ])('in whose %s a link stands before the order is refused', async (file, change) => {
    expect(await problemsOf(changed('refund', file, change))).toContain(
      `${file}: is transactional and leads elsewhere before it names the order`,
    );
  });

  test('cannot be unsubscribed from', async () => {
    const source = changed('refund', 'text.en.liquid', (text) => `${text}{{ links.unsubscribe }}`);

    expect(await problemsOf(source)).toContain('"links.unsubscribe" is of marketing only');
  });
});

describe('an e-mail', () => {
  const withMarkup = (markup: string) => changed('refund', 'email.en.mjml', after('</h1>', markup));

  test('with a picture without alt is refused', async () => {
    expect(await problemsOf(withMarkup('<img src="{{ shop.logoUrl }}" width="1" />'))).toContain(
      'email.en.mjml: has a picture without alt',
    );
  });

  test.each([
    '<link rel="stylesheet" href="https://www.hearth.example/a.css" />',
    '<script src="https://www.hearth.example/a.js"></script>',
    '<style>@import "a.css";</style>',
    '<p style="background:url(https://www.hearth.example/a.png)">x</p>',
  ])('that loads %s is refused', async (markup) => {
    expect(await problemsOf(withMarkup(markup))).toContain('loads a style or a script');
  });

  test.each(['https://evil.example/', 'http://www.hearth.example/', 'javascript:alert(1)'])(
    'that links to %s is refused',
    async (link) => {
      expect(await problemsOf(withMarkup(`{{ order.id }} <a href="${link}">x</a>`))).toContain(
        `links to ${link}: expected https, on a host that the shop vouches for`,
      );
    },
  );

  test('whose text part links elsewhere is refused', async () => {
    const source = changed('refund', 'text.de.liquid', (text) => `${text}http://evil.example/x`);

    expect(await problemsOf(source)).toContain('text.de.liquid: links to http://evil.example/x');
  });
});

describe('the design', () => {
  test.each([
    ['text on a card', 'color="#1c1c1f"', 'color="#8c8c8f"'],
    ['muted text on a card', 'color="#57575c"', 'color="#87878c"'],
    ['dark muted text on the page', '#b9b9c1', '#59595f'],
    ['dark text on a card', 'background-color: #1d1d20', 'background-color: #9d9da0'],
  ])('whose %s cannot be read is refused', async (what, colour, other) => {
    const source = changed('refund', 'design/head.mjml', (head) => head.replaceAll(colour, other));

    expect(await problemsOf(source)).toMatch(
      new RegExp(`head\\.mjml: ${what}: #.* has a contrast of .*, expected 4\\.5`),
    );
  });

  test('without a colour for dark mode is refused', async () => {
    const source = changed('refund', 'design/head.mjml', (head) =>
      head.replace(/@media[\s\S]*(?=<\/mj-style>)/, ''),
    );

    expect(await problemsOf(source)).toContain('dark text on a card: has no colour');
  });
});

describe('an SMS', () => {
  test('of more than three segments is refused', async () => {
    const source = changed('verification', 'sms.en.liquid', (text) => `${text} ${'x'.repeat(400)}`);

    expect(await problemsOf(source)).toMatch(
      /sms\.en\.liquid: takes 4 segments \(\d+ units of GSM-7\), allowed are 3/,
    );
  });

  test('that one character makes too long is refused', async () => {
    const source = changed(
      'verification',
      'sms.de.liquid',
      (text) => `${text} ${'x'.repeat(150)} ✓`,
    );

    expect(await problemsOf(source)).toMatch(/takes \d segments \(\d+ units of UCS-2\)/);
  });

  test('that links elsewhere is refused', async () => {
    const source = changed('verification', 'sms.en.liquid', () => 'https://evil.example/');

    expect(await problemsOf(source)).toContain('sms.en.liquid: links to https://evil.example/');
  });
});

describe('a push message', () => {
  test.each([
    ['title', (text: string) => `${'x'.repeat(60)}${text}`],
    ['text', (text: string) => `${text}${'x'.repeat(178)}`],
  ])('with too long a %s is refused', async (part, change) => {
    expect(await problemsOf(changed('delivery-notice', 'push.en.liquid', change))).toMatch(
      new RegExp(`push\\.en\\.liquid: has a ${part} of \\d+ characters, allowed are`),
    );
  });

  test('of one line, which has no text, is refused', async () => {
    const source = changed('delivery-notice', 'push.en.liquid', () => 'Your order has arrived');

    expect(await problemsOf(source)).toContain('push.en.liquid: has an empty part');
  });
});

describe('a card in the parcel', () => {
  test.each(['customer.name', 'order.id', 'order.totals.total', 'links.orderStatus'])(
    'may not have %s',
    async (name) => {
      const source = changed(
        'packaging-insert',
        'insert.en.liquid',
        (text) => `${text}{{ ${name} }}`,
      );

      expect(await problemsOf(source)).toContain(`"${name}" is personal`);
    },
  );

  test('may not have what a line cost', async () => {
    const source = changed('packaging-insert', 'insert.de.liquid', (text) =>
      text.replace('{{ line.name }}', '{{ line.name }} {{ line.amount }}'),
    );

    expect(await problemsOf(source)).toContain('packaging-insert uses "told.lines[].amount"');
  });
});

describe('what is personalised', () => {
  test('is refused when it is declared and no template uses it', async () => {
    const source = copyOf('verification', {
      personalised: ['lines', 'amounts', 'dates', 'name', 'locale', 'gift'],
    });

    expect(await problemsOf(source)).toContain(
      'verification/touch.ts: verification declares "gift" as personalised, and no template uses it',
    );
  });

  test('is refused when a template uses it and it is not declared', async () => {
    const source = copyOf('verification', {
      personalised: ['lines', 'amounts', 'dates', 'locale'],
    });

    expect(await problemsOf(source)).toContain('verification does not declare "name"');
  });

  test('is counted through variables of the template’s own, in any channel', async () => {
    const source = changed(
      'verification',
      'sms.de.liquid',
      (text) => `${text}{% assign it = order %}{% if it.isGift %}!{% endif %}`,
    );

    expect(await problemsOf(source)).toContain('verification does not declare "gift"');
  });
});
