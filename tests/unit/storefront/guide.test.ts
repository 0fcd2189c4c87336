import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { joseOrderTokens } from '#core/adapters/jose-order-tokens.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { tokenOrder } from '#core/contracts/order-token.ts';
import { pageEvents } from '#core/contracts/page-events.ts';
import { bundleComponent } from '#storefront/bundle.ts';

const guide = readFileSync(new URL('../../../docs/confirmation-page.md', import.meta.url), 'utf8');
const source = (file: string): string =>
  readFileSync(new URL(`../../../storefront/${file}`, import.meta.url), 'utf8');

/** Every piece of code in a language, in order, without its indentation. */
const blocks = (language: string): readonly string[] =>
  [...guide.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)]
    .filter(([, , found]) => found === language)
    .map(([, indent = '', , code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));

const [orderText = '', ...eventTexts] = blocks('json');
const order = tokenOrder.parse(JSON.parse(orderText));

describe('a token', () => {
  const master = new TextEncoder().encode('m'.repeat(32));
  const key = shopKey(master, 'hearth');
  const check = (token: string) =>
    joseOrderTokens(async () => [master])(token.trim(), new Date().toISOString());
  const [jose = '', plain = ''] = blocks('js');
  const [python = ''] = blocks('python');

  const byNode = (snippet: string): string =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `${snippet};process.stdout.write(await orderToken('A-1001', ${JSON.stringify(order)}, '${key}'))`,
      ],
      { encoding: 'utf8' },
    );

  test.each([
    ['with jose', jose],
    ['without any package', plain],
  ])('that Node makes %s opens the page of its order', async (_, snippet) => {
    expect(await check(byNode(snippet))).toEqual({
      kind: 'valid',
      shop: 'hearth',
      orderId: 'A-1001',
      order,
    });
  });

  test('that Python makes opens it too', async ({ skip }) => {
    const script = `${python}\nprint(order_token("A-1001", json.loads(${JSON.stringify(orderText)}), "${key}"))`;
    let token: string | undefined;
    try {
      token = execFileSync('python3', ['-c', script], { encoding: 'utf8' });
    } catch (error) {
      skip(Object(error).code === 'ENOENT', 'no python3');
      throw error;
    }

    expect(await check(token)).toMatchObject({ kind: 'valid', orderId: 'A-1001', order });
  });
});

describe('the guide', () => {
  test('embeds the release that is out', async () => {
    const { release } = await bundleComponent();

    expect(guide).toContain(`/component/${release.file}"`);
    expect(guide).toContain(`integrity="${release.integrity}"`);
  });

  test('has events as the bus takes them', () => {
    const [accepted, amended, refused] = eventTexts.map((text): unknown => JSON.parse(text));

    expect(
      pageEvents.OfferAccepted.shape.adds.safeParse(Object(accepted).adds).error?.issues,
    ).toBeUndefined();
    expect(incomingEvents.OrderAmended.safeParse(amended).error?.issues).toBeUndefined();
    expect(incomingEvents.OfferRefused.safeParse(refused).error?.issues).toBeUndefined();
  });

  const names = (text: string, pattern: RegExp): readonly string[] =>
    [
      ...new Set([...text.matchAll(pattern)].flatMap(([, name = '']) => name.split(' '))),
    ].toSorted();

  test('names every variable that the style reads', () => {
    const read = names(source('style.css'), /var\((--afterglow-[\w-]+)/g);

    expect(names(guide, /`(--afterglow-[\w-]+)`/g)).toEqual(read);
  });

  test('names every part, event and reason', () => {
    const code = ['offer-card.ts', 'confirmation-frame.ts'].map(source).join('\n');
    const parts = names(code, /part: ['`]([\w -]+)['`$]/g).filter((part) => !part.endsWith('-'));
    const events = names(source('events.ts'), /'(afterglow-[\w]+)'/g);
    const reasons = ['timeout', 'network', 'refused', 'bad-answer', 'no-offers', 'no-api'];

    expect(parts.length).toBeGreaterThan(12);
    for (const name of [...parts, ...events, ...reasons]) expect(guide).toContain(`\`${name}\``);
  });
});
