import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['tests/**/*.test.ts'], env: { CDK_VALIDATION: 'false' }, testTimeout: 30_000 },
});
