import { defineConfig } from 'vitest/config';

/** Reads real accounts that environment variables name; see test/live/README.md. Never part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/live/**/*.live.ts'],
    globalSetup: ['test/live/setup.ts'],
    testTimeout: 300_000,
    // One provider after the other, and no request twice: real accounts have real limits.
    fileParallelism: false,
    retry: 0,
  },
});
