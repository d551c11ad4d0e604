import { writeSync } from 'node:fs';
// Jest loads this file as it is, so what it loads is TypeScript only with the loader of the repository.
import '../../../tooling/source.mjs';

export default async function start() {
  const { startShared } = await import('./shared.ts');
  try {
    await startShared();
  } catch (error) {
    // No spec runs, so no reporter speaks; readers of the last line must still hear of a failure.
    process.once('exit', () => writeSync(1, '0 passed, 1 failed\n'));
    throw error;
  }
}
