import { defineConfig } from 'vitest/config';

// The tests drive a real Chromium against the real binary, one file after the other.
export default defineConfig({
  test: {
    globalSetup: ['browser/template.ts'],
    include: ['browser/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
