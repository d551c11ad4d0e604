// `node deploy/image/compile.mjs OUT`: everything that runs in production, as JavaScript, in the same folders as here, so
// that files find each other and their data as they do from source. Dependencies are not copied.
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emit } from '../../libs/tooling/emit.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Projects of developers and tests, by their tag. */
const STAYS = ['type:tooling', 'type:testkit', 'type:engines-local'];
const STAYS_TOO = /(^|\/)(test|upgrades|contract|samples|node_modules)\/|\.spec\.ts$|\.d\.ts$/;

const out = process.argv[2];
if (!out) {
  console.error('Say where to: node deploy/image/compile.mjs OUT');
  process.exit(1);
}

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const entered = (exports) => JSON.parse(JSON.stringify(exports ?? {}).replaceAll(/\.ts"/g, '.js"'));

function compileProject(folder) {
  const manifest = json(join(ROOT, folder, 'package.json'));
  if (manifest.nx?.tags?.some((tag) => STAYS.includes(tag))) return;
  const { name, version, type, exports } = manifest;
  write(
    join(out, folder, 'package.json'),
    JSON.stringify({ name, version, type, exports: entered(exports) }),
  );
  for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(ROOT.length);
    if (!entry.isFile() || path === join(folder, 'package.json')) continue;
    if (!STAYS_TOO.test(path.slice(folder.length + 1))) compileFile(path);
  }
  const link = join(out, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join('../..', folder), link);
}

function compileFile(path) {
  if (!path.endsWith('.ts')) {
    mkdirSync(join(out, dirname(path)), { recursive: true });
    copyFileSync(join(ROOT, path), join(out, path));
    return;
  }
  const target = path.replace(/\.ts$/, '.js');
  const { code, map } = emit(readFileSync(join(ROOT, path), 'utf8'), path, true);
  write(join(out, target), `${code}//# sourceMappingURL=${basename(target)}.map\n`);
  write(join(out, `${target}.map`), map);
}

rmSync(out, { recursive: true, force: true });
const { name, version, type, license } = json(join(ROOT, 'package.json'));
write(join(out, 'package.json'), JSON.stringify({ name, version, private: true, type, license }));
copyFileSync(join(ROOT, 'LICENSE'), join(out, 'LICENSE'));
for (const part of ['libs', 'services'])
  for (const { name: folder } of readdirSync(join(ROOT, part), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory(),
  ))
    compileProject(join(part, folder));
