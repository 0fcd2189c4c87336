import { describe, expect, test } from 'vitest';
import { instantOf, parseMoment } from '#rehearsal/scenarios/calendar.ts';
import { compare } from '#rehearsal/scenarios/compare.ts';
import type { SeenTouch } from '#rehearsal/scenarios/seen-touch.ts';
import { page, scenarioOf } from './notes.ts';

/** A scenario that expects these besides the confirmation, watched to the end of day 30. */
const expecting = (then: string, others = '') =>
  scenarioOf(page('', then, `until: day 30${others}`));

const calendar = expecting('').calendar;

const seen = (moment: string, touch: string, more: Partial<SeenTouch> = {}): SeenTouch => ({
  orderId: 'a.1.a-page',
  touch,
  subjects: [],
  atMs: instantOf(calendar, parseMoment(moment) ?? { day: 0 }),
  outcome: 'sent',
  channel: 'email',
  rules: [],
  ...more,
});

const confirmed = seen('day 0 09:00', 'order-confirmation');

/** What is otherwise, as `expected ≠ got`. */
const differences = (then: string, touches: readonly SeenTouch[], others = '') =>
  compare(expecting(then, others), [confirmed, ...touches]).differences.map(
    ({ expected, got }) =>
      `${expected?.touch ?? 'nothing'} ≠ ${got === undefined ? 'nothing' : `${got.touch} ${got.outcome}`}`,
  );

const dropped = { outcome: 'dropped', channel: undefined, reason: 'no-consent' } as const;

describe('a touch that is expected', () => {
  test.each([
    ['on its day, whatever the time', '  - day 3: win-back', seen('day 3 23:50', 'win-back')],
    ['a quarter of an hour late', '  - day 3 10:00: win-back', seen('day 3 10:15', 'win-back')],
    ['a quarter of an hour early', '  - day 3 00:05: win-back', seen('day 2 23:50', 'win-back')],
    ['within its hour', '  - day 3 10:00-11:00: win-back', seen('day 3 11:00', 'win-back')],
    ['by its channel', '  - day 3: win-back by email', seen('day 3', 'win-back')],
    ['dropped', '  - day 3: win-back dropped', seen('day 3', 'win-back', dropped)],
    [
      'dropped for its reason',
      '  - day 3: win-back dropped\n    because: no-consent',
      seen('day 3', 'win-back', dropped),
    ],
    [
      'held',
      '  - day 3: win-back held\n    because: quiet-hours',
      seen('day 3', 'win-back', { outcome: 'held', channel: undefined, reason: 'quiet-hours' }),
    ],
    [
      'of its date',
      '  - day 3: win-back\n    of: day 4 18:00',
      seen('day 3', 'win-back', { subjects: ['2026-03-06T17:00:00.000Z'] }),
    ],
    [
      'of its product',
      '  - day 3: win-back\n    of: HG-BEA-250',
      seen('day 3', 'win-back', { subjects: ['L2/2026-03-09T00:00:00.000Z'] }),
    ],
  ])('is met %s', (_, then, touch) => {
    expect(differences(then, [touch])).toEqual([]);
  });

  test.each([
    ['a day later', '  - day 3: win-back', seen('day 4 00:00', 'win-back')],
    ['16 minutes late', '  - day 3 10:00: win-back', seen('day 3 10:16', 'win-back')],
    ['before its hour', '  - day 3 10:00-11:00: win-back', seen('day 3 09:59', 'win-back')],
    ['by another channel', '  - day 3: win-back by sms', seen('day 3', 'win-back')],
    ['dropped', '  - day 3: win-back', seen('day 3', 'win-back', dropped)],
    ['sent, where it should be dropped', '  - day 3: win-back dropped', seen('day 3', 'win-back')],
    [
      'dropped for another reason',
      '  - day 3: win-back dropped\n    because: ordered-again',
      seen('day 3', 'win-back', dropped),
    ],
    ['not yet sent', '  - day 3: win-back', seen('day 3', 'win-back', { outcome: 'waiting' })],
  ])('is not met %s: both are told', (_, then, touch) => {
    expect(differences(then, [touch])).toEqual([`win-back ≠ win-back ${touch.outcome}`]);
  });

  test.each([
    ['did not come', []],
    ['came of another order', [seen('day 3', 'win-back', { orderId: 'another' })]],
    ['came after the end', [seen('day 31 00:00', 'win-back')]],
    ['tells of something else', [seen('day 3', 'win-back', { subjects: ['P2'], ...dropped })]],
    ['tells of more', [seen('day 3', 'win-back', { subjects: ['P1', 'P2'], ...dropped })]],
  ])('that %s is told alone', (what, touches) => {
    const then = what.startsWith('tells')
      ? '  - day 3: win-back\n    of: P1'
      : '  - day 3: win-back';
    const ofThisOrder = touches.filter(({ orderId }) => orderId !== 'another');

    expect(differences(then, ofThisOrder)).toEqual(['win-back ≠ nothing']);
  });

  test('is met by a touch of its own: once is not twice', () => {
    const then = '  - day 3: win-back\n  - day 3: win-back';

    expect(differences(then, [seen('day 3', 'win-back')])).toEqual(['win-back ≠ nothing']);
  });

  test('leaves a touch to the one that needs it, whatever comes first', () => {
    const parcels = ['P1', 'P2'].map((parcel) =>
      seen('day 3', 'dispatch-notice', { subjects: [parcel] }),
    );
    const then = '  - day 3: dispatch-notice\n  - day 3: dispatch-notice\n    of: P1';

    expect(differences(then, parcels)).toEqual([]);
    expect(differences(then, parcels.toReversed())).toEqual([]);
  });

  test('is set beside the one that was sent rather than one that was dropped', () => {
    const touches = [seen('day 2', 'win-back', dropped), seen('day 5', 'win-back')];

    expect(differences('  - day 3: win-back', touches)).toEqual(['win-back ≠ win-back sent']);
  });
});

