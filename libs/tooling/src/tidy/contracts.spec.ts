import 'reflect-metadata';
import { everyContract } from '@shouwen/contracts';
import {
  declarationFindings,
  sampleFindings,
  sampleOf,
  unvalidatedFindings,
  upcast,
} from './contract-rules.js';
import { isSpec, read, repositoryFiles, shown, type Finding } from './repository.js';

const none = (findings: readonly Finding[]) => expect(findings.map(shown)).toEqual([]);
const inFolder = (folder: string) => repositoryFiles().filter((path) => path.startsWith(folder));
const files = inFolder('libs/contracts/samples/').map(read);
const samples = files.map(sampleOf).filter((sample) => sample !== null);

describe('the vocabulary', () => {
  it('declares every event with fields that exist and people who can be erased', () =>
    none(everyContract.flatMap(declarationFindings)));

  it('uses each wire name once', () => {
    const types = everyContract.map(({ type }) => type);
    expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
  });

  it('has a validator on every property', () =>
    none(
      inFolder('libs/contracts/src/')
        .filter((path) => path.endsWith('.ts') && !isSpec(path))
        .map(read)
        .flatMap(unvalidatedFindings),
    ));
});

describe('the samples', () => {
  it('lie where their type and version say', () =>
    expect(files.filter((file) => !sampleOf(file)).map(({ path }) => path)).toEqual([]));

  it('show every version of every event', () => {
    const shownAs = new Set(samples.map(({ type, version }) => `${type} v${version}`));
    const wanted = everyContract.flatMap(({ type, version }) =>
      Array.from({ length: version }, (_, index) => `${type} v${index + 1}`),
    );
    expect(wanted.filter((one) => !shownAs.has(one))).toEqual([]);
  });

  it('are valid as the newest contract reads them, also when their people are erased', () =>
    none(samples.flatMap((sample) => sampleFindings(sample, everyContract))));

  it('of older versions are read as they always were', () => {
    const old = samples.flatMap((sample) => {
      const contract = everyContract.find(({ type }) => type === sample.type);
      return contract && sample.version < contract.version
        ? [{ path: sample.path, data: upcast(contract, sample) }]
        : [];
    });
    expect(old).toMatchSnapshot();
  });
});
