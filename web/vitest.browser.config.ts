import { defineConfig } from 'vitest/config';

// The tests drive a real Chromium against the real binary. Two files at a time keep two processors busy: a test waits most of its time.
export default defineConfig({
  test: {
    globalSetup: ['browser/template.ts'],
    include: ['browser/**/*.test.ts'],
    environment: 'node',
    maxWorkers: 2,
    // A browser on a busy machine is late now and then. What fails twice is a fault; what needed a second try is reported as such.
    retry: 1,
    testTimeout: 90_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
