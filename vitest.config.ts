import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/long-first.ts';

/** Folders whose files leave nothing behind in their process: they share one, which saves a start each. */
const sharing = ['unit', 'contract', 'architecture', 'state-machines', 'infra'];

export default defineConfig({
  test: {
    // The default leaves a core to the runner, which has next to nothing to do.
    maxWorkers: '100%',
    globalSetup: 'tests/integration/shared-assembly.ts',
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: sharing.map((folder) => `tests/${folder}/**/*.test.ts`),
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          exclude: sharing.map((folder) => `tests/${folder}/**`),
        },
      },
    ],
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
