// Intake alone in a process, as it runs once services are apart: the product's own route, guard, runner, standards,
// encryption, views and reactions, and nobody else's work on the same loop.
import 'reflect-metadata';
import { createSecretKey } from 'node:crypto';
import { Runtime } from '@shouwen/engine';
import { openEmbeddedEngine } from '@shouwen/engine-embedded';
import { intake } from '@shouwen/intake';
import { doorOf, serviceContainer, Tokens } from '@shouwen/nest';
import { loadStandards } from '@shouwen/standards';
import { serve } from './serve.js';

const engine = openEmbeddedEngine({ directory: process.env['DATA_DIR']! });
const runtime = new Runtime({ service: intake, engine, standards: await loadStandards() });
await runtime.open();
const tokens = new Tokens(engine.keys.purpose('token'));
const fingerprintKey = createSecretKey(engine.keys.purpose('fingerprint'));
const app = await serviceContainer({ runtime, engine, fingerprintKey }, { tokens, log: () => {} });
await runtime.start(doorOf(app));

await serve(app, tokens, {
  settle: () => runtime.settle(),
  stop: async () => {
    await runtime.stop();
    await app.close();
    await engine.close();
  },
});
