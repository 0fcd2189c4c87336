import { afterEach, expect, test } from 'vitest';
import { drawApart, drawnApart } from '#rehearsal/sandbox/draws-apart.ts';

afterEach(() => drawApart(undefined));

test('a thread draws by the seed alone until it is told to draw apart', () => {
  const seeds = [undefined, 'part 1', 'part 2'].map((part) => {
    drawApart(part);
    return drawnApart('RecordFacts/7');
  });

  expect(seeds[0]).toBe('RecordFacts/7');
  expect(new Set(seeds).size).toBe(3);
});
