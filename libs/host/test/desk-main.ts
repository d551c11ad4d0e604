// The small service of the specs as a process of its own; DIE_AT kills it in the middle of its first start.
import { run } from '../src/index.js';
import { desk, OpenMatter } from './desk.js';

const MATTERS = 10;

await run([desk], {
  firstStart: async (send) => {
    for (let i = 1; i <= MATTERS; i++) {
      await send(OpenMatter.of({ title: `Sample ${i}`, urgency: 'low' }));
      if (process.env['DIE_AT'] === String(i)) process.kill(process.pid, 'SIGKILL');
    }
  },
});
