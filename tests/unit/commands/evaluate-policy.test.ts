import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NoRehearsal } from '#rehearsal/report/state-files.ts';
import { run } from '../../../bin/commands/evaluate-policy.ts';
import { listenToCommands, temporaryFolder } from '../../fakes/command-line.ts';

const { printed, complaints } = listenToCommands();
const { folder, fileOf } = temporaryFolder();

/** Of 4,000 rows in sessions of two: `a` in three of four and earns in a tenth of its rows, `b` in all of every fifth. */
const rows = Array.from({ length: 4_000 }, (_, at) => {
  const action = at % 4 === 3 ? 'b' : 'a';
  const turn = Math.floor(at / 4);
  const reward = action === 'b' ? Number(turn % 5 === 0) : Number(turn % 10 === 0);
  return { action, propensity: action === 'b' ? 0.25 : 0.75, reward, session: `s${at >> 1}` };
});
const log = [
  'action,propensity,reward,session',
  ...rows.map(({ action, propensity, reward, session }) =>
    [action, propensity, reward, session].join(','),
  ),
].join('\n');

const estimate = z.object({ value: z.number(), standardError: z.number(), clusters: z.number() });
const answer = z.object({
  rows: z.number(),
  logged: estimate,
  policies: z.array(
    z.object({
      policy: z.string(),
      estimates: z.object({ ips: estimate, snips: estimate, dr: estimate }).optional(),
      weights: z.object({
        effectiveSampleSize: z.number(),
        support: z.number(),
        largestWeight: z.number(),
      }),
      warnings: z.array(z.string()),
    }),
  ),
});
const answered = () => answer.parse(JSON.parse(printed.join('')));

describe('on a log of one’s own', () => {
  it('tells what a policy of a file would earn, by all three estimators', async () => {
    const csv = await fileOf('log.csv.gz', log);
    const target = await fileOf('target.csv', 'action,probability\na,0.2\nb,0.8\n');

    const code = await run(['--log', csv, '--target', target, '--json']);

    const { logged, policies, ...rest } = answered();
    const [policy] = policies;
    expect(code).toBe(0);
    expect(rest.rows).toBe(4_000);
    expect(logged.value).toBeCloseTo(0.75 * 0.1 + 0.25 * 0.2, 9);
    // .2 · .1 + .8 · .2: each action came up as often as it was likely to, so none of them is off by chance.
    expect(policy?.estimates?.ips.value).toBeCloseTo(0.18, 9);
    expect(policy?.estimates?.snips.value).toBeCloseTo(0.18, 9);
    expect(policy?.estimates?.dr.value).toBeCloseTo(0.18, 2);
    expect(policy?.weights.largestWeight).toBeCloseTo(3.2, 9);
    // Of weights .8 / .25 in a quarter and .2 / .75 in the rest: 1 / (.25 · 3.2² + .75 · .2667²) of the rows.
    expect(policy?.weights.effectiveSampleSize).toBeCloseTo(4_000 / 2.613333, 1);
  });

  it('prints a table, and what it rests on', async () => {
    const csv = await fileOf('log.csv', log);

    expect(await run(['--log', csv, '--cluster', 'session'])).toBe(0);
    const words = printed.join('\n');
    expect(words).toContain('log.csv: 4,000 rows of 2,000 clusters');
    expect(words).toMatch(/logged +its mean +0\.125 +0\.\d+ to 0\.\d+/);
    expect(words).toMatch(/uniform +IPS +0\.15 /);
    expect(words).toMatch(/greedy +IPS +0\.2 /);
    expect(words).toContain('greedy: 4,000 rows say as much as 1,000 of its own');
    expect(words).toContain('support 25%, largest weight 4, mean weight 1');
    expect(words).not.toContain('Warning');
  });

  it('takes rows of a cluster together', async () => {
    const csv = await fileOf('log.csv', log);

    await run(['--log', csv, '--policy', 'uniform', '--json']);
    const single = answered();
    printed.length = 0;
    await run(['--log', csv, '--policy', 'uniform', '--cluster', 'session', '--json']);
    const clustered = answered();

    expect(clustered.logged.clusters).toBe(2_000);
    expect(single.logged.clusters).toBe(4_000);
    expect(clustered.logged.value).toBeCloseTo(single.logged.value, 12);
    expect(clustered.logged.standardError).toBeGreaterThan(1.1 * single.logged.standardError);
  });

  it('takes what another log shows for the target', async () => {
    const csv = await fileOf('log.csv', log);
    const other = await fileOf('other.csv', 'action\na\nb\nb\nb\n');

    await run(['--log', csv, '--target-log', other, '--json']);

    expect(answered().policies).toMatchObject([
      { policy: 'target', estimates: { ips: { value: expect.closeTo(0.175, 9) } } },
    ]);
  });

  it('reads slots and contexts, other names of columns and another delimiter', async () => {
    const csv = await fileOf(
      'named.csv',
      ['item;place;segment;p;clicks']
        .concat(
          Array.from({ length: 400 }, (_, at) => {
            const [place, segment] = [1 + (at % 2), at % 4 < 2 ? 'new' : 'old'];
            const item = Math.floor(at / 4) % 2 === 0 ? 'x' : 'y';
            return `${item};${place};${segment};.5;${Number(item === 'x' && segment === 'new')}`;
          }),
        )
        .join('\n'),
    );
    const target = await fileOf(
      'named-target.csv',
      `item;place;segment;probability\n${[1, 2].map((place) => `x;${place};new;1\ny;${place};old;1`).join('\n')}`,
    );
    const names = ['--action', 'item', '--propensity', 'p', '--reward', 'clicks'];
    const columns = [...names, '--slot', 'place', '--context', 'segment', '--delimiter', ';'];

    const code = await run(['--log', csv, ...columns, '--target', target, '--json']);

    expect(code).toBe(0);
    expect(answered().policies[0]?.estimates).toMatchObject({
      ips: { value: expect.closeTo(0.5, 9) },
      snips: { value: expect.closeTo(0.5, 9) },
    });
  });

  it('warns, and ends with 1, where the log says too little', async () => {
    const few = await fileOf('few.csv', log.split('\n').slice(0, 41).join('\n'));
    const stranger = await fileOf('stranger.csv', 'action,probability\nc,1\n');
    const partly = await fileOf('partly.csv', 'action,probability\na,0.4\nc,0.6\n');
    const csv = await fileOf('log.csv', log);

    expect(await run(['--log', few, '--policy', 'greedy'])).toBe(1);
    expect(printed.join('\n')).toMatch(
      /Warning: the log says little about this policy: its 40 rows/,
    );
    expect(await run(['--log', csv, '--target', stranger])).toBe(1);
    expect(printed.join('\n')).toContain('Warning: the log says nothing about this policy');
    expect(await run(['--log', csv, '--target', partly])).toBe(1);
    expect(printed.join('\n')).toContain(
      'about 60% of what this policy shows had no chance to be shown',
    );
  });

  it('warns where propensities cannot be what things were shown by', async () => {
    const csv = await fileOf('low.csv', log.replaceAll(',0.75,', ',0.3,'));

    expect(await run(['--log', csv, '--policy', 'uniform'])).toBe(1);
    expect(printed.join('\n')).toContain(
      'propensities are not what was shown by: the mean weight is 1.75',
    );
  });

  it('cuts weights when asked to', async () => {
    const csv = await fileOf('log.csv', log);

    await run(['--log', csv, '--policy', 'greedy', '--max-weight', '2']);

    expect(printed.join('\n')).toContain('1,000 weights cut');
  });
});

