import { describe, expect, it } from 'vitest';
import type { RuleResult } from '#core/domain/contact-policy/decision.ts';
import type { RecordedTouch } from '#rehearsal/diff/run-record.ts';
import type { Cause } from '#rehearsal/replay/causes.ts';
import { compareReplay, isFaithful } from '#rehearsal/replay/compare-replay.ts';
import { replayVerdict, sectionsOfReplay } from '#rehearsal/replay/replay-report.ts';
import { booked, runOf, touch } from '../diff/run-fakes.ts';

const options = { toleranceMs: 0, hasArrivals: true };

const cap = (because: string, verdict: RuleResult['verdict'] = 'hold'): RuleResult => ({
  rule: 'cap',
  channel: 'email',
  verdict,
  because,
});

const dropped = (given: Partial<RecordedTouch> = {}): RecordedTouch =>
  touch({ ending: 'dropped', reason: 'held-too-long', channel: undefined, ...given });

const compare = (
  recorded: readonly RecordedTouch[],
  replayed: readonly RecordedTouch[],
  given: Partial<typeof options> = {},
) =>
  compareReplay({ touches: recorded, transactions: [] }, runOf({ touches: replayed }), {
    ...options,
    ...given,
  });

describe('a replay', () => {
  it('is the same where decisions and books come out as they were recorded', () => {
    const run = runOf({
      touches: [touch(), dropped({ touchId: 'x' })],
      transactions: [booked(-4)],
    });

    const diff = compareReplay(run, run, options);

    expect(isFaithful(diff)).toBe(true);
    expect(replayVerdict(diff)).toBe(
      'Same: 1 order comes to the 2 decisions and 1 ledger entries that were recorded.',
    );
    expect(sectionsOfReplay(diff)).toEqual([]);
  });

  it.each<[Cause, RecordedTouch, RecordedTouch | undefined, string]>([
    [
      'rule',
      touch({ rules: [cap('1 of 2 this week', 'pass')] }),
      dropped({ rules: [cap('1 of 1 this week')] }),
      'cap said “pass: 1 of 2 this week” and says “hold: 1 of 1 this week”',
    ],
    [
      'arm',
      touch({ arms: ['holdout: treated'] }),
      dropped({ reason: 'holdout', arms: ['holdout: control'] }),
      'the arm was holdout: treated and is holdout: control',
    ],
    ['feedback', dropped({ reason: 'suppressed' }), touch(), 'a provider told'],
    [
      'hold',
      touch({ held: ['quiet-hours'] }),
      touch({ at: '2026-03-12T00:00:00.000Z' }),
      'held for quiet-hours and is for nothing',
    ],
    ['journey', touch(), undefined, 'does not ask for it any more'],
    [
      'unexplained',
      touch(),
      touch({ at: '2026-03-12T00:00:00.000Z' }),
      'a journey, its timing or the code changed',
    ],
  ])('names %s as the cause', (cause, before, after, because) => {
    const [found] = compare([before], after === undefined ? [] : [after]).otherTouches;

    expect(found?.cause).toBe(cause);
    expect(found?.because).toContain(because);
  });

  it('blames nothing that lets the touch pass on both sides, whatever it says', () => {
    const before = touch({ rules: [cap('0 of 2', 'pass')] });
    const after = touch({ rules: [cap('1 of 2', 'pass')], at: '2026-03-12T00:00:00.000Z' });

    expect(compare([before], [after]).otherTouches.map(({ cause }) => cause)).toEqual([
      'unexplained',
    ]);
  });

  it('takes unknown arrivals for the cause where nothing else shows one', () => {
    const later = touch({ at: '2026-03-12T00:00:00.000Z' });

    const { otherTouches } = compare([touch()], [later], { hasArrivals: false });

    expect(otherTouches.map(({ cause }) => cause)).toEqual(['arrival']);
  });

  it('takes a message that came back for the cause of what its order got afterwards', () => {
    const bounced = touch({ touchId: 'order-confirmation', isReturned: true });

    const diff = compare([bounced, dropped()], [bounced, touch()]);

    expect(diff.otherTouches.map(({ cause }) => cause)).toEqual(['feedback']);
  });

  it('takes an order that is not archived for the cause of what its customer gets otherwise', () => {
    const first = touch({ orderId: '900', customerId: 'ada' });

    const ofAda = compare([first], [touch({ customerId: 'ada' })]);
    const ofBob = compare([first], [touch({ customerId: 'bob' })]);

    expect(ofAda.otherTouches.map(({ cause }) => cause)).toEqual(['missing']);
    expect(ofBob.otherTouches.map(({ cause }) => cause)).toEqual(['journey']);
  });

  it('says nothing of orders that the archive does not know, but that it does not', () => {
    const earlier = touch({ orderId: '900' });

    const diff = compare([touch(), earlier], [touch()]);

    expect(isFaithful(diff)).toBe(true);
    expect(diff.ordersNotArchived).toEqual(['hearth 900']);
    expect(sectionsOfReplay(diff).map(({ title }) => title)).toEqual([
      'Not compared: 1 order that the archive knows nothing of',
    ]);
  });

  it('tells of entries with another amount, and of credits of pages and clicks', () => {
    const replayed = runOf({ transactions: [booked(-4)] });
    const credits = [{ kind: 'session' as const, id: 's1', amountMinor: -4, reportingMinor: -4 }];

    const other = compareReplay({ touches: [], transactions: [booked(-5)] }, replayed, options);
    const byPage = compareReplay(
      { touches: [], transactions: [booked(-4, { credits })] },
      replayed,
      options,
    );

    expect(other.otherEntries.map(({ kind, cause }) => [kind, cause])).toEqual([
      ['amount', 'unexplained'],
    ]);
    expect(byPage.otherEntries.map(({ kind, cause }) => [kind, cause])).toEqual([
      ['credits', 'page'],
    ]);
    expect(replayVerdict(other)).toBe(
      'Not the same: of decisions 0 % (0 of 0) differ, of ledger entries 100 % (1 of 1), of 1 order.',
    );
  });
});
