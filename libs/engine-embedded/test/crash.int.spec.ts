import { crashContract } from '@shouwen/engine/contract/crash';
import { openEmbeddedEngine } from '../src/index.js';

crashContract({
  script: './libs/engine-embedded/test/crash-process.ts',
  processes: ['desk,shelf'],
  openEngine: ({ directory, from }) => openEmbeddedEngine({ directory, training: { from } }),
});
