// Ends servers when the process that started them is gone, whatever it died of. The parent holds the other end of
// standard input; when the kernel closes it, everything written down here and not crossed out again is ended.
import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

/** Kept apart by kind: folders can only go when no server writes into them. */
const kept = { process: new Set(), container: new Set(), folder: new Set() };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { kind, of, isGone } = JSON.parse(line);
    const name = JSON.stringify(of);
    if (isGone) kept[kind].delete(name);
    else kept[kind].add(name);
  })
  .on('close', () => void endAll());

async function endAll() {
  const processes = [...kept.process].map((name) => JSON.parse(name));
  for (const pid of processes) hit(pid, 'SIGKILL');
  const containers = [...kept.container].map((name) => JSON.parse(name));
  await Promise.all(containers.map((container) => removeContainers(container).catch(() => null)));
  const patience = Date.now() + 10_000;
  while (processes.some((pid) => hit(pid, 0)) && Date.now() < patience) await wait(20);
  for (const name of kept.folder)
    rmSync(JSON.parse(name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

function hit(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** By label, because a container may have been made whose number its parent never lived to hear. */
async function removeContainers({ where, label }) {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const found = JSON.parse(await ask(where, 'GET', `/containers/json?all=true&filters=${filters}`));
  for (const { Id } of found) await ask(where, 'DELETE', `/containers/${Id}?force=true&v=true`);
}

function ask(where, method, path) {
  return new Promise((resolve, reject) => {
    const asked = request({ ...where, method, path }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text));
    });
    asked.on('error', reject).end();
  });
}
