import { writeSync } from 'node:fs';

/** Jest loads this file without translating it; `npm run test:engines` brings the loader for what is behind it. */
export default async function start() {
  const { startShared } = await import('./servers-of-run.ts');
  try {
    await startShared();
  } catch (error) {
    // No spec runs, so no reporter speaks; readers of the last line must still hear of a failure.
    process.once('exit', () => writeSync(1, '0 passed, 1 failed\n'));
    throw error;
  }
}
