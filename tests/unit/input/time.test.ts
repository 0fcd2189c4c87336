import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { InvalidDuration, parseDuration } from '#rehearsal/input/duration.ts';
import { instantMs, wallMs } from '#rehearsal/input/local-time.ts';

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['1h', 3_600_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['1d 6h', 108_000_000],
    ['1d6h30m', 109_800_000],
    ['250ms', 250],
    ['0s', 0],
  ])('reads %s as %d milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '15', 'h', '-1h', '1w', '1h and 5m', ' 1h', '1h,5m'])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow(InvalidDuration);
  });
});

describe('local time', () => {
  const wall = (text: string): number => Date.parse(`${text}Z`);
  const at = (text: string, zone: string): string =>
    new Date(instantMs(wall(text), zone)).toISOString();

  it('reads a wall time with the offset of its day', () => {
    expect(at('2026-03-28T12:00:00', 'Europe/Berlin')).toBe('2026-03-28T11:00:00.000Z');
    expect(at('2026-03-29T12:00:00', 'Europe/Berlin')).toBe('2026-03-29T10:00:00.000Z');
    expect(at('2026-03-08T12:00:00', 'America/Chicago')).toBe('2026-03-08T17:00:00.000Z');
  });

  it('takes a time that clocks skip for one with the offset before the change', () => {
    expect(at('2026-03-29T02:30:00', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-03-08T02:30:00', 'America/Chicago')).toBe('2026-03-08T08:30:00.000Z');
  });

  it('takes a time that clocks show twice for the first of the two', () => {
    expect(at('2026-10-25T02:30:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-11-01T01:30:00', 'America/Chicago')).toBe('2026-11-01T06:30:00.000Z');
  });

  it('shows every instant as a wall time that leads back to it, or to the hour shown before', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/Chicago',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Apia',
    );
    const instants = fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2030, 0) });
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const back = instantMs(wallMs(instant, zone), zone);
        expect(back).toBeLessThanOrEqual(instant);
        expect(wallMs(back, zone)).toBe(wallMs(instant, zone));
      }),
    );
  });
});
