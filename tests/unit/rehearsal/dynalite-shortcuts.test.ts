import db, { type Item } from 'dynalite/db/index.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeShortcuts } from '#rehearsal/services/dynalite-shortcuts.ts';

const own = { ...db };
takeShortcuts();

const tableOf = (type: string) => ({
  KeySchema: [{ AttributeName: 'id' }, { AttributeName: 'at' }],
  AttributeDefinitions: [
    { AttributeName: 'at', AttributeType: type },
    { AttributeName: 'id', AttributeType: type },
  ],
});

const typed = fc.oneof(
  fc.tuple(fc.constant('S'), fc.string({ minLength: 1, unit: 'grapheme' })),
  fc.tuple(fc.constant('N'), fc.integer().map(String)),
  fc.tuple(fc.constant('B'), fc.base64String({ minLength: 4 })),
);

describe('shortcuts of dynalite', () => {
  test('come to its own keys, the first time and again', () => {
    fc.assert(
      fc.property(typed, typed, ([type, id], [, other]) => {
        const at = type === 'N' ? id : other;
        const item: Item = { id: { [type]: id }, at: { [type]: at } };
        const table = tableOf(type);
        const onlyHash = table.KeySchema.slice(0, 1);

        for (const _ of ['first', 'again']) {
          expect(db.createKey(item, table)).toBe(own.createKey(item, table));
          expect(db.createKey(item, table, onlyHash)).toBe(own.createKey(item, table, onlyHash));
          expect(db.hashPrefix(id, type)).toBe(own.hashPrefix(id, type));
        }
        expect(db.hashPrefix(id, type, at, type)).toBe(own.hashPrefix(id, type, at, type));
      }),
    );
  });

  test('leave indexes to dynalite where a table has some', () => {
    let times = 0;
    const done = () => {
      times += 1;
    };
    const indexed = { ...tableOf('S'), GlobalSecondaryIndexes: [] };

    db.updateIndexes({}, tableOf('S'), undefined, null, done);
    db.updateIndexes({}, indexed, undefined, null, done);

    expect(times).toBe(2);
  });
});
