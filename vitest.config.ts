import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/integration/shared-assembly.ts',
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 30_000,
    // The default leaves a core to the runner, which has next to nothing to do.
    maxWorkers: '100%',
  },
});
