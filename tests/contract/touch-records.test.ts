import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { tables } from '#core/contracts/tables.ts';
import { touchIdOf } from '#core/domain/touches/touch.ts';
import type { TouchOutcome, TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryTouchRecords } from '#tests/fakes/in-memory-touch-records.ts';

const record = (orderId: string, change: Partial<TouchRecord> = {}): TouchRecord => ({
  shop: 'hearth',
  orderId,
  touch: 'dispatch-notice',
  touchId: 'dispatch-notice:P1',
  subjects: ['P1'],
  purpose: 'transactional',
  decision: { kind: 'send', channel: 'email', rules: [] },
  decidedAt: '2026-11-18T09:30:00.000Z',
  turn: 1,
  earlier: [],
  zones: ['Europe/Berlin'],
  state: 'decided',
  attempts: 0,
  ...change,
});

const sent: TouchOutcome = {
  state: 'sent',
  at: '2026-11-18T09:31:00.000Z',
  messageId: 'ses-1',
  locale: 'de-DE',
  inDoubt: false,
};

const makers = {
  'in memory': async () => inMemoryTouchRecords(),
  'in DynamoDB': async () => dynamoTouchRecords(await inMemoryDynamoDb(), tables.touches.name),
};

const held = {
  kind: 'hold',
  until: '2026-11-19T07:00:00.000Z',
  reason: 'quiet-hours',
  rules: [],
} as const;

const nextTurn = (before: TouchRecord, change: Partial<TouchRecord> = {}): TouchRecord => ({
  ...before,
  decision: { kind: 'send', channel: 'email', rules: [] },
  decidedAt: held.until,
  turn: before.turn + 1,
  earlier: [...before.earlier, { decision: before.decision, decidedAt: before.decidedAt }],
  state: 'decided',
  ...change,
});

