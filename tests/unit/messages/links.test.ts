import { expect, test } from 'vitest';
import {
  allowedLink,
  isAllowedLink,
  pictureOf,
  withQuery,
  withToken,
} from '#core/domain/messages/links.ts';
import { sampleShop } from '#lib/messages/sample-shop.ts';

const shop = {
  ...sampleShop,
  pages: { review: 'https://reviews.example/hearth' },
};

test.each([
  ['a listed host', 'https://track.parcel.example/123?x=1'],
  ['a listed host in capitals', 'HTTPS://TRACK.Parcel.example/123'],
  ['the shop’s website', 'https://www.hearth.example/anything'],
  ['a page of the shop on a host of its own', 'https://reviews.example/hearth?sku=x'],
  ['the standard port', 'https://track.parcel.example:443/'],
])('%s is linked', (_, link) => {
  expect(isAllowedLink(shop, link)).toBe(true);
});

test.each([
  ['another host', 'https://evil.example/track.parcel.example'],
  ['a host that only ends alike', 'https://eviltrack.parcel.example/'],
  ['a subdomain', 'https://x.track.parcel.example/'],
  ['a user name that looks like the host', 'https://track.parcel.example@evil.example/'],
  ['a user name on the host', 'https://me@track.parcel.example/'],
  ['another port', 'https://track.parcel.example:8443/'],
  ['http', 'http://track.parcel.example/'],
  ['a script', 'javascript:alert(1)'],
  ['a backslash', 'https://evil.example\\@track.parcel.example/'],
  ['our own pages, which lead on by themselves', 'https://links.hearth.example/c?u=x'],
  ['no address', 'track.parcel.example'],
  ['nothing', ''],
])('%s is not linked', (_, link) => {
  expect(isAllowedLink(shop, link)).toBe(false);
});

test('the fallback takes the place of a link that is not allowed', () => {
  const fallback = 'https://www.hearth.example/orders/status?t=x';

  expect(allowedLink(sampleShop, 'https://evil.example/', fallback)).toBe(fallback);
  expect(allowedLink(sampleShop, 'https://track.parcel.example/1', fallback)).toBe(
    'https://track.parcel.example/1',
  );
});

test('what could close an attribute leaves an allowed link encoded', () => {
  const link = allowedLink(sampleShop, 'https://track.parcel.example/"onclick="x', '');

  expect(link).toBe('https://track.parcel.example/%22onclick=%22x');
});

test('a picture may be on any host, but only over https', () => {
  expect(pictureOf('https://cdn.example/a b.jpg')).toBe('https://cdn.example/a%20b.jpg');
  expect(pictureOf('http://cdn.example/a.jpg')).toBeNull();
  expect(pictureOf('data:image/png;base64,AAAA')).toBeNull();
  expect(pictureOf(undefined)).toBeNull();
});

test('a token joins the query that an address has', () => {
  expect(withToken('https://www.hearth.example/o?lang=de', 'a.b-c_d')).toBe(
    'https://www.hearth.example/o?lang=de&t=a.b-c_d',
  );
});

test('a parameter is encoded, and takes the place of one of its name', () => {
  expect(withQuery('https://www.hearth.example/r?t=x', 'sku', 'A&B 1')).toBe(
    'https://www.hearth.example/r?t=x&sku=A%26B+1',
  );
  expect(withQuery('https://www.hearth.example/r?score=1', 'score', '2')).toBe(
    'https://www.hearth.example/r?score=2',
  );
});
