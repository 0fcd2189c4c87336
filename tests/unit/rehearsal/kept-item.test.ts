import { describe, expect, test } from 'vitest';
import { keptItem } from '#rehearsal/services/kept-item.ts';

/** As dynalite makes an updated item: objects without a prototype. */
const bare = (members: object): object => Object.assign(Object.create(null), members);

const updated = Object(
  bare({ id: bare({ S: 'a' }), tags: bare({ L: [bare({ S: 'b' }), bare({ N: '1' })] }) }),
);

describe('an item that a table keeps', () => {
  test('is what was put', () => {
    expect(keptItem(updated)).toStrictEqual({
      id: { S: 'a' },
      tags: { L: [{ S: 'b' }, { N: '1' }] },
    });
  });

  test('is a copy: who put it may go on with it', () => {
    const put = { id: { S: 'a' } };
    const kept = keptItem(put);
    put.id.S = 'b';

    expect(kept).toEqual({ id: { S: 'a' } });
  });

  test.each([
    [(item: { id: { S: string } }) => Object.assign(item, { more: { S: 'b' } })],
    [({ id }: { id: { S: string } }) => Object.assign(id, { S: 'b' })],
    [(item: { tags: { L: object[] } }) => item.tags.L.push({ S: 'b' })],
  ])('tells who would change it, at any depth', (change) => {
    const kept = keptItem(updated);

    expect(() => change(Object(kept))).toThrow(TypeError);
  });

  test.each([{ B: 'YQ==' }, { BS: ['YQ=='] }, { M: { inner: { B: 'YQ==' } } }])(
    'is not for all alike where it may have bytes: %j',
    (value) => {
      const kept = keptItem(Object({ id: { S: 'a' }, data: value }));

      expect(Object.isFrozen(kept)).toBe(false);
      expect(kept).toEqual({ id: { S: 'a' }, data: value });
    },
  );
});
