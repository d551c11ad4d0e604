export * from './kafka-engine.js';
export { MongoFiles } from './mongo-files.js';
export { SharedClock } from './shared-clock.js';
export { MigrationTarget, type LogOf } from './migration-target.js';
export { RestoredMongoLogs } from './restored-mongo-logs.js';
