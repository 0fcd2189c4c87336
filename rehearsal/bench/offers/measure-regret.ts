import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { policies } from './policies.ts';
import type { Simulation } from './simulate.ts';

export interface PolicyRegret {
  readonly policy: string;
  readonly mean: number;
  /** Between seeds, with n − 1; 0 of one seed. */
  readonly sd: number;
  /** Of each seed. */
  readonly regrets: readonly number[];
  /** On one core, all seeds. */
  readonly seconds: number;
}

interface Run {
  readonly policy: string;
  readonly seed: string;
}

/**
 * Runs every policy in the worlds of seeds 1 to `seeds`, so many at a time as there are `workers`. The
 * same numbers whatever the machine.
 *
 * @param onProgress is told the share of runs that are done
 * @throws Error when a run fails
 */
export const measureRegret = async (
  simulation: Simulation,
  {
    seeds,
    workers,
    onProgress,
  }: {
    readonly seeds: number;
    readonly workers: number;
    readonly onProgress: (share: number) => void;
  },
): Promise<readonly PolicyRegret[]> => {
  const names = Object.keys(policies);
  const runs: readonly Run[] = Array.from({ length: seeds }, (_, index) =>
    names.map((policy) => ({ policy, seed: String(index + 1) })),
  ).flat();
  const shares = runs.map(() => 0);
  const results: { readonly policy: string; readonly regret: number; readonly seconds: number }[] =
    [];
  const queue = [...runs.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [at, run] = next;
      const began = performance.now();
      const regret = await runInWorker(run, simulation, (share) => {
        shares[at] = share;
        onProgress(shares.reduce((sum, each) => sum + each, 0) / runs.length);
      });
      results.push({ policy: run.policy, regret, seconds: (performance.now() - began) / 1000 });
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return names.map((policy) => {
    const own = results.filter((each) => each.policy === policy);
    const regrets = own.map(({ regret }) => regret);
    return {
      policy,
      ...momentsOf(regrets),
      regrets,
      seconds: own.reduce((sum, each) => sum + each.seconds, 0),
    };
  });
};

const momentsOf = (values: readonly number[]): { readonly mean: number; readonly sd: number } => {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return { mean, sd: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
};

const message = z.union([z.object({ share: z.number() }), z.object({ regret: z.number() })]);

const runInWorker = (
  run: Run,
  simulation: Simulation,
  onShare: (share: number) => void,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./simulation-worker.ts', import.meta.url), {
      workerData: { ...run, simulation },
    });
    worker.on('message', (data: unknown) => {
      const told = message.parse(data);
      onShare('share' in told ? told.share : 1);
      if ('regret' in told) resolve(told.regret);
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      reject(new Error(`the run of "${run.policy}" with seed ${run.seed} ended with ${code}`)),
    );
  });
