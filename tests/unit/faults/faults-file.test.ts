import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FaultInjector } from '#rehearsal/faults.ts';
import { faultPresets, presetsInWords, readFaults } from '#rehearsal/input/faults-file.ts';

const START_MS = Date.parse('2026-03-02T08:00:00Z');

const fileOf = (text: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'afterglow-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'faults.yaml');
  writeFileSync(file, text);
  return file;
};

describe('a file of faults', () => {
  test('tells outages by their time, or by the hours since the rehearsal began', async () => {
    const file = fileOf(
      `outages:
         - { service: ses, from: 2026-03-02T10:00:00Z, hours: 1 }
         - { service: dynamodb, afterHours: 2, hours: 0.5 }`,
    );

    const { outages } = await readFaults(file, START_MS);

    const fromMs = START_MS + 2 * 3_600_000;
    expect(outages).toEqual([
      { service: 'ses', fromMs, untilMs: fromMs + 3_600_000 },
      { service: 'dynamodb', fromMs, untilMs: fromMs + 1_800_000 },
    ]);
  });

  test.each([
    ['crashes: { during: 0.1 }', /Unrecognized key: "during"[\s\S]*at crashes/],
    ['throttledTables: 2', /expected number to be <=1[\s\S]*at throttledTables/],
    ['clockSkewMinutes: -1', /at clockSkewMinutes/],
    ['outages: [{ service: fax, afterHours: 1, hours: 1 }]', /at outages\[0\]/],
    ['crash: 1', /Unrecognized key: "crash"/],
    ['a: [', /not readable as YAML/],
  ])('is refused by what it has wrong: %s', async (text, problem) => {
    await expect(readFaults(fileOf(text), 0)).rejects.toThrow(problem);
  });
});

describe('a preset of faults', () => {
  test('is what an injector takes, each', async () => {
    const names = await faultPresets();
    const all = await Promise.all(names.map((name) => readFaults(name, START_MS)));

    expect(names).toEqual(['crashes', 'disorder', 'everything', 'outage', 'rough-day']);
    for (const faults of all) expect(() => new FaultInjector(faults, '1')).not.toThrow();
  });

  test('is named with what it does', async () => {
    expect(await presetsInWords()).toMatch(/^ {2}crashes {5}Functions crash and time out/m);
  });

  test('that is not there is answered by those that are', async () => {
    await expect(readFaults('crash', 0)).rejects.toThrow(
      'got "crash", expected a file or one of crashes, disorder, everything, outage, rough-day',
    );
  });
});

test.each([
  [{ crashes: { before: 1.5 } }, 'faults.crashes.before is 1.5: give a share from 0 to 1'],
  [{ timeouts: { after: -1 } }, 'faults.timeouts.after is -1: give a share from 0 to 1'],
  [{ races: 7 }, 'faults.races is 7: give a share from 0 to 1'],
  [{ clockSkewMinutes: -5 }, 'faults.clockSkewMinutes is -5: give minutes, 0 or more, such as 5'],
  [{ quietFromMs: NaN }, 'faults.quietFromMs is NaN: give milliseconds since 1970'],
])('an injector refuses %j', (faults, message) => {
  expect(() => new FaultInjector(faults)).toThrow(new RangeError(message));
});
