import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { listenToCommands } from '#tests/fakes/command-line.ts';
import { run } from '../../../bin/commands/rehearse.ts';
import { jobsOf } from '../../../bin/rehearse/jobs.ts';

const { complaints } = listenToCommands();

const asked = {
  orders: 'orders.csv',
  books: false,
  bedrock: 'stand-in',
  resumable: false,
  resume: false,
};

describe('--jobs', () => {
  it('is a number of threads, or as many as there are cores', () => {
    expect(jobsOf({ ...asked, jobs: '1' })).toBe(1);
    expect(jobsOf({ ...asked, jobs: '64' })).toBe(64);
    expect(jobsOf({ ...asked, jobs: 'max' })).toBe(Math.min(64, availableParallelism()));
  });

  it.each(['0', '65', '1.5', '-1', 'all', ''])('refuses %j', (jobs) => {
    expect(() => jobsOf({ ...asked, jobs })).toThrow(
      `--jobs: got "${jobs}", expected a whole number from 1 to 64, or max`,
    );
  });

  it.each([
    ['the sample shop', { orders: undefined }, 'the sample shop'],
    ['books', { books: true }, '--books'],
    ['pages', { serve: '4080' }, '--serve'],
    ['a run that can be resumed', { resumable: true }, 'resumed'],
    ['a run that is resumed', { resume: true }, 'resumed'],
    ['texts that cost money', { bedrock: 'real' }, '--bedrock real'],
  ])('refuses to share %s, and leaves one thread alone', (_, values, because) => {
    expect(() => jobsOf({ ...asked, ...values, jobs: '2' })).toThrow(because);
    expect(jobsOf({ ...asked, ...values, jobs: '1' })).toBe(1);
  });

  it('ends the command with 2 and a sentence', async () => {
    const code = await run(['--jobs', '2']);

    expect(code).toBe(2);
    expect(complaints.join()).toContain('--jobs 2: the sample shop');
  });
});
