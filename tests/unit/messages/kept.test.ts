import { expect, test } from 'vitest';
import { kept } from '#core/domain/kept.ts';

test('what is kept is made once by its text, also when it was nothing much', () => {
  const made: string[] = [];
  const make = kept((of) => {
    made.push(of);
    return of === '' ? null : of.length;
  });

  const results = ['ab', '', 'ab', '', 'c'].map(make);

  expect(results).toEqual([2, null, 2, null, 1]);
  expect(made).toEqual(['ab', '', 'c']);
});

test('what is kept does not grow without end', () => {
  let made = 0;
  const make = kept(() => (made += 1));

  for (let at = 0; at < 1000; at += 1) make(`zone ${at}`);
  make('zone 999');
  make('zone 0');

  expect(made).toBe(1001);
});
