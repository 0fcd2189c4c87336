import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { relativeRegret } from './simulate.ts';

const task = z.object({
  policy: z.string(),
  seed: z.string(),
  simulation: z.object({
    offers: z.int(),
    impressions: z.int(),
    delay: z.int(),
    refresh: z.int(),
    refit: z.int(),
  }),
});

/** One run of one policy; tells how far it is, and at last its regret. */
const { policy, seed, simulation } = task.parse(workerData);
const regret = relativeRegret(policy, seed, simulation, (share) =>
  parentPort?.postMessage({ share }),
);
parentPort?.postMessage({ regret });
