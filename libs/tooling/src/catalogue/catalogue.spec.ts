import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { everyContract } from '@shouwen/contracts';
import { eventsPage } from './events-page.js';
import { loadServices } from './manifests.js';
import { pages } from './pages.js';
import { servicesPage } from './services-page.js';

const ROOT = join(import.meta.dirname, '../../../..');
const services = await loadServices();
const written = await pages(services);

describe('the catalogue', () => {
  it.each(written)('$path is as "npm run catalogue" writes it', ({ path, text }) => {
    const file = join(ROOT, path);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : 'not there').toBe(text);
  });

  it('has every event, with who hears it', () => {
    const page = eventsPage(everyContract, services);
    for (const { type } of everyContract) expect(page).toContain(`### \`${type}\``);
    expect(page).toContain('reaction `');
  });

  it('has every route and every view of every service', () => {
    const page = servicesPage(services);
    for (const { service } of services) {
      expect(page).toContain(`## ${service.name}`);
      for (const { method, path } of service.routes)
        expect(page).toContain(`${method} /${service.name}${path}`);
      for (const view of service.views) expect(page).toContain(view.name);
    }
  });
});

describe('the command', () => {
  const run = (option: string) =>
    spawnSync(
      process.execPath,
      ['--import', './libs/tooling/source.mjs', 'libs/tooling/src/catalogue/main.ts', option],
      { cwd: ROOT, encoding: 'utf8' },
    );
  const times = () => written.map(({ path }) => statSync(join(ROOT, path)).mtimeMs);

  it.each([
    ['--help', 0, /^Usage: npm run catalogue -- \[options\]/],
    ['--releas', 1, /unknown option '--releas'/],
  ])('writes nothing when it is told %s', (option, code, says) => {
    const before = times();
    const { status, stdout, stderr } = run(option);
    expect(stdout + stderr).toMatch(says);
    expect(status).toBe(code);
    expect(times()).toEqual(before);
  });
});
