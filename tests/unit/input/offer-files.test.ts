import { expect, test } from 'vitest';
import config from '#config';
import { readOfferFiles, readOffers } from '#rehearsal/input/offer-files.ts';

const mug = `
- offerId: mug
  type: upsell
  product: { kind: sku, sku: HG-MUG }
  value: { kind: margin, shareOfPrice: 0.5 }
  creative:
    en: { headline: The mug, action: Add }
`;

const problemsOf = (text: string): readonly string[] => {
  const read = readOffers('offers/hearth.yaml', text);
  return 'problems' in read ? read.problems : [];
};

test('the offers of this deployment are valid, and of its shops', async () => {
  const files = await readOfferFiles('offers');

  expect(files.map(({ shop }) => shop)).toEqual(Object.keys(config.shops));
  expect(files.every(({ offers }) => offers.length > 0)).toBe(true);
});

test('a file is of the shop that it is named for', () => {
  expect(readOffers('somewhere/hearth.yaml', mug)).toMatchObject({
    shop: 'hearth',
    offers: [{ offerId: 'mug', isActive: true }],
  });
});

test('a mistake is told with its line, its offer and its key', () => {
  expect(problemsOf(mug.replace('0.5', '5'))).toEqual([
    'offers/hearth.yaml:5: offer "mug", value.shareOfPrice: Too big: expected number to be <=1',
  ]);
  expect(problemsOf(mug.replace('action: Add', 'button: Add'))).toEqual([
    expect.stringMatching(/^offers\/hearth\.yaml:7: offer "mug", creative\.en\.action: .*expected/),
    expect.stringMatching(/^offers\/hearth\.yaml:7: offer "mug", creative\.en: .*"button"/),
  ]);
});

test('an offer that is there twice is told by the line of the second', () => {
  expect(problemsOf(mug + mug)).toEqual(['offers/hearth.yaml:9: the offerId mug is there twice']);
});

test('what is no YAML, or no list, is told too', () => {
  expect(problemsOf('- offerId: [mug')[0]).toContain('offers/hearth.yaml: ');
  expect(problemsOf('offerId: mug')[0]).toContain('expected array');
});
