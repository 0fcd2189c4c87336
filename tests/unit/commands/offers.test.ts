import { describe, expect, test } from 'vitest';
import config from '#config';
import { offerFields } from '#core/contracts/offer-fields.ts';
import { parseEvent } from '#core/contracts/parse-event.ts';
import { readOffers } from '#rehearsal/input/offer-files.ts';
import { experimentProblems } from '../../../bin/offers/experiment-problems.ts';
import { offerChanges } from '../../../bin/offers/offer-changes.ts';
import { notesOn } from '../../../bin/offers/offer-notes.ts';

const stated = offerFields.parse({
  offerId: 'mug',
  type: 'upsell',
  product: { kind: 'sku', sku: 'HG-MUG' },
  value: { kind: 'margin', shareOfPrice: 0.5 },
  creative: { en: { headline: 'The mug', action: 'Add' } },
});
const stored = { shop: 'hearth', ...stated, updatedAt: '2026-11-01T00:00:00.000Z' };
const now = new Date('2026-11-22T12:00:00Z');

describe('a stage is told', () => {
  test('nothing of what it has, in whatever order its keys are', () => {
    const { creative, ...others } = stored;

    expect(offerChanges('hearth', [stated], [stored], now)).toEqual([]);
    expect(offerChanges('hearth', [stated], [{ creative, ...others }], now)).toEqual([]);
  });

  test('what is new and what has changed', () => {
    const dearer = { ...stated, value: { kind: 'margin' as const, shareOfPrice: 0.6 } };

    expect(offerChanges('hearth', [stated], [], now)).toMatchObject([
      { offerId: 'mug', change: 'new', detail: { shop: 'hearth', offer: stated } },
    ]);
    expect(offerChanges('hearth', [dearer], [stored], now)).toMatchObject([
      { offerId: 'mug', change: 'changed', detail: { offer: dearer } },
    ]);
  });

  test('to take off what the file has no more, once', () => {
    expect(offerChanges('hearth', [], [stored], now)).toMatchObject([
      { offerId: 'mug', change: 'taken off', detail: { offer: { ...stated, isActive: false } } },
    ]);
    expect(offerChanges('hearth', [], [{ ...stored, isActive: false }], now)).toEqual([]);
  });

  test('by events that it takes', () => {
    const [change] = offerChanges('hearth', [stated], [], now);
    const event = { source: 'oms.hearth', 'detail-type': 'OfferUpdated', detail: change?.detail };

    expect(parseEvent(JSON.stringify(event), ['hearth'])).toMatchObject({
      ok: true,
      event: { type: 'OfferUpdated', offer: { offerId: 'mug', updatedAt: now.toISOString() } },
    });
  });
});

describe('what keeps an offer from customers is noted:', () => {
  const { hearth } = config.shops;
  const circle = offerFields.parse({
    ...stated,
    type: 'loyalty',
    product: undefined,
    value: { kind: 'worth', amountMinor: 100 },
  });

  test('a language of the shop that it does not speak', () => {
    expect(hearth && notesOn(stated, hearth)).toEqual([expect.stringContaining('nothing in de')]);
  });

  test('that it leads nowhere', () => {
    const homeless = hearth && { ...hearth, pages: {}, locales: ['en-GB'] };

    expect(homeless && notesOn(circle, homeless)).toEqual([
      expect.stringContaining('pages.loyalty is not configured'),
    ]);
    expect(homeless && notesOn({ ...circle, url: 'https://x.example' }, homeless)).toEqual([]);
  });
});

describe('an experiment on offers', () => {
  const file = readOffers(
    'offers/hearth.yaml',
    JSON.stringify([{ ...stated, variants: { use: stated.creative } }]),
  );
  const files = 'problems' in file ? [] : [file];
  const problemsWith = (offers: readonly string[], variant: string) =>
    experimentProblems(
      {
        shops: config.shops,
        experiments: {
          experiments: [
            {
              key: 'words',
              hypothesis: 'Other words are taken up more often.',
              owner: 'Shop',
              kind: 'offer',
              touches: [],
              offers: [...offers],
              shops: ['hearth'],
              from: '2026-01-01',
              until: '2026-02-01',
              arms: { control: { share: 0.5 }, b: { share: 0.5, variant } },
              primaryMetric: 'revenue',
              guardrails: [],
              revenueElement: false,
            },
          ],
        },
      },
      files,
    );

  test('asks for offers and variants that there are', () => {
    expect(problemsWith(['mug'], 'use')).toEqual([]);
    expect(problemsWith(['cup'], 'use')).toEqual([
      'words.offers: got "cup", expected an offer of its shops',
    ]);
    expect(problemsWith(['mug'], 'other')).toEqual([
      'words: got the variant "other", expected one of mug: use',
    ]);
  });
});
