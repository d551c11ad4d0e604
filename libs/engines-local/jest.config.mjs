// Everything that needs servers, and nothing else: `npm run test:engines`. Specs find the servers of the run in
// their environment, where libs/engines-local/src/jest/start.mjs puts them and libs/engines-local/src/jest/end.mjs
// takes them away.
import { fileURLToPath } from 'node:url';
import config from '../../jest.config.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export default {
  ...config,
  rootDir: at('../..'),
  testMatch: ['<rootDir>/**/*.engines.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  globalSetup: at('src/jest/start.mjs'),
  globalTeardown: at('src/jest/end.mjs'),
  // Elections, restarts and rebalances take seconds each, and more on a busy machine.
  testTimeout: 900_000,
};