describe('the check on the Open Bandit Dataset', () => {
  it('gives the published figures by the policy of the reference and a log of its counts', async () => {
    const reference = (name: string): string =>
      fileURLToPath(new URL(`../../fixtures/reference/${name}`, import.meta.url));
    const { propensity, cells } = z
      .object({
        propensity: z.number(),
        cells: z.record(z.string(), z.array(z.number())),
      })
      .parse(JSON.parse(await readFile(reference('open-bandit.json'), 'utf8')));
    const { slot = [], item = [], rows: counts = [], clicks = [] } = cells;
    const lines = counts.flatMap((count, at) =>
      Array.from({ length: count }, (_, row) =>
        [item[at], slot[at], propensity, Number(row < (clicks[at] ?? 0))].join(','),
      ),
    );
    const csv = await fileOf(
      'open-bandit.csv',
      ['item_id,position,propensity_score,click', ...lines].join('\n'),
    );
    const columns = ['--action', 'item_id', '--slot', 'position', '--reward', 'click'];

    const code = await run(
      ['--log', csv, ...columns, '--propensity', 'propensity_score', '--json'].concat(
        '--target',
        reference('open-bandit-policy.csv'),
      ),
    );

    const { logged, policies } = answered();
    expect(code).toBe(0);
    expect(logged.value).toBeCloseTo(0.0046, 9);
    expect(policies[0]?.estimates?.ips.value).toBeCloseTo(0.004534, 6);
    expect(policies[0]?.estimates?.snips.value).toBeCloseTo(0.004604, 6);
    expect(policies[0]?.weights.effectiveSampleSize).toBeCloseTo(2467.4, 1);
  });
});

describe('on a rehearsal', () => {
  it('says that there is no impression to evaluate by', async () => {
    await mkdir(join(folder, 'state', 'lake'), { recursive: true });

    expect(await run(['--state', join(folder, 'state')])).toBe(2);
    expect(complaints.join('\n')).toContain('got 0 usable rows');
  });

  it('needs one that has finished', async () => {
    await expect(run(['--state', join(folder, 'nowhere')])).rejects.toThrow(NoRehearsal);
  });

  it('shows its help', async () => {
    expect(await run(['--help'])).toBe(0);
    expect(printed.join('\n')).toContain('npm run evaluate-policy -- --log FILE');
  });
});
