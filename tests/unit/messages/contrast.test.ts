import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrastOf, minimumContrast, readableOn } from '#core/domain/messages/contrast.ts';

const colour = fc
  .integer({ min: 0, max: 0xff_ff_ff })
  .map((rgb) => `#${rgb.toString(16).padStart(6, '0')}`);

test('contrast is as WCAG gives it', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrastOf('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
});

test('a shop’s own text colour stays where it can be read', () => {
  expect(readableOn('#7a3b1e', '#fdf6ec')).toBe('#fdf6ec');
});

test('yellow on white gives way to black', () => {
  expect(readableOn('#ffe066', '#ffffff')).toBe('#000000');
});

test('whatever colours a shop chooses, its buttons can be read', () => {
  fc.assert(
    fc.property(colour, colour, (background, wanted) => {
      const text = readableOn(background, wanted);

      expect(contrastOf(background, text)).toBeGreaterThanOrEqual(minimumContrast);
    }),
  );
});
