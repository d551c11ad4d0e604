// Where nx comes in. Nx loads plain JavaScript; the generators are TypeScript like everything else, so the source
// loader goes first. After the files are written the catalogue is brought up to date, or its spec would fail.
import { spawnSync } from 'node:child_process';
import '../../source.mjs';

const generator = (load) => async (tree, options) => {
  const { generate } = await load();
  await generate(tree, options);
  return () => {
    spawnSync(
      process.execPath,
      ['--import', './libs/tooling/source.mjs', 'libs/tooling/src/catalogue/main.ts'],
      { cwd: tree.root, stdio: 'inherit' },
    );
  };
};

export const slice = generator(() => import('./slice.ts'));
export const event = generator(() => import('./event.ts'));
export const view = generator(() => import('./view.ts'));
export const reaction = generator(() => import('./reaction.ts'));