describe('a touch that was held and decided again', () => {
  const until = instantOf(calendar, { day: 4, minute: 8 * 60 });
  const held = { outcome: 'held', channel: undefined, reason: 'quiet-hours' } as const;
  const night = seen('day 3 22:10', 'win-back', { ...held, decidedAgainMs: until });
  const morning = seen('day 4 08:00', 'win-back');

  test('may be expected with each decision', () => {
    const then =
      '  - day 3 22:10: win-back held\n    because: quiet-hours\n  - day 4 08:00: win-back by email';

    expect(differences(then, [night, morning])).toEqual([]);
  });

  test('may be expected with what came of it alone', () => {
    expect(differences('  - day 4: win-back', [night, morning])).toEqual([]);
  });

  test('is not met by having been held', () => {
    expect(differences('  - day 3: win-back', [night, morning])).toEqual([
      'win-back ≠ win-back sent',
    ]);
  });

  test('should never come for the reason of its last decision', () => {
    const then = '  - never: win-back\n    because: no-consent';

    expect(differences(then, [night, seen('day 4 08:00', 'win-back', dropped)])).toEqual([]);
    expect(differences(then, [{ ...night, decidedAgainMs: undefined }])).toEqual([
      'win-back ≠ win-back held',
    ]);
  });
});

describe('a touch that should never come', () => {
  test.each([
    ['when nothing was decided', '  - never: win-back', []],
    ['when it was dropped', '  - never: win-back', [seen('day 3', 'win-back', dropped)]],
    ['when it was held', '  - never: win-back', [seen('day 3', 'win-back', { outcome: 'held' })]],
    ['when it came after the end', '  - never: win-back', [seen('day 40', 'win-back')]],
    [
      'when it was dropped for the reason',
      '  - never: win-back\n    because: no-consent',
      [seen('day 3', 'win-back', dropped)],
    ],
  ])('is as it should %s', (_, then, touches) => {
    expect(differences(then, touches)).toEqual([]);
  });

  test.each([
    ['was sent', '  - never: win-back', [seen('day 3', 'win-back')], 'win-back ≠ win-back sent'],
    [
      'was perhaps sent',
      '  - never: win-back',
      [seen('day 3', 'win-back', { outcome: 'in doubt' })],
      'win-back ≠ win-back in doubt',
    ],
    [
      'was dropped for another reason',
      '  - never: win-back\n    because: ordered-again',
      [seen('day 3', 'win-back', dropped)],
      'win-back ≠ win-back dropped',
    ],
    [
      'was never asked for, where there should be a reason',
      '  - never: win-back\n    because: no-consent',
      [],
      'win-back ≠ nothing',
    ],
  ])('and %s is told once', (_, then, touches, difference) => {
    expect(differences(then, touches)).toEqual([difference]);
  });
});

describe('a touch that nobody expects', () => {
  test('is told when it was sent, not when it was dropped', () => {
    const touches = [seen('day 2', 'win-back', dropped), seen('day 3', 'delivery-notice')];

    expect(differences('', touches)).toEqual(['nothing ≠ delivery-notice sent']);
  });

  test('is not told when it was sent before day 0, but for what the page says of it', () => {
    const touches = [seen('day -1 23:59', 'win-back')];

    expect(differences('', touches)).toEqual([]);
    expect(differences('  - day -2: win-back', touches)).toEqual(['win-back ≠ win-back sent']);
    expect(differences('  - never: win-back', touches)).toEqual(['win-back ≠ win-back sent']);
  });

  test('is not told where others are allowed', () => {
    expect(differences('', [seen('day 3', 'win-back')], '\nothers: allowed')).toEqual([]);
  });
});

test('differences come in order of time', () => {
  const then = '  - day 9: win-back\n  - day 2: delivery-notice';

  expect(differences(then, [seen('day 5', 'dispatch-notice')])).toEqual([
    'delivery-notice ≠ nothing',
    'nothing ≠ dispatch-notice sent',
    'win-back ≠ nothing',
  ]);
});
