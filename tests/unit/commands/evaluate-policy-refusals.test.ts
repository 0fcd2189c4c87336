import { describe, expect, it } from 'vitest';
import { run } from '../../../bin/commands/evaluate-policy.ts';
import { listenToCommands, temporaryFolder } from '../../fakes/command-line.ts';

const { complaints } = listenToCommands();
const { fileOf } = temporaryFolder();

describe('what is wrong is said', () => {
  const head = 'action,propensity,reward';

  it.each([
    [
      'a missing column',
      'action,reward\na,1\n',
      'there is no column "propensity"; there are: action, reward',
    ],
    ['a column that is there twice', `${head},reward\na,1,1,1\n`, 'column "reward" is there twice'],
    [
      'a propensity of 0',
      `${head}\na,1,1\na,0,1\n`,
      'row 3, column "propensity": got 0, expected a number above 0 and up to 1',
    ],
    [
      'a propensity above 1',
      `${head}\na,1.5,1\n`,
      'row 2, column "propensity": got 1.5, expected a number above 0',
    ],
    [
      'a propensity that is no number',
      `${head}\na,often,1\n`,
      'row 2, column "propensity": got "often", expected a number above 0 and up to 1',
    ],
    [
      'a reward that is not there',
      `${head}\na,1,\n`,
      'row 2, column "reward": got nothing, expected a number; 0 where nothing came of it',
    ],
    [
      'an action that is not there',
      `${head}\n,1,1\n`,
      'row 2, column "action": got nothing, expected the name',
    ],
    ['a ragged row', `${head}\na,1\n`, 'row 2: it has 2 columns, the header 3'],
    ['no rows', `${head}\n`, 'got a header and no rows below it'],
    [
      'one row',
      `${head}\na,1,1\n`,
      'got 1 usable rows of 1 sessions or clusters, expected at least two',
    ],
    ['another delimiter', 'action;propensity;reward\na;1;1\n', 'Is --delimiter the right one?'],
  ])('of a log with %s', async (_, text, message) => {
    const csv = await fileOf('bad.csv', text);

    expect(await run(['--log', csv])).toBe(2);
    expect(complaints.join('\n')).toContain(message);
  });

  it.each([
    ['without probabilities', 'action\na\n', 'there is no column "probability"'],
    [
      'with a probability above 1',
      'action,probability\na,2\n',
      'row 2, column "probability": got 2, expected a probability from 0 to 1',
    ],
    [
      'with a word for a probability',
      'action,probability\na,all\n',
      'row 2, column "probability": got "all"',
    ],
    [
      'that misses 1',
      'action,probability\na,.5\nb,.4\n',
      'the probabilities for all rows sum to 0.9, expected 1',
    ],
    [
      'that names an action twice',
      'action,probability\na,.5\na,.5\n',
      'row 3: "a" is there twice for all rows',
    ],
    ['of other slots', 'action,slot,probability\na,2,1\n', 'row 2: the target ('],
    ['of nothing', 'action,probability\n', 'got a header and no rows below it'],
  ])('of a target %s', async (_, text, message) => {
    const csv = await fileOf('slotted.csv', `${head},slot\na,1,1,1\nb,1,0,1\n`);
    const target = await fileOf('bad-target.csv', text);

    expect(await run(['--log', csv, '--target', target])).toBe(2);
    expect(complaints.join('\n')).toContain(message);
  });

  it.each<[readonly string[], string]>([
    [['--log', 'x.csv', '--shop', 'hearth'], '--shop: got it with --log'],
    [['--action', 'item'], '--action: got a column, which the lake'],
    [['--reward', 'revenue'], '--reward: got "revenue", expected accepted, clicked, value'],
    [['--since', 'May'], '--since: got "May", expected a day such as 2026-03-01'],
    [['--alpha', '5'], '--alpha: got 5, expected a number between 0 and 1'],
    [['--max-weight', '0'], '--max-weight: got 0, expected a number above zero'],
    [['--log', 'nowhere.csv'], 'ENOENT'],
  ])('of the arguments %j', async (args, message) => {
    expect(await run(args)).toBe(2);
    expect(complaints.join('\n')).toContain(message);
  });

  it('of a policy that has no such name', async () => {
    const csv = await fileOf('log.csv', `${head}\na,.5,1\nb,.5,0\n`);

    expect(await run(['--log', csv, '--policy', 'best'])).toBe(2);
    expect(complaints.join('\n')).toContain('--policy: got "best", expected uniform or greedy');
  });
});
