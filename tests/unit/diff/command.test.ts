import { describe, expect, it } from 'vitest';
import { listenToCommands, temporaryFolder } from '#tests/fakes/command-line.ts';
import { run } from '../../../bin/commands/diff.ts';

const { complaints } = listenToCommands();
const { fileOf } = temporaryFolder();

const ONE_ORDER = ['--limit', '1', '--until', '1'];

describe('npm run diff', () => {
  it.each([
    [[], 'say --base REV'],
    [['--base', 'no-such-branch', ...ONE_ORDER], 'got the revision "no-such-branch"'],
    [['--base', 'HEAD', '--tolerance', 'soon'], 'soon'],
    [['--base', 'HEAD', '--limit', 'all'], '--limit: got "all"'],
    [['--base', 'HEAD', '--orders', 'nowhere.csv'], 'there is no file nowhere.csv'],
    [
      ['--base', 'HEAD', '--orders', 'a.csv', '--archive', 'b'],
      'give one of --orders, --events and --archive',
    ],
    [['--base', 'HEAD', '--archive', 'nowhere'], 'there is no file or folder nowhere'],
  ])('refuses %j', async (args, complaint) => {
    expect(await run(args)).toBe(2);
    expect(complaints.join('\n')).toContain(complaint);
  });

  it('refuses rates of touches that there are not', async () => {
    const rates = await fileOf('rates.yaml', 'touches: { cross-sel: 0.1 }');

    expect(await run(['--base', 'HEAD', '--rates', rates])).toBe(2);
    expect(complaints.join('\n')).toContain('touches: got "cross-sel", expected some of');
  });
});
