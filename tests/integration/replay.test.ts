import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { WITHOUT_LEARNING } from '#rehearsal/assembly/assembly.ts';
import { compareRuns, isSame } from '#rehearsal/diff/compare-runs.ts';
import { recordOf } from '#rehearsal/diff/record-run.ts';
import { disorder } from '#rehearsal/input/disorder.ts';
import { DAY_MS, HOUR_MS } from '#rehearsal/input/duration.ts';
import { sampleShop } from '#rehearsal/input/sample-shop.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { readArchive } from '#rehearsal/replay/read-archive.ts';
import { writeJson, writeState } from '#rehearsal/report/state-files.ts';
import { run } from '../../bin/commands/replay.ts';
import { runSides } from '../../bin/diff/run-sides.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';

const DAYS = 12;

/** Six orders of the sample shops, told twice and out of order now and then. */
const sixOrders = () => {
  const events = sampleShop({ seed: '1' });
  const placed = events.filter(({ detailType }) => detailType === 'OrderPlaced');
  const ids = new Set(placed.slice(0, 6).map(({ detail }) => detail['orderId']));
  const chosen = events.filter(({ detail: { orderId } }) => ids.has(orderId));
  return disorder(chosen, { duplicate: 0.1, shuffleMs: HOUR_MS, seed: '1' });
};

test(
  'what a rehearsal archived leads to the same decisions and books again, and what is lost of it is named',
  { timeout: 120_000 },
  async () => {
    const assemblyDir = await assembly();
    const stateDir = temporaryFolder();
    const events = sixOrders();
    const fromMs = events[0]?.atMs ?? 0;
    const untilMs = fromMs + DAYS * DAY_MS;
    const rehearsal = await Rehearsal.boot({
      ...WITHOUT_LEARNING,
      assemblyDir,
      stateDir,
      startMs: fromMs,
      seed: '1',
      archive: join(stateDir, 'archive.jsonl'),
    });
    rehearsal.schedule(events);
    await rehearsal.run(untilMs);
    const recorded = await recordOf(rehearsal, stateDir);
    await writeState(rehearsal, stateDir);
    await writeJson(join(stateDir, 'summary.json'), {
      from: new Date(fromMs).toISOString(),
      until: new Date(untilMs).toISOString(),
    });
    await rehearsal.stop();
    const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true);

    const archive = join(stateDir, 'archive.jsonl');
    const { events: archived } = await readArchive(archive);
    // Of its first order another archive has lost everything; its customer ordered again.
    const first = JSON.stringify(recorded.orders[0]?.orderId);
    const lines = readFileSync(archive, 'utf8').split('\n');
    const gaps = join(stateDir, 'gaps.jsonl');
    writeFileSync(gaps, lines.filter((line) => !line.includes(first)).join('\n'));
    const side = {
      name: 'again',
      assemblyDir,
      stateDir: temporaryFolder(),
      events: archived,
      fromMs,
      untilMs,
      seed: '1',
      audience: 'nobody' as const,
    };
    const options = { onProgress: () => undefined, signal: new AbortController().signal };
    const [code, [again]] = await Promise.all([
      run([
        '--archive',
        gaps,
        '--state',
        stateDir,
        '--assembly',
        assemblyDir,
        '--without-learning',
      ]),
      runSides([side], options),
    ]);

    expect(again && compareRuns(recorded, again, { toleranceMs: 0 })).toSatisfy(isSame);
    expect(recorded.touches.length).toBeGreaterThan(15);
    expect(code).toBe(1);
    const said = String(printed.mock.calls[0]?.[0]);
    expect(said).toMatch(/^Not the same: of decisions .* differ, of ledger entries 0 %/);
    expect(said).toContain('Orders that are not archived (3)');
    expect(said).toContain('Not compared: 1 order that the archive knows nothing of');
  },
);
