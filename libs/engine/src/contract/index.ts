export { engineContract } from './engine-contract.js';
export { World, root, type OpenEngine, type WorldOptions } from './world.js';
