import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '#core/contracts/parse-event.ts';
import {
  catalogueEventsOf,
  contentOf,
} from '#rehearsal/input/catalogue-import/catalogue-events.ts';
import type { ImportedProduct } from '#rehearsal/input/catalogue-import/catalogue-product.ts';
import { sampleCatalogue } from '#rehearsal/input/sample-catalogue.ts';
import { batchesOf, catalogueChanges } from '../../../bin/catalogue/send-catalogue.ts';

const bowl: ImportedProduct = {
  shop: 'hearth',
  sku: 'A',
  name: 'Bowl',
  attributes: [{ id: 'care', type: 'care', text: { en: 'Rinse.', de: 'Spülen.' } }],
};

const idOf = (product: ImportedProduct, atMs = 0): unknown =>
  catalogueEventsOf([product], atMs)[0]?.detail['eventId'];

describe('the events of a catalogue', () => {
  it('are taken in', () => {
    for (const { source, detailType, detail } of catalogueEventsOf(sampleCatalogue, 0)) {
      const envelope = { source, 'detail-type': detailType, detail };

      expect(parseEvent(JSON.stringify(envelope), ['hearth', 'northside'])).toMatchObject({
        ok: true,
        event: { type: 'CatalogItemUpdated' },
      });
    }
  });

  it('are told one a second, or all at once', () => {
    const times = (everyMs?: number) =>
      catalogueEventsOf([bowl, { ...bowl, sku: 'B' }], 5000, everyMs).map(({ atMs }) => atMs);

    expect(times()).toEqual([5000, 6000]);
    expect(times(0)).toEqual([5000, 5000]);
  });

  it('have the same id whenever the same is said, in whatever order', () => {
    const { name, sku, ...others } = bowl;

    expect(idOf({ ...others, sku, name }, 1_000_000)).toBe(idOf(bowl));
  });

  it('have another id when anything else is said, or of another shop', () => {
    const ids = [
      bowl,
      { ...bowl, shop: 'northside' },
      { ...bowl, name: 'Cup' },
      { ...bowl, attributes: [{ id: 'care', type: 'care' as const, text: { en: 'Rinse.' } }] },
    ].map((product) => idOf(product));

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('have ids that are short enough, however long the SKU is', () => {
    expect(String(idOf({ ...bowl, sku: 'x'.repeat(128) })).length).toBeLessThanOrEqual(128);
  });
});

describe('a stage is told', () => {
  it('nothing of what it has, and what is new or said otherwise', () => {
    const stored = { ...bowl, updatedAt: '2026-01-01T00:00:00.000Z', approvedFacts: {} };
    const renamed = { ...bowl, name: 'Cup' };
    const fresh = { ...bowl, sku: 'B' };

    expect(catalogueChanges([bowl], [stored])).toEqual({ fresh: [], changed: [], same: [bowl] });
    expect(catalogueChanges([renamed, fresh], [stored])).toEqual({
      fresh: [fresh],
      changed: [renamed],
      same: [],
    });
  });

  it('by requests that its bus takes, each event once and in order', () => {
    const entry = (size: number) => ({
      Time: '',
      Source: '',
      DetailType: '',
      Detail: 'x'.repeat(size),
    });

    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 250_000 }), { maxLength: 40 }), (sizes) => {
        const entries = sizes.map(entry);
        const batches = batchesOf(entries);

        expect(batches.flat()).toEqual(entries);
        for (const batch of batches) {
          const bytes = batch.reduce((sum, { Detail }) => sum + Detail.length, 0);
          expect(batch.length).toBeLessThanOrEqual(10);
          expect(bytes).toBeLessThanOrEqual(1_000_000);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('what is said of a product', () => {
  it('does not depend on when it was said, nor on what was approved', () => {
    expect(contentOf({ ...bowl, updatedAt: 'x', approvedFacts: { kind: 'digital' } })).toBe(
      contentOf({ ...bowl, shop: 'another' }),
    );
  });
});
