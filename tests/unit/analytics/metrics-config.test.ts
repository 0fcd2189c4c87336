import { describe, expect, test } from 'vitest';
import { metricsConfig } from '#core/contracts/metrics-config.ts';

describe('the metrics section', () => {
  test('may be left out', () => {
    const { targets, messagePrices, capShare } = metricsConfig.parse({});

    expect(targets).toEqual([]);
    expect(messagePrices.sms).toEqual({ per: 'part', micro: 12_000 });
    expect(capShare).toBe(0.99);
  });

  test('changes one price and leaves the others', () => {
    const { messagePrices } = metricsConfig.parse({ messagePrices: { insert: { micro: 90_000 } } });

    expect(messagePrices.insert).toEqual({ per: 'message', micro: 90_000 });
    expect(messagePrices.email).toEqual({ per: 'message', micro: 100 });
  });

  const target = { quarter: '2026-Q1', targetMinor: 1, owner: 'ada' };

  test.each([
    [{ ...target, quarter: '2026-Q5' }, 'a quarter such as 2026-Q3'],
    [{ ...target, touch: 'cross-sell', category: 'Beans' }, 'one of class, touch and category'],
    [{ ...target, targetMinor: 1.5 }, 'a whole number of minor units'],
  ])('refuses the target %j', (wrong, expected) => {
    expect(() => metricsConfig.parse({ targets: [wrong] })).toThrow(expected);
  });
});
