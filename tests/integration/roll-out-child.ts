import { argv, stdout } from 'node:process';
import { rehearseRollOut } from '#rehearsal/roll-out/rehearse-roll-out.ts';
import { sampleRollOut } from './sample-roll-out.ts';

/** A roll-out in a process of its own, which somebody kills: says how many products are drafted. */
const [, , assemblyDir = '', stateDir = ''] = argv;

await rehearseRollOut({
  ...sampleRollOut,
  assemblyDir,
  stateDir,
  onProgress: ({ step, done }) => {
    if (step === 'drafts') stdout.write(`drafted ${done}\n`);
  },
});
