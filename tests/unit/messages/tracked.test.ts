import { expect, test } from 'vitest';
import { tracked } from '#lib/messages/tracked.ts';

test('what is read is noted by its path, whatever the place in a list', () => {
  const read: string[] = [];
  const value = tracked({ order: { lines: [{ name: 'Mill' }, { name: 'Tin' }] } }, (path) =>
    read.push(path),
  );

  const names = value.order.lines.map(({ name }) => name);

  expect(names).toEqual(['Mill', 'Tin']);
  expect(new Set(read)).toContain('order.lines[].name');
});

test('what is not read is not noted', () => {
  const read: string[] = [];

  const { a } = tracked({ a: 1, b: 2 }, (path) => read.push(path));

  expect(a).toBe(1);
  expect(read).toEqual(['a']);
});
