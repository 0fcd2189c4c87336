import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkOut } from '../../../bin/diff/checkout.ts';
import { synthesizeCheckout } from '../../../bin/diff/synthesize-checkout.ts';

/** What an app is told by the CDK's command line, written where it is to synthesize to. */
const app = `import { mkdirSync, writeFileSync } from 'node:fs';
const { CDK_OUTDIR, CDK_CONTEXT_JSON } = process.env;
mkdirSync(CDK_OUTDIR, { recursive: true });
writeFileSync(CDK_OUTDIR + '/told.json', CDK_CONTEXT_JSON);
`;

/** A repository whose project has one commit, and a change that is not committed. */
const repository = (given: Readonly<Record<string, string>> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'afterglow-git-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const project = join(folder, 'project');
  mkdirSync(join(project, 'node_modules', 'zod'), { recursive: true });
  const files = {
    'cdk.json': '{ "app": "node app.mjs", "context": { "flag": true } }',
    'app.mjs': app,
    'package-lock.json': '{}',
    'policy.txt': 'before',
    ...given,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', project, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      encoding: 'utf8',
    });
  git('init', '--quiet', folder);
  git('add', ...Object.keys(files));
  git('commit', '--quiet', '-m', 'Begin');
  writeFileSync(join(project, 'policy.txt'), 'after');
  const options = { folder: join(folder, 'base'), project, signal: new AbortController().signal };
  return { git, options };
};

describe('a revision', () => {
  it('is checked out beside the files here, with the packages that are installed here', async () => {
    const { git, options } = repository();

    const checkout = await checkOut('HEAD', options);

    expect(readFileSync(join(checkout.root, 'policy.txt'), 'utf8')).toBe('before');
    expect(existsSync(join(checkout.root, 'node_modules', 'zod'))).toBe(true);
    expect(checkout.name).toMatch(/^HEAD \([0-9a-f]{9}\)$/);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(2);
  });

  it('leaves nothing when it is removed, and what is installed here stays', async () => {
    const { git, options } = repository();

    await (await checkOut('HEAD', options)).remove();

    expect(existsSync(options.folder)).toBe(false);
    expect(existsSync(join(options.project, 'node_modules', 'zod'))).toBe(true);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('that git does not know is refused with what to do about it', async () => {
    const { options } = repository();

    await expect(checkOut('origin/nowhere', options)).rejects.toThrow(
      'got the revision "origin/nowhere", expected a commit, branch or tag that git knows here: git fetch it first',
    );
  });

  it('without a lockfile is refused, and leaves nothing', async () => {
    const { git, options } = repository();
    git('rm', '--quiet', '--cached', 'package-lock.json');
    git('commit', '--quiet', '-m', 'Forget');

    await expect(checkOut('HEAD', options)).rejects.toThrow('HEAD has no package-lock.json');
    expect(existsSync(options.folder)).toBe(false);
  });

  it('is synthesized by its own app, which is told what the command line would tell', async () => {
    const { options } = repository();
    const checkout = await checkOut('HEAD', options);
    const outdir = join(options.folder, 'out');

    await synthesizeCheckout(checkout, { outdir, stage: 'prod', signal: options.signal });

    expect(JSON.parse(readFileSync(join(outdir, 'told.json'), 'utf8'))).toEqual({
      flag: true,
      stage: 'prod',
    });
  });

  it('of which the app fails is refused with its complaint', async () => {
    const { options } = repository({ 'app.mjs': 'throw new Error("no such touch")' });
    const checkout = await checkOut('HEAD', options);

    await expect(
      synthesizeCheckout(checkout, { outdir: options.folder, signal: options.signal }),
    ).rejects.toThrow(/^HEAD \(\w+\) cannot be synthesized: [^]*no such touch/);
  });

  it('is given up at once when the caller is interrupted, with all that its app had started', async () => {
    const late = `import { writeFileSync } from 'node:fs';
setTimeout(() => writeFileSync(process.env.CDK_OUTDIR, 'late'), 700);`;
    const { options } = repository({ 'app.mjs': late });
    const checkout = await checkOut('HEAD', options);
    const outdir = join(options.project, 'late.txt');
    const interrupted = new AbortController();

    const synthesis = synthesizeCheckout(checkout, { outdir, signal: interrupted.signal });
    setTimeout(() => interrupted.abort(), 200);

    await expect(synthesis).rejects.toThrow('aborted');
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(existsSync(outdir)).toBe(false);
  });
});
