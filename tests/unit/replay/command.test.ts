import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentItem } from '#core/adapters/dynamo-items.ts';
import { listenToCommands, temporaryFolder } from '#tests/fakes/command-line.ts';
import { run } from '../../../bin/commands/replay.ts';
import { recordedInState } from '../../../bin/replay/recorded.ts';
import { booked } from '../diff/run-fakes.ts';

const { complaints } = listenToCommands();
const { folder, fileOf } = temporaryFolder();

const stored = {
  shop: 'hearth',
  orderId: '1001',
  touchId: 'review-request',
  touch: 'review-request',
  subjects: [],
  purpose: 'marketing',
  customerId: 'ada',
  zones: [],
  decidedAt: '2026-03-11T08:00:00.000Z',
  earlier: [
    {
      decidedAt: '2026-03-10T21:00:00.000Z',
      decision: { kind: 'hold', reason: 'quiet-hours', until: '', rules: [] },
    },
  ],
  arms: [{ experiment: 'holdout', arm: 'treated' }],
  decision: { kind: 'send', channel: 'email', rules: [] },
};

/** What a rehearsal leaves. */
const stateOf = async (name: string, until: string | undefined): Promise<string> => {
  await mkdir(join(folder, name, 'tables'), { recursive: true });
  const outcome = { state: 'sent', at: '2026-03-11T09:00:00.000Z', messageId: 'm', locale: 'en' };
  const touch = {
    ...documentItem({ key: {}, version: 1, document: stored }),
    state: { S: 'sent' },
    outcome: { S: JSON.stringify(outcome) },
    'heard-bounced': { S: '2026-03-11T09:00:03.000Z' },
  };
  await fileOf(join(name, 'tables', 'Touches.jsonl'), `${JSON.stringify(touch)}\n`);
  const entry = documentItem({ key: {}, version: 1, document: booked(-4_000) });
  await fileOf(join(name, 'tables', 'Ledger.jsonl'), `${JSON.stringify(entry)}\n`);
  await fileOf(join(name, 'summary.json'), JSON.stringify({ until }));
  return join(folder, name);
};

describe('what a rehearsal left', () => {
  it('is its decisions, how they ended, and its books', async () => {
    const recorded = await recordedInState(await stateOf('full', '2026-05-01T00:00:00.000Z'));

    expect(recorded.until).toBe('2026-05-01T00:00:00.000Z');
    expect(recorded.transactions).toEqual([booked(-4_000)]);
    expect(recorded.touches).toMatchObject([
      {
        orderId: '1001',
        customerId: 'ada',
        ending: 'sent',
        channel: 'email',
        at: '2026-03-11T09:00:00.000Z',
        arms: ['holdout: treated'],
        held: ['quiet-hours'],
        isReturned: true,
      },
    ]);
  });
});

describe('npm run replay', () => {
  it.each([
    [['--state', 'nowhere'], 'nowhere has no finished rehearsal'],
    [['--touches', 'a'], 'give --touches and --ledger, exports of both tables, or neither'],
    [['--touches', 'a', '--ledger', 'b'], 'there is no file or folder a'],
  ])('refuses %j', async (args, complaint) => {
    expect(await run(args)).toBe(2);
    expect(complaints.join('\n')).toContain(complaint);
  });

  it('refuses a state without an archive, and one of books alone', async () => {
    const decided = await stateOf('decided', '2026-05-01T00:00:00.000Z');
    const books = await stateOf('books', undefined);

    expect(await run(['--state', decided])).toBe(2);
    expect(await run(['--state', books])).toBe(2);
    expect(complaints[0]).toContain('a rehearsal of an earlier version kept no archive');
    expect(complaints[1]).toContain('has no finished rehearsal');
  });
});
