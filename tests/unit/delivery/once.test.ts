import { expect, test } from 'vitest';
import { once } from '#core/domain/once.ts';

test('what is asked again is not read again, by whatever arguments', async () => {
  const asked: string[] = [];
  const read = once(async (shop: string, ids: readonly string[]) => {
    asked.push(`${shop} ${ids.join('+')}`);
    return asked.length;
  });

  expect(await read('hearth', ['1', '2'])).toBe(1);
  expect(await read('hearth', ['1', '2'])).toBe(1);
  expect(await read('hearth', ['1,2'])).toBe(2);
  expect(asked).toEqual(['hearth 1+2', 'hearth 1,2']);
});

test('two who ask at once are told by one reading, and a failure is forgotten', async () => {
  let times = 0;
  const read = once(async () => {
    times += 1;
    if (times === 1) throw new Error('not yet');
    return times;
  });

  const both = await Promise.allSettled([read(), read()]);

  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await read()).toBe(2);
});
