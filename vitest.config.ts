import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/long-first.ts';

const filesOf = (...folders: readonly string[]): string[] =>
  folders.map((folder) => `tests/${folder}/**/*.test.ts`);

const parts = filesOf('unit', 'contract', 'architecture', 'state-machines', 'infra');
const rehearsals = filesOf('integration');

export default defineConfig({
  test: {
    // The default leaves a core to the runner, which has next to nothing to do.
    maxWorkers: '100%',
    globalSetup: 'tests/integration/shared-assembly.ts',
    sequence: { sequencer: LongFirst },
    projects: [
      // Their files leave nothing behind in their process: they share one, so that what they import, and the
      // bundles that they rehearse, are read and compiled once.
      { extends: true, test: { name: 'parts', include: parts, isolate: false } },
      { extends: true, test: { name: 'rehearsals', include: rehearsals, isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          exclude: [...parts, ...rehearsals],
        },
      },
    ],
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
