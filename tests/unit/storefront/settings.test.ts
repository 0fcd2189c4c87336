import { describe, expect, test } from 'vitest';
import { apiAddress, settingsOf, webAddress } from '#storefront/settings.ts';
import { showableOffers } from '#storefront/showable-offers.ts';
import { board, partner } from '#tests/browser/sample-session.ts';

const page = 'https://shop.example/order/1';
const read = (attributes: Readonly<Record<string, string>>) =>
  settingsOf((name) => attributes[name] ?? null, page);

describe('attributes', () => {
  test('are read, with defaults for what is not there', () => {
    const settings = read({ api: 'https://api.example', token: ' a.b.c ' });

    expect(settings).toEqual({
      api: new URL('https://api.example/'),
      orderToken: 'a.b.c',
      timeoutMs: 2_000,
      headingLevel: 2,
    });
  });

  test.each([
    ['https://api.example/', 'https://api.example/'],
    ['https://api.example/v1', 'https://api.example/v1/'],
    ['/afterglow', 'https://shop.example/afterglow/'],
  ])('may name the API %s', (api, address) => {
    expect(read({ api, token: 't' })).toMatchObject({ api: new URL(address) });
  });

  test.each([
    [{}, 'no-api'],
    [{ api: ' ', token: 't' }, 'no-api'],
    [{ api: 'javascript:alert(1)', token: 't' }, 'no-api'],
    [{ api: 'https://', token: 't' }, 'no-api'],
    [{ api: 'https://api.example' }, 'no-token'],
    [{ api: 'https://api.example', token: ' ' }, 'no-token'],
  ])('like %j are of no use', (attributes, why) => {
    expect(read(attributes)).toBe(why);
  });

  test.each([
    ['500', '3', { timeoutMs: 500, headingLevel: 3 }],
    ['5', '9', { timeoutMs: 2_000, headingLevel: 2 }],
    ['soon', 'h3', { timeoutMs: 2_000, headingLevel: 2 }],
  ])('timeout %s and heading-level %s', (timeout, level, expected) => {
    expect(read({ api: page, token: 't', timeout, 'heading-level': level })).toMatchObject(
      expected,
    );
  });
});

test.each([
  ['https://cdn.example/a.png', 'https://cdn.example/a.png'],
  ['http://cdn.example/a.png', 'http://cdn.example/a.png'],
  ['javascript:alert(1)', undefined],
  ['data:image/svg+xml,<svg/>', undefined],
  ['a.png', undefined],
  [undefined, undefined],
])('of %s the web address is %s', (text, address) => {
  expect(webAddress(text)?.href).toBe(address);
});

test.each([
  ['/sessions/s/visit?t=1', 'https://api.example/v1/sessions/s/visit?t=1'],
  ['sessions/s/visit', 'https://api.example/v1/sessions/s/visit'],
  ['//evil.example/a', 'https://api.example/v1/evil.example/a'],
  ['https://evil.example/a', undefined],
  ['javascript:alert(1)', undefined],
])('a link to %s leads to %s', (href, address) => {
  expect(apiAddress(href, new URL('https://api.example/v1/'))?.href).toBe(address);
});

test('an offer whose link leads elsewhere is not shown, nor one that was dismissed', () => {
  const offers = [
    board,
    { ...board, state: 'dismissed' as const },
    { ...partner, href: 'https://evil.example' },
    partner,
  ];

  const shown = showableOffers(offers, new URL('https://api.example/'));

  expect(shown.map(({ offer, link }) => [offer, link?.pathname])).toEqual([
    [board, undefined],
    [partner, '/sessions/s-1/impressions/i-partner/visit'],
  ]);
});
