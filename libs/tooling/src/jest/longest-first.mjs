import { statSync } from 'node:fs';

/** What starts processes and servers takes longest, however short its file is. */
const LONGEST = [/\.(e2e|engines)\.spec\.ts$/, /\.int\.spec\.ts$/];
const rank = ({ path }) => {
  const at = LONGEST.findIndex((one) => one.test(path));
  return at < 0 ? LONGEST.length : at;
};
const size = ({ path }) => statSync(path).size;

/**
 * The order of spec files where nobody has measured them yet, as on a fresh clone. Jest goes by the size of the file,
 * and would keep one worker idle at the end, while the other plays the longest story.
 */
export default class LongestFirst {
  sort(tests) {
    const measured = (test) => test.duration ?? 0;
    return [...tests].sort(
      (one, other) =>
        measured(other) - measured(one) || rank(one) - rank(other) || size(other) - size(one),
    );
  }

  shard(tests) {
    return tests;
  }

  allFailedTests() {
    return [];
  }

  cacheResults() {}
}
