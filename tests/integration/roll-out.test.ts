import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { toProductTexts } from '#core/adapters/dynamo-product-contents.ts';
import { tables } from '#core/contracts/tables.ts';
import type { ProductTexts } from '#core/domain/content/product-texts.ts';
import { allItems } from '#rehearsal/report/state-files.ts';
import { rehearseRollOut } from '#rehearsal/roll-out/rehearse-roll-out.ts';
import { run as content } from '../../bin/commands/content.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';
import { sampleRollOut } from './sample-roll-out.ts';

const timeout = 120_000;

const reportOf = (text: string | undefined) =>
  z
    .object({
      plan: z.object({
        products: z.object({ inCatalogue: z.int(), settled: z.int(), planned: z.int() }),
      }),
      results: z.object({
        products: z.record(z.string(), z.int()),
        texts: z.record(z.string(), z.int()),
        all: z.object({ tokens: z.int(), usd: z.number() }),
      }),
      counted: z.object({ tokens: z.number(), usd: z.number() }),
    })
    .parse(JSON.parse(text ?? '{}'));

const textsIn = async (stateDir: string): Promise<readonly ProductTexts[]> =>
  (await allItems(stateDir, tables.content.name))
    .filter((item) => /^[a-z]{2}-[A-Z]{2}$/.test(item['part']?.S ?? ''))
    .map(toProductTexts);

/** A person lets everything of a category pass. */
const approveAll = (stateDir: string): Promise<number> =>
  content([
    'approve',
    '--all-of',
    'Coffee machines',
    '--max-risk',
    'high',
    '--yes',
    '--reviewer',
    'Ada',
    '--state',
    stateDir,
  ]);

/** Starts a roll-out in a process of its own, and kills it when so many products are drafted. */
const killedAfter = async (
  products: number,
  { assemblyDir, stateDir }: { readonly assemblyDir: string; readonly stateDir: string },
): Promise<number> => {
  const script = join(import.meta.dirname, 'roll-out-child.ts');
  const child = spawn(process.execPath, [script, assemblyDir, stateDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let drafted = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    drafted = Number(/^drafted (\d+)$/.exec(line)?.[1] ?? drafted);
    if (drafted >= products) child.kill('SIGKILL');
  }
  return drafted;
};

describe('a roll-out', () => {
  test('that was killed goes on where it stopped', { timeout }, async () => {
    const where = { assemblyDir: await assembly(), stateDir: temporaryFolder() };
    const before = await killedAfter(12, where);
    const inFlight = readFileSync(join(where.stateDir, 'writes.jsonl'), 'utf8');

    const resumed = await rehearseRollOut({ ...sampleRollOut, ...where });

    expect(inFlight.length).toBeGreaterThan(0);
    expect(before).toBeLessThan(sampleRollOut.products.length);
    expect(resumed).toMatchObject({
      run: 'run-2',
      runsBefore: 1,
      status: 'SUCCEEDED',
      problems: [],
    });
    const { plan } = reportOf(resumed.report);
    expect(plan.products.inCatalogue).toBe(sampleRollOut.products.length);
    expect(plan.products.settled).toBeGreaterThanOrEqual(12);
    const versions = (await textsIn(where.stateDir)).flatMap(({ sku, locale, versions: all }) =>
      all.map(({ kind, sourceDigest }) => [sku, locale, kind, sourceDigest].join(' ')),
    );
    expect(versions.length).toBeGreaterThan(100);
    expect(versions.length).toBe(new Set(versions).size);
    // It came to its end: the tables count from now on, and what is decided there.
    expect(existsSync(join(where.stateDir, 'writes.jsonl'))).toBe(false);
  });

  test(
    'takes no more than its budget, and has the rest when it is given more',
    { timeout },
    async () => {
      const where = { assemblyDir: await assembly(), stateDir: temporaryFolder() };
      const budgetTokens = 60_000;

      const first = await rehearseRollOut({ ...sampleRollOut, ...where, input: { budgetTokens } });
      const approved = await approveAll(where.stateDir);
      const second = await rehearseRollOut({ ...sampleRollOut, ...where });

      const [short, whole] = [reportOf(first.report), reportOf(second.report)];
      expect(first.status).toBe('SUCCEEDED');
      expect(short.counted.tokens).toBeLessThanOrEqual(budgetTokens);
      expect(short.results.all.tokens).toBeGreaterThan(budgetTokens / 3);
      expect(short.results.products['over-budget'] ?? 0).toBeGreaterThan(5);
      expect(whole.results.products['over-budget'] ?? 0).toBe(0);
      expect(whole.plan.products.settled).toBeGreaterThan(0);
      expect(approved).toBe(0);
      const decided = (await textsIn(where.stateDir)).flatMap(({ versions }) =>
        versions.flatMap(({ decisions }) => decisions.map(({ by }) => by)),
      );
      expect(decided).toContain('Ada');
      expect(whole.results.texts['refused'] ?? 0).toBeLessThan(whole.results.texts['pending'] ?? 0);
    },
  );

  test('by a model that misbehaves has no wrong text in use', { timeout }, async () => {
    const where = { assemblyDir: await assembly(), stateDir: temporaryFolder() };
    const bedrock = {
      inventedNumber: 0.2,
      droppedWarning: 0.2,
      link: 0.1,
      markup: 0.1,
      injectedInstruction: 0.2,
      wrongLanguage: 0.1,
      unknownFact: 0.1,
      uncited: 0.1,
      invalidJson: 0.1,
      truncated: 0.1,
      throttled: 0.05,
      timeout: 0.05,
    };

    const { status, report } = await rehearseRollOut({
      ...sampleRollOut,
      ...where,
      faults: { bedrock },
    });

    expect(status).toBe('SUCCEEDED');
    expect(reportOf(report).results.texts['refused'] ?? 0).toBeGreaterThan(20);
    const usable = (await textsIn(where.stateDir))
      .flatMap(({ versions }) => versions)
      .filter(({ violations }) => violations.length === 0);
    const words = usable.flatMap(({ blocks }) => blocks.map(({ text }) => text)).join('\n');
    expect(usable.length).toBeGreaterThan(50);
    expect(words).not.toMatch(/https?:|www\.|<[a-z]|\*\*|password|Passwort/);
  });
});
