import { setTimeout as pause } from 'node:timers/promises';
import { Apart, isThrough, SERVICES } from './apart.js';
import type { Figure } from './figures.js';
import { signIn } from './platform.js';
import { withServers } from './servers.js';
import { load, RATE } from './visible.js';

/** Milliseconds of rest before a process is looked at. */
const REST = 10_000;

export async function memoryFigures(seconds: number): Promise<Figure[]> {
  return withServers(async (servers) => {
    const apart = await Apart.start(servers);
    const sizes = () => new Map(SERVICES.map((name) => [name, apart.memory(name)]));
    const rest = async () => {
      while (!(await isThrough(SERVICES.map((name) => apart.process(name).url)))) await pause(200);
      await pause(REST);
      return sizes();
    };
    try {
      console.error('  idle');
      const idle = await rest();
      const token = await signIn(apart.process('dispatch').url);
      console.error('  under load');
      const opened = await load(apart.process('intake').url, { token, seconds });
      const later = await rest();
      return SERVICES.map((name) => ({
        id: `memory ${name}`,
        what:
          `resident, at rest for ${REST / 1000} s after ${opened.length} tickets at ${RATE}/s; a process of its own on ` +
          'MongoDB and Kafka; baseline the same process at rest before them, with the sample city',
        value: Math.round(later.get(name)!),
        unit: 'MiB',
        baseline: Math.round(idle.get(name)!),
        ratio: null,
        target: null,
      }));
    } finally {
      await apart.stop();
    }
  });
}
