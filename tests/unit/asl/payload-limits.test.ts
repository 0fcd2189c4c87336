import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parkAndDrain } from '#rehearsal/asl/bench.ts';
import { toJson } from '#rehearsal/asl/json.ts';
import { byteLength, exceeds } from '#rehearsal/asl/payload-limits.ts';

describe('the size of a payload', () => {
  it('exceeds a limit exactly when its JSON text in UTF-8 does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(400), (value, limit) => {
        const json = toJson(value) ?? null;

        expect(exceeds(json, limit)).toBe(Buffer.byteLength(JSON.stringify(json)) > limit);
      }),
    );
  });

  it('counts what the worst characters need', () => {
    for (const text of ['\u0000'.repeat(50), '"'.repeat(50), '😀'.repeat(50), '\ud800'.repeat(50)])
      expect(exceeds(text, byteLength(text) - 1)).toBe(true);
  });
});

describe('plain JSON', () => {
  it('is handed on as it is, without a copy', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));

        expect(toJson(plain)).toBe(plain);
      }),
    );
  });

  it('comes out of whatever can be said in JSON', () => {
    const odd = {
      date: new Date(0),
      none: undefined,
      list: [undefined, 1],
      call: () => 1,
      nan: Number.NaN,
    };

    expect(toJson(odd)).toEqual({ date: '1970-01-01T00:00:00.000Z', list: [null, 1], nan: 'NaN' });
  });
});

describe('parking and draining', () => {
  it('brings every execution to its end', async () => {
    const result = await parkAndDrain(300);

    expect(result).toMatchObject({
      executions: 300,
      succeeded: 300,
      transitions: 1500,
      virtualDays: 12,
    });
  });
});
