import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NoRehearsal } from '#rehearsal/report/state-files.ts';
import { run } from '../../../bin/commands/report.ts';
import { listenToCommands, temporaryFolder } from '../../fakes/command-line.ts';

const { complaints } = listenToCommands();
const { folder } = temporaryFolder();

test('a lake without facts gives a page that says so', async () => {
  await mkdir(join(folder, 'lake'));
  const out = join(folder, 'pages', 'report.html');

  const code = await run(['--state', folder, '--out', out]);

  expect(code).toBe(0);
  expect(await readFile(out, 'utf8')).toContain('Nothing is in the lake yet');
});

test('a folder without a lake is no rehearsal', async () => {
  await expect(run(['--state', join(folder, 'nowhere')])).rejects.toThrow(NoRehearsal);
});

test.each([
  [['--shop', 'nobody'], /--shop: got "nobody", expected one of hearth/],
  [['--from', '2026'], /--from: got "2026", expected a month such as 2026-03/],
  [['--from', '2026-05', '--to', '2026-04'], /expected no later month than --to 2026-04/],
])('wrong arguments are refused with what is wanted: %j', async (args, complaint) => {
  expect(await run(args)).toBe(2);
  expect(complaints.join('\n')).toMatch(complaint);
});
