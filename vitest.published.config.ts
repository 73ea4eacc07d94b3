import { defineConfig } from 'vitest/config';

/** Where a machine-readable report goes, if somebody wants one. */
const report = process.env.TIDEMARK_TEST_REPORT;

/** The objects that Stripe publishes may not be copied into this repository, so these tests run where they lie. */
export default defineConfig({
  test: {
    include: ['test/published/**/*.test.ts'],
    // The lives of the off-track benchmark are lived in a real database.
    globalSetup: ['test/support/global-setup.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
