import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleShop } from '#rehearsal/input/sample-shop.ts';
import { DAY_MS } from '#rehearsal/input/duration.ts';
import { assembly, rehearsed, temporaryFolder } from './rehearsed.ts';

const DAYS = 3;

const all = sampleShop({ seed: '1' });
const fromMs = Math.min(...all.map(({ atMs }) => atMs));
const events = all.filter(({ atMs }) => atMs < fromMs + DAYS * DAY_MS);

test('a rehearsal that was killed comes to the same as one that was not', async () => {
  const file = join(temporaryFolder(), 'invocations.jsonl');
  const run = {
    assemblyDir: await assembly(),
    events,
    days: DAYS,
    hiccups: 0.02,
    invocations: { file, inputs: 'three days' },
  };
  const undisturbed = await rehearsed(run);
  const whole = readFileSync(file);
  // Somewhere in a line, as a process that is killed leaves it.
  writeFileSync(file, whole.subarray(0, Math.floor(whole.length * 0.6)));

  const resumed = await rehearsed(run);

  expect(resumed.summary).toEqual(undisturbed.summary);
  expect(resumed.items).toEqual(undisturbed.items);
  expect(resumed.executions).toEqual(undisturbed.executions);
  expect(resumed.outbox.map(({ raw }) => raw)).toEqual(undisturbed.outbox.map(({ raw }) => raw));
  expect(resumed.outbox.length).toBeGreaterThan(10);
}, 180_000);
