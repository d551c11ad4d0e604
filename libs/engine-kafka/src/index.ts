export * from './kafka-engine.js';
export { MongoFiles } from './mongo-files.js';
export { SharedClock } from './shared-clock.js';
