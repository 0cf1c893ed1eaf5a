import { defineConfig } from 'vitest/config';
import browser from './vitest.browser.config';

// Measurements say how fast pages are. They are no tests: they run when somebody asks.
export default defineConfig({ test: { ...browser.test, include: ['browser/**/*.measure.ts'], testTimeout: 300_000 } });
