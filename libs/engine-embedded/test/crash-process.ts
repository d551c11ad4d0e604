import { crashProcess } from '@shouwen/engine/contract/crash-process';
import { openEmbeddedEngine } from '../src/index.js';

await crashProcess(({ directory, from }) => openEmbeddedEngine({ directory, training: { from } }));
