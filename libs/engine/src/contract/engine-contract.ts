// The promises of DESIGN.md sections 4 and 5, one test each, written to run on any engine. An adapter's own spec calls
// `engineContract` and adds only what is peculiar to it.
import { accessContract } from './access.contract.js';
import { commandContract } from './commands.contract.js';
import { consumerContract } from './consumers.contract.js';
import { documentContract } from './documents.contract.js';
import { fileContract } from './files.contract.js';
import { lagContract } from './lag.contract.js';
import { logContract } from './log.contract.js';
import { personalContract } from './personal.contract.js';
import { propertyContract } from './property.contract.js';
import { rebuildContract } from './rebuild.contract.js';
import { timerContract } from './timers.contract.js';
import { versionContract } from './versions.contract.js';
import type { OpenEngine } from './world.js';

export function engineContract(name: string, openEngine: OpenEngine): void {
  describe(`${name} keeps the engine's promises`, () => {
    describe('the log', () => logContract(openEngine));
    describe('documents', () => documentContract(openEngine));
    describe('files', () => fileContract(openEngine));
    describe('commands', () => commandContract(openEngine));
    describe('access', () => accessContract(openEngine));
    describe('consumers', () => consumerContract(openEngine));
    describe('the lag', () => lagContract(openEngine));
    describe('timers', () => timerContract(openEngine));
    describe('rebuilds', () => rebuildContract(openEngine));
    describe('personal data', () => personalContract(openEngine));
    describe('versions', () => versionContract(openEngine));
    describe('any order', () => propertyContract(openEngine));
  });
}
