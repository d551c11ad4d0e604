import { engineContract } from '@shouwen/engine/contract';
import { openEmbeddedEngine } from './embedded-engine.js';

engineContract('The embedded engine', ({ directory, from }) =>
  openEmbeddedEngine({ directory, training: { from } }),
);
