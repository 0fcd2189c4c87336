import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pacedBatch } from '#lib/constructs/paced-batch.ts';

describe('a batch of paced sends', () => {
  test('is ten messages where the rate allows it, each run with its share', () => {
    expect(pacedBatch({ perSecond: 14, concurrency: 10 })).toEqual({
      sendsPerSecond: 1.4,
      batchSize: 10,
      timeoutSeconds: 90,
    });
  });

  test('of a channel without a provider does not wait', () => {
    expect(pacedBatch({ concurrency: 5 })).toMatchObject({ batchSize: 10, timeoutSeconds: 90 });
  });

  test('is one message with the time that it waits for, where the rate is low', () => {
    expect(pacedBatch({ perSecond: 0.01, concurrency: 2 })).toEqual({
      sendsPerSecond: 0.005,
      batchSize: 1,
      timeoutSeconds: 208,
    });
  });

  test('is done before its run times out, and together runs keep the rate', () => {
    const rate = fc.record({
      perSecond: fc.double({ min: 0.5, max: 500, noNaN: true }),
      concurrency: fc.integer({ min: 2, max: 200 }),
      mostUnits: fc.integer({ min: 1, max: 2 }),
    });
    fc.assert(
      fc.property(rate, (props) => {
        const { sendsPerSecond, batchSize, timeoutSeconds } = pacedBatch(props);

        expect(batchSize * (props.mostUnits / sendsPerSecond)).toBeLessThan(timeoutSeconds);
        expect(batchSize).toBeGreaterThanOrEqual(1);
        expect(sendsPerSecond * props.concurrency).toBeLessThanOrEqual(props.perSecond * 1.000001);
      }),
    );
  });

  test('that would wait for longer than Lambda lets it is refused', () => {
    expect(() => pacedBatch({ perSecond: 1, concurrency: 1000 })).toThrow(
      'got 1 sends a second for 1000 runs at once: a message would wait for 1008 seconds',
    );
  });
});
