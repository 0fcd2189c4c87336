import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { fileMessageTemplates } from '#core/adapters/file-message-templates.ts';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { mostHtmlBytes } from '#core/domain/messages/message-size.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { RenderedEmail } from '#core/ports/message-renderer.ts';
import { compileMessages } from '#lib/messages/compile-messages.ts';
import { contextsOf } from '#lib/messages/sample-contexts.ts';
import { type MessageSample, messageSamples } from '#lib/messages/sample-messages.ts';
import {
  cancelledWhole,
  dispatched,
  gone,
  placing,
  sampleLine,
  sampleOrder,
} from '#lib/messages/sample-orders.ts';
import { sampleShop } from '#lib/messages/sample-shop.ts';
import { type TouchName, touches } from '#touches/registry.ts';

const out = mkdtempSync(join(tmpdir(), 'messages-'));
const templates = fileMessageTemplates(pathToFileURL(`${out}/`));
const render = liquidMessageRenderer();

beforeAll(() => compileMessages(out));

const emailOf = async (sample: MessageSample, language: string): Promise<RenderedEmail> => {
  const { email } = await templates.load(sample.touch, language);
  if (email === undefined) throw new Error(`${sample.touch} has no e-mail`);
  return render.email(email, contextsOf(sample, language).ofEmail);
};

const rendered = (
  touch: TouchName,
  language: string,
  subjects: readonly string[],
  ...events: readonly OrderEvent[]
): Promise<RenderedEmail> => {
  const order = sampleOrder(...events);
  const sample = { name: '', touch, subjects, order, products: [], shop: sampleShop };
  return emailOf(sample, language);
};

const inEachLanguage = (samples: readonly MessageSample[]) =>
  samples.flatMap((sample) =>
    ['en', 'de'].map(
      (language) => [`${sample.touch}, ${sample.name}, ${language}`, sample, language] as const,
    ),
  );

const hasEmail = ({ touch }: MessageSample): boolean =>
  touches[touch].channels.some((channel) => channel === 'email');

const emails = inEachLanguage(messageSamples.filter(hasEmail));

