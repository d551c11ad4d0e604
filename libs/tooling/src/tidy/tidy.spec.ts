import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  NAMES,
  RELEASED,
  earlierVersions,
  lostLineFindings,
  releasedFindings,
  textAt,
} from './append-only.js';
import { commentFindings, headerFindings } from './comment-rules.js';
import { entries, orphanFindings, runtimeEdges } from './imports.js';
import { declaredFindings, pathFindings, rootFindings } from './names.js';
import { decisionFindings, linkFindings, scriptFindings } from './page-rules.js';
import { ROOT, isCode, isSpec, isText, read, repositoryFiles, shown } from './repository.js';
import { sizeFindings } from './sizes.js';
import { specFindings } from './spec-rules.js';
import { storyFindings } from './story-rules.js';
import { addressFindings, spellingFindings } from './words.js';
import { findCycle } from '../boundaries/cycles.js';
import type { Finding, Source } from './repository.js';

const paths = repositoryFiles();
const sources = paths.filter((path) => isCode(path)).map(read);
const texts = paths.filter((path) => isText(path) && !path.startsWith('libs/contracts/samples/'));
/** Words and addresses that these rules forbid stand in the specs of the rules. */
const others = (all: readonly Source[]) =>
  all.filter(({ path }) => !/^libs\/tooling\/src\/(tidy|boundaries)\/.*$/.test(path));

const none = (findings: readonly Finding[]) => expect(findings.map(shown)).toEqual([]);

describe('the tree', () => {
  it('has few entries at its root', () => none(rootFindings(paths)));
  it('has names that say what is inside', () => none(paths.flatMap(pathFindings)));
  it('has no file that nobody imports', () => none(orphanFindings(sources, entries(ROOT, paths))));
  it('loads without going round in a circle', () =>
    expect(findCycle(runtimeEdges(sources))).toBeNull());
});

describe('the code', () => {
  it('has no file that is too long', () => none(sources.flatMap(sizeFindings)));
  it('has names that say what they do', () => none(others(sources).flatMap(declaredFindings)));
  it('has comments that give reasons', () => none(others(sources).flatMap(commentFindings)));
  it('has a header where the reader needs one', () =>
    none(sources.filter(({ path }) => !isSpec(path)).flatMap(headerFindings)));
  it('has specs that prove something', () =>
    none(others(sources.filter(({ path }) => isSpec(path))).flatMap(specFindings)));
  it('has stories that run on both engines', () => none(storyFindings(sources)));
});

describe('the words', () => {
  it('are spelt as in Britain', () => none(others(texts.map(read)).flatMap(spellingFindings)));
  it('name no machine and no package host', () =>
    none(others(texts.map(read)).flatMap(addressFindings)));
});

describe('the pages', () => {
  const pages = paths.filter((path) => path.endsWith('.md')).map(read);

  it('link to what is there', () =>
    none(pages.flatMap((page) => linkFindings(page, (path) => existsSync(join(ROOT, path))))));
  it('tell people to run what is there', () => {
    const { scripts } = JSON.parse(read('package.json').text) as {
      scripts: Record<string, string>;
    };
    none(scriptFindings(pages, scripts, (path) => existsSync(join(ROOT, path))));
  });
  it('of decisions say what failed and what would prove them wrong', () =>
    none(pages.flatMap(decisionFindings)));
});

describe('what logs and checkpoints rest on', () => {
  it.each([NAMES, RELEASED])('%s only grows', (path) => {
    const now = read(path).text;
    none(
      earlierVersions().flatMap(({ commit, what }) =>
        lostLineFindings(path, textAt(commit, path) ?? '', now).map((finding) => ({
          ...finding,
          says: `${finding.says} (compared with ${what})`,
        })),
      ),
    );
  });

  it('released samples are untouched', () =>
    none(
      releasedFindings(read(RELEASED).text, (path) =>
        paths.includes(path) ? read(path).text : null,
      ),
    ));
});
