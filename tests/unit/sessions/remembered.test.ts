import { describe, expect, test } from 'vitest';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { remembered, rememberedItems } from '#core/sessions/remembered.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';

const clockOf = () => {
  const clock = { ms: 0 };
  return { clock, setting: { forMs: 100, most: 2, nowMs: () => clock.ms } };
};

describe('what was read', () => {
  const setUp = (breaks = () => false) => {
    const { clock, setting } = clockOf();
    const reads: string[] = [];
    const read = remembered(async (shop: string) => {
      reads.push(shop);
      if (breaks()) throw new Error('away');
      return `${shop} ${reads.length}`;
    }, setting);
    return { clock, reads, read };
  };

  test('is read again when it is too old', async () => {
    const { clock, reads, read } = setUp();

    await read('a');
    clock.ms = 99;
    expect(await read('a')).toBe('a 1');
    clock.ms = 100;

    expect(await read('a')).toBe('a 2');
    expect(reads).toEqual(['a', 'a']);
  });

  test('at the same time is read once', async () => {
    const { reads, read } = setUp();

    await Promise.all([read('a'), read('a'), read('b')]);

    expect(reads).toEqual(['a', 'b']);
  });

  test('is not remembered when it failed', async () => {
    const { read } = setUp(breaksOnce());

    await expect(read('a')).rejects.toThrow('away');
    expect(await read('a')).toBe('a 2');
  });

  test('is forgotten for what is newer', async () => {
    const { reads, read } = setUp();

    for (const shop of ['a', 'b', 'c', 'b', 'a']) await read(shop);

    expect(reads).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('items that were read', () => {
  const item = (sku: string): CatalogItem => ({
    shop: 'hearth',
    sku,
    name: sku,
    updatedAt: '2026-11-22T12:00:00.000Z',
  });

  const setUp = () => {
    const { clock, setting } = clockOf();
    const asked: (readonly string[])[] = [];
    const find = rememberedItems(
      async (_, skus) => {
        asked.push(skus);
        return skus.filter((sku) => sku !== 'unknown').map(item);
      },
      { ...setting, most: 3 },
    );
    const skus = async (...of: readonly string[]) =>
      (await find('hearth', of)).map(({ sku }) => sku).toSorted();
    return { clock, asked, skus, find };
  };

  test('are asked for once, and only those that are missing', async () => {
    const { asked, skus } = setUp();

    expect(await skus('a', 'b', 'a')).toEqual(['a', 'b']);
    expect(await skus('a', 'c')).toEqual(['a', 'c']);
    expect(await skus('a', 'b', 'c')).toEqual(['a', 'b', 'c']);

    expect(asked).toEqual([['a', 'b'], ['c']]);
  });

  test('may be none, which is remembered too', async () => {
    const { asked, skus } = setUp();

    expect(await skus('unknown')).toEqual([]);
    expect(await skus('unknown')).toEqual([]);

    expect(asked).toEqual([['unknown']]);
  });

  test('are asked for again when they are too old, or more were read since', async () => {
    const { clock, asked, skus } = setUp();

    await skus('a');
    clock.ms = 100;
    await skus('a');
    await skus('b', 'c', 'd');
    await skus('a');

    expect(asked).toEqual([['a'], ['a'], ['b', 'c', 'd'], ['a']]);
  });

  test('are all answered, however few are remembered', async () => {
    const { skus } = setUp();

    expect(await skus('a', 'b', 'c', 'd', 'e')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('are a shop’s own', async () => {
    const { find, asked } = setUp();

    await find('hearth', ['a']);
    await find('northside', ['a']);

    expect(asked).toHaveLength(2);
  });
});
