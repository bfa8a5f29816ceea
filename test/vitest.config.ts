import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Three projects, by what they need: `unit` mirrors src/ and runs on sources alone; `door` drives the built program through
 * real sockets and real SQLite; `browser` needs Chromium as well. One retry, because shared CI machines stall for seconds: a test
 * that fails twice is a failure.
 */
export default defineConfig({
  root,
  test: {
    // The default leaves one core idle, which on a machine of two is half of it.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          root,
          include: ['test/**/*.test.ts'],
          exclude: ['test/integration/**', 'test/security/**', 'test/browser/**'],
          // Importing the program and its rules anew for each of 560 files is a third of the time; what a test changes it puts back.
          isolate: false,
          testTimeout: 30_000,
          retry: 1,
        },
      },
      {
        test: {
          name: 'door',
          root,
          include: ['test/integration/**/*.test.ts', 'test/security/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          retry: 1,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          root,
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          retry: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
