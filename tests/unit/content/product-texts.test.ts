import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reviewVerdicts } from '#core/domain/content/content.ts';
import {
  liveVersion,
  newestVersion,
  type ReviewDecision,
  stateOf,
  withDecision,
  withVersions,
} from '#core/domain/content/product-texts.ts';
import { approved, draftOf, noTexts } from './versions.ts';

const decision = (verdict: ReviewDecision['verdict'], eventId: string): ReviewDecision => ({
  verdict,
  by: 'Ada',
  at: '2026-03-02T10:00:00.000Z',
  eventId,
});

describe('the state of a version', () => {
  test('is pending until somebody decides', () => {
    expect(stateOf(draftOf())).toBe('pending');
  });

  test('is refused when it broke a rule, whatever anybody decides', () => {
    const violations = [{ rule: 'number', because: 'got 40, which no fact has' }];

    expect(stateOf(draftOf({ violations, decisions: [approved] }))).toBe('refused');
  });

  test('does not depend on the order in which decisions come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...reviewVerdicts), { maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        (verdicts, keys) => {
          const decisions = verdicts.map((verdict, index) => decision(verdict, String(index)));
          const shuffled = decisions
            .map((each) => ({ each, key: keys.next().value }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ each }) => each);

          expect(stateOf(draftOf({ decisions: shuffled }))).toBe(stateOf(draftOf({ decisions })));
        },
      ),
    );
  });

  test('stays retracted when an older approval comes late', () => {
    const decisions = [decision('retract', 'b'), decision('approve', 'a')];

    expect(stateOf(draftOf({ decisions }))).toBe('retracted');
  });
});

describe('the texts of a product', () => {
  test('number the versions of each kind on', () => {
    const once = withVersions(noTexts, [draftOf(), draftOf({ kind: 'upsell' })]);
    const twice = withVersions(once, [draftOf()]);

    expect(twice.versions.map(({ kind, version }) => [kind, version])).toEqual([
      ['care', 1],
      ['upsell', 1],
      ['care', 2],
    ]);
  });

  test('have the newest approved version in use, not a newer one that waits', () => {
    const texts = withVersions(noTexts, [draftOf({ decisions: [approved] }), draftOf()]);

    expect(liveVersion(texts, 'care')?.version).toBe(1);
    expect(newestVersion(texts, 'care')?.version).toBe(2);
    expect(liveVersion(texts, 'upsell')).toBeUndefined();
  });

  test('have none in use once that is retracted: the one before may have the same fault', () => {
    const texts = withVersions(noTexts, [
      draftOf({ decisions: [approved] }),
      draftOf({ decisions: [approved] }),
    ]);

    const after = withDecision(texts, { kind: 'care', version: 2 }, decision('retract', 'e'));

    expect(liveVersion(after, 'care')).toBeUndefined();
  });

  test('keep every version that was ever approved, and five of the others', () => {
    const first = withVersions(noTexts, [draftOf({ decisions: [approved] })]);

    const many = Array.from({ length: 20 }).reduce<typeof first>(
      (texts) => withVersions(texts, [draftOf()]),
      first,
    );

    expect(many.versions.map(({ version }) => version)).toEqual([1, 17, 18, 19, 20, 21]);
  });

  test('take a decision once, however often it comes', () => {
    const texts = withVersions(noTexts, [draftOf()]);

    const once = withDecision(texts, { kind: 'care', version: 1 }, decision('approve', 'e'));
    const again = withDecision(once, { kind: 'care', version: 1 }, decision('approve', 'e'));

    expect(again).toBe(once);
    expect(once.versions[0]?.decisions).toHaveLength(1);
  });

  test('are the same when the version is not there', () => {
    expect(withDecision(noTexts, { kind: 'care', version: 3 }, decision('approve', 'e'))).toBe(
      noTexts,
    );
  });
});