test.each(emails)('%s is whole', async (_, sample, language) => {
  const { subject, html, text } = await emailOf(sample, language);

  expect(`${subject}${html}${text}`).not.toMatch(/undefined|\{\{|\{%|\[object|NaN|Invalid Date/);
  expect(html).toContain('Hearth &amp; Grain GmbH');
  expect(text).toContain('Hearth & Grain GmbH');
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(mostHtmlBytes);
});

const ofOrders = messageSamples.filter(({ touch }) => touches[touch].purpose === 'transactional');

test.each(inEachLanguage(ofOrders))(
  '%s is about its order at once',
  async (_, sample, language) => {
    const { subject, html, text } = await emailOf(sample, language);
    const [firstLine = ''] = text.split('\n');

    expect(subject).toContain(sample.order.orderId);
    expect(firstLine).toContain(sample.order.orderId);
    expect(text).toMatch(/\/c\?t=[^&]+&u=\S+\/orders\/status/);
    expect(html).toMatch(/\/c\?t=[^&]+&amp;u=[^"]+\/orders\/status"/);
  },
);

test.each(emails)('%s leads to allowed hosts only', async (_, sample, language) => {
  const { html, text } = await emailOf(sample, language);
  const links = [...html.matchAll(/href="([^"]*)"/g), ...text.matchAll(/(https?:[^\s)]+)/g)];
  const ends = links.map(([, link = '']) => {
    const url = new URL(link.replaceAll('&amp;', '&'));
    return new URL(url.searchParams.get('u') ?? url).host;
  });

  const strangers = new Set(ends).difference(
    new Set([
      'www.hearth.example',
      'access.hearth.example',
      'links.hearth.example',
      'track.parcel.example',
    ]),
  );
  expect([...strangers]).toEqual([]);
});

test.each(emails)(
  '%s goes by our links everywhere but to what was bought',
  async (_, sample, language) => {
    const { html, text } = await emailOf(sample, language);
    const links = [...html.matchAll(/href="([^"]*)"/g), ...text.matchAll(/(https?:[^\s)]+)/g)];

    const direct = links.flatMap(([, link = '']) =>
      /^https:\/\/(links|access)\.hearth\.example\//.test(link) ? [] : [link],
    );
    expect(direct).toEqual([]);
  },
);

test('fifty lines are all shown, with picture, name, category, quantity and amount', async () => {
  const lines = Array.from({ length: 50 }, (_, index) =>
    sampleLine(`l${index}`, `Plate ${index}.`, 1000 + index, {
      quantity: 2,
      category: `Shelf ${index}.`,
    }),
  );

  const { html, text } = await rendered('order-confirmation', 'en', [], placing({ lines }));

  const lacking = lines.filter(
    ({ lineId, name = '', category = '', unitPrice }) =>
      !html.includes(`products/${lineId}.jpg" alt="${name}"`) ||
      !html.includes(`>${name}<`) ||
      !html.includes(category) ||
      !html.includes(`>€${((unitPrice.amountMinor * 2) / 100).toFixed(2)}<`) ||
      !text.includes(name),
  );
  expect(lacking).toEqual([]);
  expect(html.match(/Quantity: 2/g)).toHaveLength(50);
});

test('beyond fifty lines the rest is counted and linked', async () => {
  const lines = Array.from({ length: 62 }, (_, index) =>
    sampleLine(`l${index}`, `Plate ${index}`, 1000),
  );

  const { html, text } = await rendered('order-confirmation', 'de', [], placing({ lines }));

  expect(html).toContain('Und 12 weitere Artikel');
  expect(text).toContain('Und 12 weitere Artikel');
});

test('markup and Liquid in what a customer or a catalogue says stay text', async () => {
  const name = '<img src=x onerror=alert(1)>"\' {{ shop.name }} {% raw %}';
  const order = placing({
    lines: [sampleLine('x', name, 100)],
    contact: { name: 'Mia <b>Sommer</b>' },
  });

  const { html, text } = await rendered('order-confirmation', 'en', [], order);

  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&#34;&#39; {{ shop.name }} {% raw %}');
  expect(html).not.toContain('<img src=x');
  expect(html).toContain('Hello Mia &lt;b&gt;Sommer&lt;/b&gt;,');
  expect(text).toContain(name);
});

test('a subject is one line, and not escaped as HTML', async () => {
  const lines = [
    sampleLine('x', 'Bread & butter\r\nBcc: all@mail.example', 100, { kind: 'digital' }),
  ];

  const { subject } = await rendered('digital-access', 'en', [], placing({ lines }));

  expect(subject).toBe('Ready to use: Bread & butter Bcc: all@mail.example (order 100482)');
});

test('a line without picture has a placeholder where others have one', async () => {
  const lines = [
    sampleLine('x', 'Bowl', 100, { imageUrl: undefined }),
    sampleLine('y', 'Plate', 100),
  ];

  const { html } = await rendered('order-confirmation', 'en', [], placing({ lines }));

  expect(html.match(/<img/g)).toHaveLength(2);
  expect(html.match(/class="picture" aria-hidden/g)).toHaveLength(1);
});

test('without any picture no place is kept for one', async () => {
  const lines = ['x', 'y'].map((id) => sampleLine(id, 'Bowl', 100, { imageUrl: undefined }));

  const { html } = await rendered('order-confirmation', 'en', [], placing({ lines }));

  expect(html.match(/<img/g)).toHaveLength(1);
  expect(html).not.toContain('class="picture"');
});

test('a guest without a name is greeted without one', async () => {
  const guest = placing({ contact: { email: 'guest@mail.example' } });

  expect((await rendered('verification', 'en', [], guest)).text).toContain('\nHello,\n');
  expect((await rendered('verification', 'de', [], guest)).text).toContain('\nGuten Tag,\n');
});

test('amounts in German are written the German way', async () => {
  const lines = [sampleLine('x', 'Mühle', 123_456)];

  const { text } = await rendered('order-confirmation', 'de', [], placing({ lines }));

  expect(text.replaceAll('\u00A0', ' ')).toContain('Menge: 1, 1.234,56 €');
});

test('a cancellation promises no refund that is not booked', async () => {
  const { text } = await rendered('cancellation', 'en', ['order'], placing(), cancelledWhole);

  expect(text).toContain('We have no refund to tell you of yet.');
});

test('a lost parcel is called lost', async () => {
  const events = [placing(), dispatched('P1', ['mill']), gone('P1', 'lost')];

  const { subject, text } = await rendered('delay-notice', 'en', ['P1'], ...events);

  expect(subject).toBe('Your order 100482: a parcel is lost');
  expect(text).toContain('is lost. We are sorry.');
});

test('an order in review is not said to be on its way to being sent', async () => {
  const { text } = await rendered('order-confirmation', 'en', [], placing({ risk: 'review' }));

  expect(text).toContain('we need a short confirmation from you');
  expect(text).not.toContain('We are preparing');
});
