import { describe, expect, test } from 'vitest';
import { checkCurve, firstReturnWithin } from '#core/domain/scores/first-return.ts';

const curve = [
  { day: 10, survival: 0.9 },
  { day: 30, survival: 0.75 },
  { day: 60, survival: 0.6 },
  { day: 90, survival: 0.52 },
  { day: 180, survival: 0.5 },
];

describe('the first return', () => {
  test('is read from the curve of those who came back', () => {
    expect(firstReturnWithin(curve, 0.2)).toBe(10);
    expect(firstReturnWithin(curve, 0.21)).toBe(30);
    expect(firstReturnWithin(curve, 1)).toBe(180);
  });

  test('is unknown where nobody came back', () => {
    expect(firstReturnWithin([], 0.5)).toBeUndefined();
    expect(firstReturnWithin([{ day: 10, survival: 1 }], 0.5)).toBeUndefined();
  });
});

describe('a survival curve', () => {
  test('may rise by what doubles lose in a product, as a query makes it', () => {
    const rounded = [
      { day: 82, survival: 0.5622178770698526 },
      { day: 83, survival: 0.5622178770698527 },
    ];

    expect(() => checkCurve(rounded)).not.toThrow();
  });

  test.each([
    [
      [
        { day: 1, survival: 0.5 },
        { day: 2, survival: 0.6 },
      ],
    ],
    [
      [
        { day: 2, survival: 0.5 },
        { day: 2, survival: 0.4 },
      ],
    ],
    [[{ day: 1, survival: 1.1 }]],
  ])('is none that rises, stands still in time or begins above 1: %j', (points) => {
    expect(() => checkCurve(points)).toThrow('survival from 1 down to 0');
  });
});
