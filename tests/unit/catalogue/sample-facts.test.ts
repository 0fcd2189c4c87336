import { describe, expect, it } from 'vitest';
import config from '#config';
import { sampleCatalogue } from '#rehearsal/input/sample-catalogue.ts';
import { checkCatalogue } from '../../../bin/catalogue/check-catalogue.ts';

/** Left with too little, so that a check has something to say. */
const lacking = ['HG-FLT-004', 'HG-MUG-300', 'NS-TNT-PEG', 'NS-MAT-R40', 'NS-PAT-001'];

describe('the sample catalogue', () => {
  it('states three to eight things of every physical product, but of a few', () => {
    const stated = sampleCatalogue
      .filter(({ kind, sku }) => kind === 'physical' && !lacking.includes(sku))
      .map(({ sku, attributes = [] }) => [sku, attributes.length] as const);

    expect(stated.filter(([, count]) => count < 3 || count > 8)).toEqual([]);
  });

  it.each([
    ['HG-ESP-100', 'steam'],
    ['HG-KNI-200', 'sharp'],
    ['NS-STV-001', 'carbon monoxide'],
    ['NS-TNT-2P', 'No open flames'],
    ['HG-DES-500', 'eye irritation'],
  ])('warns of what %s can do: %s', (sku, word) => {
    const { attributes = [] } = sampleCatalogue.find((each) => each.sku === sku) ?? {};
    const warnings = attributes.filter(({ type }) => type === 'warning');

    expect(JSON.stringify(warnings)).toContain(word);
  });

  it('leaves the check something to say, and no text that looks like something else', () => {
    const found = checkCatalogue(sampleCatalogue, [], config);

    expect(found.bare.flatMap(({ skus }) => skus)).toContain('NS-PAT-001');
    expect(found.languages.map(({ sku, id }) => `${sku} ${id}`)).toEqual([
      'HG-PAN-LID warning.glass',
      'HG-TWL-002 care',
    ]);
    expect(found.suspicious).toEqual([]);
  });

  it('lets more than half of hearth’s guides and care be written in both languages', () => {
    const { shares } = checkCatalogue(sampleCatalogue, [], config);

    const poor = shares
      .filter(({ shop, kind }) => shop === 'hearth' && ['usage-guide', 'care'].includes(kind))
      .filter(({ possible, of }) => possible / of < 0.5);

    expect(poor).toEqual([]);
  });
});
