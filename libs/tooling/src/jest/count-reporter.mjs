import { writeSync } from 'node:fs';

/**
 * Ends a run with one plain line, `N passed, N failed`, for readers that do not know Jest's summary. A file that
 * fails to start has no tests to count and would pass unseen: it counts as one failure.
 */
export const countLine = ({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) =>
  `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`;

export default class CountReporter {
  onRunComplete(_contexts, results) {
    this.line ??= process.once('exit', () => writeSync(1, `${this.line}\n`)) && '';
    this.line = countLine(results);
  }
}
