import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { disorder } from '#rehearsal/input/disorder.ts';
import { sampleShop } from '#rehearsal/input/sample-shop.ts';

const events = sampleShop({ seed: 'disorder' });

const contentOf = ({ detail, detailType }: (typeof events)[number]): string =>
  `${detailType} ${JSON.stringify(detail)}`;

describe('disorder', () => {
  it('leaves the events as they are when nothing is asked for', () => {
    expect(disorder(events, { seed: '1' })).toStrictEqual(events);
  });

  it('keeps every event and adds none that was not there', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 86_400_000 }),
        (seed, duplicate, shuffleMs) => {
          const result = disorder(events, { seed, duplicate, shuffleMs });
          expect(new Set(result.map(contentOf))).toStrictEqual(new Set(events.map(contentOf)));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('puts events off within the window and never sends one before its time', () => {
    const list = events.map((event, at) => ({ ...event, detailType: String(at) }));

    const result = disorder(list, { seed: '1', duplicate: 0.5, shuffleMs: 3_600_000 });

    const lags = result.map(({ atMs, detailType }) => atMs - (list[Number(detailType)]?.atMs ?? 0));
    expect(Math.min(...lags)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...lags)).toBeLessThanOrEqual(3_600_000);
    expect(Math.max(...lags)).toBeGreaterThan(3_000_000);
  });

  it('changes the order of arrival within the window', () => {
    const result = disorder(events, { seed: '1', shuffleMs: 3_600_000 });

    expect(result.map(contentOf)).not.toStrictEqual(events.map(contentOf));
    expect(result.map(({ atMs }) => atMs)).toStrictEqual(
      result.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
    );
  });

  it.each([0, 0.1, 0.5, 1])('sends a share of %d twice', (duplicate) => {
    const result = disorder(events, { seed: '1', duplicate, shuffleMs: 60_000 });

    // Four standard errors of a share of n events are at most 2 / √n.
    const share = result.length / events.length - 1;
    expect(Math.abs(share - duplicate)).toBeLessThanOrEqual(2 / Math.sqrt(events.length));
  });

  it('is the same for the same seed', () => {
    const options = { duplicate: 0.2, shuffleMs: 60_000 };

    expect(disorder(events, { ...options, seed: 'a' })).toStrictEqual(
      disorder(events, { ...options, seed: 'a' }),
    );
    expect(disorder(events, { ...options, seed: 'a' })).not.toStrictEqual(
      disorder(events, { ...options, seed: 'b' }),
    );
  });

  it('says which option is out of its range', () => {
    expect(() => disorder(events, { seed: '1', duplicate: 1.2 })).toThrow(
      'disorder: got duplicate 1.2, expected a share from 0 to 1.',
    );
    expect(() => disorder(events, { seed: '1', shuffleMs: -1 })).toThrow(RangeError);
  });
});
