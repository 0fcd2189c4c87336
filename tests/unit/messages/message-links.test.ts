import { expect, test } from 'vitest';
import fc from 'fast-check';
import {
  messageLinks,
  plainLinks,
  shortAddress,
  trackedLinks,
} from '#core/domain/messages/message-links.ts';
import { addressesIn, shortened } from '#core/domain/messages/short-links.ts';
import { sampleShop } from '#lib/messages/sample-shop.ts';

const tracked = trackedLinks(sampleShop, 'a.b-c_d');

test('a tracked link leads by our own service, with the message’s token and the address', () => {
  expect(tracked.to('https://www.hearth.example/r?sku=A%26B&x=1#end')).toBe(
    'https://links.hearth.example/c?t=a.b-c_d&u=https://www.hearth.example/r?sku=A%2526B%26x=1%23end',
  );
});

test('what a tracked link leads to is read back as it was, whatever is in it', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (address) => {
      const link = new URL(tracked.to(address));

      expect(link.searchParams.get('u')).toBe(address);
      expect(link.searchParams.get('t')).toBe('a.b-c_d');
      expect(link.host).toBe('links.hearth.example');
      expect(tracked.to(address)).not.toMatch(/['()\s]/);
    }),
  );
});

test('marketing alone can be unsubscribed from, any message leads to the preferences', () => {
  const of = (purpose: 'marketing' | 'service') => messageLinks(sampleShop, purpose, tracked);

  expect(of('marketing').unsubscribe).toBe('https://links.hearth.example/unsubscribe?t=a.b-c_d');
  expect(of('service').unsubscribe).toBeNull();
  expect(of('service').preferences).toBe('https://links.hearth.example/preferences?t=a.b-c_d');
});

test('the link that confirms consent says for which channel', () => {
  expect(messageLinks(sampleShop, 'transactional', tracked).consent).toBe(
    'https://links.hearth.example/consent?t=a.b-c_d&c=email',
  );
});

test('a message for nobody in particular has plain addresses, and none of ours', () => {
  const { help, review, preferences, survey, consent } = messageLinks(
    sampleShop,
    'service',
    plainLinks,
  );

  expect(help).toBe(sampleShop.helpUrl);
  expect(review).toBe(sampleShop.pages.review);
  expect([preferences, survey, consent]).toEqual([null, null, null]);
});

test('our pages may be below a path, with or without a slash at its end', () => {
  const at = (linksUrl: string) => shortAddress({ linksUrl }, 'abc');

  expect(at('https://shop.example/m')).toBe('https://shop.example/m/s/abc');
  expect(at('https://shop.example/m/')).toBe('https://shop.example/m/s/abc');
});

test('each address of a text is made short once, and the sentence around it stays', async () => {
  const asked: string[] = [];
  const make = async (address: string) => {
    asked.push(address);
    return `https://l.example/${asked.length}`;
  };

  const text = await shortened(
    'Track it: https://a.example/x?y=(1). Or (https://b.example/), or https://a.example/x?y=(1)!',
    make,
  );

  expect(asked).toEqual(['https://a.example/x?y=(1', 'https://b.example/']);
  expect(text).toBe(
    'Track it: https://l.example/1). Or (https://l.example/2), or https://l.example/1)!',
  );
});

test('a text without addresses stays as it is', async () => {
  const never = async (): Promise<string> => Promise.reject(new Error('nothing to shorten'));

  expect(await shortened('Order 1 of http://plain.example is late.', never)).toBe(
    'Order 1 of http://plain.example is late.',
  );
  expect(addressesIn('')).toEqual([]);
});
