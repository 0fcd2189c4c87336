import { describe, expect, test } from 'vitest';
import { openFrom, openUntil, type QuietHours } from '#core/domain/contact-policy/quiet-hours.ts';

const night: QuietHours = { from: '21:00', to: '08:00' };
const open: QuietHours = { from: '00:00', to: '00:00' };

describe('what cannot be read is refused', () => {
  const now = '2026-11-22T03:00:00.000Z';

  test.each(['8:00', '24:00', '08:60', '08:00:00', '', 'noon'])('a time %j', (from) => {
    expect(() => openFrom([{ from, to: '08:00' }], ['UTC'], now)).toThrow(
      `time of day ${JSON.stringify(from)}: expected \`HH:MM\``,
    );
    expect(() => openUntil([{ from: '08:00', to: from }], ['UTC'], now)).toThrow(RangeError);
  });

  test.each(['13-01', '02-30', '12-32', '00-10', '10-00', '1-1', '2026-12-25', ''])(
    'a date %j',
    (date) => {
      expect(() => openFrom([{ ...open, wholeDates: [date] }], ['UTC'], now)).toThrow(
        `date ${JSON.stringify(date)}: expected \`MM-DD\``,
      );
    },
  );

  test('a weekday that is none', () => {
    const rule: QuietHours = JSON.parse('{"from":"21:00","to":"08:00","wholeDays":["Sunday"]}');

    expect(() => openFrom([rule], ['UTC'], now)).toThrow(
      'weekday "Sunday": expected one of monday',
    );
  });

  test('a zone that is none, or none at all', () => {
    expect(() => openFrom([night], ['UTC', 'Mars/Olympus'], now)).toThrow('"Mars/Olympus"');
    expect(() => openFrom([night], [], now)).toThrow('expected at least one');
  });

  test.each(['', 'tomorrow', '2026-13-01T00:00:00.000Z'])('an instant %j', (at) => {
    expect(() => openFrom([night], ['UTC'], at)).toThrow('expected an instant such as');
  });
});
