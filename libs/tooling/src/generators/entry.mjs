// Where nx comes in. Nx loads plain JavaScript; the generators are TypeScript like everything else, so the source
// loader goes first. After the files are written the catalogue is brought up to date, or its spec would fail.
import { spawnSync } from 'node:child_process';
import '../../source.mjs';

const generator = (name) => async (tree, options) => {
  const { generate } = await import(`./${name}.ts`);
  await generate(tree, options);
  return () => {
    spawnSync(
      process.execPath,
      ['--import', './libs/tooling/source.mjs', 'libs/tooling/src/catalogue/main.ts'],
      { cwd: tree.root, stdio: 'inherit' },
    );
  };
};

export const slice = generator('slice');
export const event = generator('event');
export const view = generator('view');
export const reaction = generator('reaction');
