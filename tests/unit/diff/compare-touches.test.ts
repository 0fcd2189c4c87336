import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChangeKind, compareTouches } from '#rehearsal/diff/compare-touches.ts';
import type { RecordedTouch } from '#rehearsal/diff/run-record.ts';
import { exactly, touch } from './run-fakes.ts';

const kindsOf = (
  before: readonly RecordedTouch[],
  after: readonly RecordedTouch[],
  options = exactly,
): readonly (readonly ChangeKind[])[] =>
  compareTouches(before, after, options).map(({ kinds }) => kinds);

const dropped = touch({ ending: 'dropped', reason: 'no-consent', channel: undefined });

describe('a comparison of touches', () => {
  it('tells of one that is sent on one side alone', () => {
    expect(kindsOf([], [touch()])).toEqual([['more']]);
    expect(kindsOf([dropped], [touch()])).toEqual([['more']]);
    expect(kindsOf([touch()], [dropped])).toEqual([['fewer']]);
  });

  it('tells time, channel and words apart, and all of them of one message', () => {
    const later = { at: '2026-03-12T09:00:00.000Z' };
    const bySms = { channel: 'sms' as const };
    const reworded = { words: { subject: 'How is it?', text: 'a', look: 'b' } };

    expect(kindsOf([touch()], [touch(later)])).toEqual([['time']]);
    expect(kindsOf([touch()], [touch(bySms)])).toEqual([['channel']]);
    expect(kindsOf([touch()], [touch(reworded)])).toEqual([['words']]);
    expect(kindsOf([touch()], [touch({ ...later, ...bySms, ...reworded })])).toEqual([
      ['time', 'channel', 'words'],
    ]);
  });

  it('tells of another look only where the words are the same', () => {
    const restyled = { subject: 'How was it?', text: 'a', look: 'c' };

    expect(kindsOf([touch()], [touch({ words: restyled })])).toEqual([['look']]);
    expect(kindsOf([touch()], [touch({ words: { ...restyled, text: 'z' } })])).toEqual([['words']]);
  });

  it('says nothing of words that one side alone has', () => {
    expect(kindsOf([touch()], [touch({ words: undefined })])).toEqual([]);
  });

  it('takes times within the tolerance for the same', () => {
    const soonAfter = touch({ at: '2026-03-11T09:10:00.000Z' });

    expect(kindsOf([touch()], [soonAfter], { toleranceMs: 600_000 })).toEqual([]);
    expect(kindsOf([touch()], [soonAfter], { toleranceMs: 599_999 })).toEqual([['time']]);
  });

  it('tells of touches that are left out for another reason', () => {
    expect(kindsOf([dropped], [touch({ ...dropped, reason: 'suppressed' })])).toEqual([['reason']]);
    expect(kindsOf([], [dropped])).toEqual([['reason']]);
    expect(kindsOf([dropped], [{ ...dropped, at: '2026-04-01T00:00:00.000Z' }])).toEqual([]);
  });
});

const anyTouch = fc
  .record({
    orderId: fc.constantFrom('1', '2', '3'),
    touch: fc.constantFrom('cross-sell', 'win-back'),
    ending: fc.constantFrom('sent', 'dropped', 'held'),
    reason: fc.constantFrom(undefined, 'no-consent', 'cap-reached'),
    channel: fc.constantFrom('email', 'sms'),
    at: fc.constantFrom('2026-03-11T09:00:00.000Z', '2026-03-14T09:00:00.000Z'),
    words: fc.constantFrom(undefined, { text: 'a', look: 'x' }, { text: 'b', look: 'x' }),
  })
  .map((given) => touch({ ...given, touchId: given.touch }));

const anyRun = fc.uniqueArray(anyTouch, {
  selector: ({ orderId, touchId }) => `${orderId} ${touchId}`,
});

describe('a law of comparisons', () => {
  it('is that a run does not differ from itself', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        expect(kindsOf(run, run)).toEqual([]);
      }),
    );
  });

  it('is that swapping the sides swaps more and fewer, and changes nothing else', () => {
    const mirrored: Readonly<Partial<Record<ChangeKind, ChangeKind>>> = {
      more: 'fewer',
      fewer: 'more',
    };

    fc.assert(
      fc.property(anyRun, anyRun, (one, other) => {
        const swapped = kindsOf(other, one).map((kinds) =>
          kinds.map((kind) => mirrored[kind] ?? kind),
        );

        expect(swapped).toEqual(kindsOf(one, other));
      }),
    );
  });

  it('is that every touch of which one side says otherwise is told once', () => {
    fc.assert(
      fc.property(anyRun, anyRun, (one, other) => {
        const names = compareTouches(one, other, exactly).map(({ before, after }) => {
          const { orderId, touchId } = after ?? before ?? touch();
          return `${orderId} ${touchId}`;
        });

        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