describe.each(Object.entries(makers))('touch records %s', (_, make) => {
  let records: TouchRecords;
  beforeAll(async () => {
    records = await make();
  });

  test('store the first claim of a touch and give it to every later one', async () => {
    const first = record('claimed');
    const second = record('claimed', {
      decision: { kind: 'drop', reason: 'suppressed', rules: [] },
      decidedAt: '2026-11-19T00:00:00.000Z',
    });

    expect(await records.claim(first)).toEqual(first);
    expect(await records.claim(second)).toEqual(first);
  });

  test('give one of several claims at once to all', async () => {
    const claims = [1, 2, 3].map((minute) =>
      record('raced', { decidedAt: `2026-11-18T09:0${minute}:00.000Z` }),
    );

    const stored = await Promise.all(claims.map((claim) => records.claim(claim)));

    expect(new Set(stored.map(({ decidedAt }) => decidedAt)).size).toBe(1);
  });

  test('find a touch as it is stored, and none that was never decided', async () => {
    const ref = await records.claim(record('found'));

    expect(await records.find(ref)).toEqual(ref);
    expect(await records.find(record('never'))).toBeUndefined();
  });

  test('store the next turn of a held or a returned touch, with those before it', async () => {
    const first = await records.claim(record('turns', { decision: held }));
    const second = nextTurn(first);

    expect(await records.claim(second)).toEqual(second);
    await records.giveBack(second);
    const third = nextTurn(second);
    expect(await records.claim(third)).toEqual(third);
    expect(await records.find(first)).toEqual(third);
  });

  test('give one of several next turns at once to all', async () => {
    const first = await records.claim(record('turns-raced', { decision: held }));
    const claims = [1, 2, 3].map((minute) =>
      nextTurn(first, { decidedAt: `2026-11-19T07:0${minute}:00.000Z` }),
    );

    const stored = await Promise.all(claims.map((claim) => records.claim(claim)));

    expect(new Set(stored.map(({ decidedAt }) => decidedAt)).size).toBe(1);
    expect(stored[0]).toMatchObject({ turn: 2 });
  });

  test('take no turn out of turn, nor of a touch that is on its way', async () => {
    const first = await records.claim(record('out-of-turn', { decision: held }));
    expect(await records.claim(nextTurn(first, { turn: 3 }))).toEqual(first);

    const { record: begun } = await records.beginSending(first);

    expect(await records.claim(nextTurn(first))).toEqual(begun);
  });

  test('take back a beginning that did not count: it may begin again, also of marketing', async () => {
    const ref = await records.claim(record('taken-back', { purpose: 'marketing' }));
    await records.beginSending(ref);

    await records.takeBack(ref);
    await records.takeBack(ref);

    expect(await records.find(ref)).toEqual(ref);
    expect(await records.beginSending(ref)).toMatchObject({ mayGo: true, record: { attempts: 1 } });
    await records.finish(ref, sent);
    await records.takeBack(ref);
    expect(await records.find(ref)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  test('give back a touch that waits to be sent, or whose sending broke off, but no marketing that may have gone', async () => {
    const waiting = await records.claim(record('given-back'));
    const brokenOff = await records.claim(record('broken-off', { purpose: 'transactional' }));
    const begun = await records.claim(record('not-given-back', { purpose: 'marketing' }));
    await records.beginSending(brokenOff);
    await records.beginSending(begun);

    await records.giveBack(waiting);
    await records.giveBack(waiting);
    await records.giveBack(brokenOff);
    await records.giveBack(begun);

    expect(await records.find(waiting)).toEqual({ ...waiting, state: 'returned' });
    expect(await records.find(brokenOff)).toMatchObject({ state: 'returned', attempts: 1 });
    expect(await records.find(begun)).toMatchObject({ state: 'sending' });
    expect(await records.beginSending(waiting)).toMatchObject({ mayGo: false });
  });

  test('hear the first of each kind, whatever the touch’s state, and say whether it was', async () => {
    const ref = await records.claim(record('heard'));
    await records.finish(ref, sent);
    const early = '2026-11-18T09:32:00.000Z';
    const late = '2026-11-18T09:33:00.000Z';

    expect(await records.hear(ref, 'delivered', early)).toBe(true);
    expect(await records.hear(ref, 'delivered', late)).toBe(false);
    expect(await records.hear(ref, 'clicked', late)).toBe(true);

    expect(await records.find(ref)).toMatchObject({
      state: 'sent',
      feedback: { delivered: early, clicked: late },
    });
  });

  test('hear one of several at once as the first', async () => {
    const ref = await records.claim(record('heard-raced'));

    const firsts = await Promise.all([1, 2, 3].map(() => records.hear(ref, 'bounced', sent.at)));

    expect(firsts.filter((isFirst) => isFirst)).toHaveLength(1);
  });

  test('hear nothing of a touch that nobody decided', async () => {
    expect(await records.hear(record('unheard'), 'delivered', sent.at)).toBe(false);
    expect(await records.find(record('unheard'))).toBeUndefined();
  });

  test('let a transactional touch begin again until it has an outcome, and count', async () => {
    const ref = await records.claim(record('transactional'));

    expect(await records.beginSending(ref)).toEqual({
      mayGo: true,
      record: { ...ref, state: 'sending', attempts: 1 },
    });
    expect(await records.beginSending(ref)).toMatchObject({ mayGo: true, record: { attempts: 2 } });

    await records.finish(ref, sent);

    expect(await records.beginSending(ref)).toEqual({
      mayGo: false,
      record: { ...ref, state: 'sent', attempts: 2, outcome: sent },
    });
  });

  test('let a marketing touch begin once', async () => {
    const ref = await records.claim(record('marketing', { purpose: 'marketing' }));

    expect(await records.beginSending(ref)).toMatchObject({ mayGo: true });
    expect(await records.beginSending(ref)).toMatchObject({
      mayGo: false,
      record: { state: 'sending', attempts: 1 },
    });
  });

  test('let one of several beginnings of a marketing touch through', async () => {
    const ref = await records.claim(record('marketing-raced', { purpose: 'marketing' }));

    const begun = await Promise.all([1, 2, 3].map(() => records.beginSending(ref)));

    expect(begun.filter(({ mayGo }) => mayGo)).toHaveLength(1);
  });

  test.each([
    { state: 'refused', at: sent.at, because: 'the address is on a list' },
    { state: 'dropped', at: sent.at, reason: 'suppressed' },
    { state: 'in-doubt', at: sent.at },
  ] as const)('take $state for an outcome that is final', async (outcome) => {
    const ref = await records.claim(record(`final-${outcome.state}`));
    await records.beginSending(ref);

    await records.finish(ref, outcome);

    expect(await records.beginSending(ref)).toMatchObject({
      mayGo: false,
      record: { state: outcome.state, outcome },
    });
  });

  test('refuse to begin a touch that was never decided, and name it', async () => {
    await expect(records.beginSending(record('undecided'))).rejects.toThrow(
      'no record of touch dispatch-notice:P1 of order undecided of hearth',
    );
  });

  test('list the touches of one order, in order of decision', async () => {
    const touches = ['third', 'first', 'second'].map((touchId, index) =>
      record('listed', { touchId, decidedAt: `2026-11-${[20, 18, 19][index]}T00:00:00.000Z` }),
    );
    for (const each of [...touches, record('other')]) await records.claim(each);

    const listed = await records.ofOrder('hearth', 'listed');

    expect(listed.map(({ touchId }) => touchId)).toEqual(['first', 'second', 'third']);
    expect(await records.ofOrder('northside', 'listed')).toEqual([]);
  });

  test('list more than one answer of DynamoDB holds', async () => {
    const because = 'b'.repeat(350_000);
    for (const touchId of ['a', 'b', 'c', 'd', 'e'])
      await records.claim(
        record('large', {
          touchId,
          decision: {
            kind: 'send',
            channel: 'email',
            rules: [{ rule: 'relevance', verdict: 'pass', because }],
          },
        }),
      );

    const listed = await records.ofOrder('hearth', 'large');

    expect(listed.map(({ touchId }) => touchId).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('hold a touch that tells of 500 lines', async () => {
    const subjects = Array.from({ length: 500 }, (__, index) => `line-${index}/${sent.at}`);
    const touchId = touchIdOf({ touch: 'backorder-notice', subjects }, sha256Digest);

    const ref = await records.claim(record('many-lines', { touchId, subjects }));

    expect(await records.beginSending(ref)).toMatchObject({ mayGo: true, record: { subjects } });
  });
});
